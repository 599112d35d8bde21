import type { SuiteHistory } from '../../domain/case-history.js'
import { count } from '../../domain/count.js'
import { hashOf } from '../model/route.js'
import { timeText } from './figures.js'
import { Link } from './link.js'
import { ruleStatuses } from './mark.js'
import { fills } from './strip.js'

const step = 22
const height = 22
const statusOf = { passed: ruleStatuses.met, failed: ruleStatuses.not_met, could_not_tell: ruleStatuses.could_not_tell } as const
const verdictWords = { passed: 'passed', failed: 'failed', could_not_tell: 'inconclusive' } as const

/** A sign a result, the newest last, and what is new. */
export function PastLine({ history: { results, cases, release } }: { readonly history: SuiteHistory }) {
  const shown = results.slice(-20)
  const width = shown.length * step
  const failing = cases.filter(({ failingSince }) => failingSince)
  const newest = results.at(-1)
  const began = failing.filter(({ failingSince }) => failingSince?.result === newest?.result).length
  const since = cases.filter(({ isNewSinceRelease }) => isNewSinceRelease).length
  const released = results.find(({ result }) => result === release)
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      <svg
        class="past"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`The gate in the last ${count(shown.length, 'result')}, the newest last: ${shown.map(({ verdict }) => verdictWords[verdict]).join(', ')}`}
      >
        <path class="tick" d={`M${step / 2} ${height / 2}H${width - step / 2}`} stroke="#6e7781" />
        {shown.map(({ result, at, verdict }, i) => (
          <g key={`${result} ${at}`}>
            <circle class={`square ${statusOf[verdict]}`} cx={(i + 0.5) * step} cy={height / 2} r="8" fill={fills[statusOf[verdict]]}>
              <title>{`${timeText(at)}: ${verdictWords[verdict]}`}</title>
            </circle>
            <text
              x={(i + 0.5) * step}
              y={height / 2 + 4}
              text-anchor="middle"
              font-size="11"
              font-weight="bold"
              fill="#ffffff"
              aria-hidden="true"
            >
              {{ passed: '✓', failed: '✗', could_not_tell: '?' }[verdict]}
            </text>
          </g>
        ))}
      </svg>
      <p>
        <Link to={hashOf({ screen: 'history' })}>{count(results.length, 'result')}</Link>
        {failing.length > 0
          ? `: ${count(failing.length, 'case')} ${failing.length === 1 ? 'fails' : 'fail'}, ${began === 0 ? 'none' : began} of them since this result.`
          : ': no case fails.'}
        {released &&
          ` Since the release of ${timeText(released.at)}, ${since === 0 ? 'no case is' : `${count(since, 'case')} ${since === 1 ? 'is' : 'are'}`} newly failing.`}
      </p>
    </section>
  )
}
