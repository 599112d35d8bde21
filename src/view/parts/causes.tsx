import { caseStatusOf } from '../../domain/case-status.js'
import { count } from '../../domain/count.js'
import type { Cause, Report } from '../../domain/report.js'
import { mostExamples } from '../model/example.js'
import { hashOf } from '../model/route.js'
import { Link } from './link.js'
import { Mark, outcomeWords } from './mark.js'
import { Words } from './words.js'

/** Why runs did not pass: one line a cause, with an example. */
export function Causes({
  report: { causes = [], otherCauses },
  hasExamples = true,
}: {
  readonly report: Report
  /** Whether the page has their conversations. */
  readonly hasExamples?: boolean
}) {
  if (causes.length === 0) return null
  const most = Math.max(...causes.map(({ runs }) => runs))
  return (
    <section aria-labelledby="causes-title">
      <h2 id="causes-title">What failed</h2>
      <ol class="causes">
        {causes.map((cause, place) => (
          <CauseLine key={cause.id} cause={cause} place={hasExamples ? place : Infinity} most={most} />
        ))}
      </ol>
      {otherCauses !== undefined && <p class="note">and {count(otherCauses, 'more cause')}</p>}
    </section>
  )
}

function CauseLine({ cause, place, most }: { readonly cause: Cause; readonly place: number; readonly most: number }) {
  const { id, kind, check, runs, cases, mustPass, example } = cause
  const query = `cause:${id}`
  const where = example.turn === undefined ? '' : `, turn ${example.turn}`
  return (
    <li>
      <span class="count">
        <Mark status={caseStatusOf(kind)} word={outcomeWords[kind]} />
        <Link to={hashOf({ screen: 'runs', query })}>
          {count(runs, 'run')}
          <span class="note"> of {count(cases, 'case')}</span>
        </Link>
        <Share runs={runs} most={most} kind={kind} />
      </span>
      <div class="cause">
        <div class="check">
          <Words text={check} />
          {mustPass && <span class="tag">must pass</span>}
          {kind !== 'failed' && <span class="tag">{outcomeWords[kind]}</span>}
        </div>
        {example.seen !== '' && (
          <div class="seen">
            <span class="note">seen: </span>
            <Words text={example.seen} />
          </div>
        )}
        <div class="note">
          <Link
            to={hashOf({ screen: 'run', key: example.run, turn: example.turn, query })}
            fallback={place < mostExamples ? `#example-${place + 1}` : undefined}
          >
            <Words text={example.run} />
            {where}
          </Link>
          {' · '}
          <Words text={`${example.file}:${example.line}`} />
        </div>
      </div>
    </li>
  )
}

function Share({ runs, most, kind }: { readonly runs: number; readonly most: number; readonly kind: Cause['kind'] }) {
  const width = Math.max(Math.round((runs / most) * 80), 2)
  return (
    <svg class="share" width="80" height="6" viewBox="0 0 80 6" aria-hidden="true">
      <rect class={`bar ${caseStatusOf(kind)}`} width={width} height="6" rx="1" fill="#cf222e" />
    </svg>
  )
}
