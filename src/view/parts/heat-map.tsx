import type { CaseHistory, PastCase, SuiteHistory } from '../../domain/case-history.js'
import { cameMarks, failingSinceText, flipText } from '../../domain/case-history-text.js'
import type { CaseStatus } from '../../domain/case-status.js'
import { count } from '../../domain/count.js'
import { fills } from './strip.js'
import { Words } from './words.js'

const side = 14
const gap = 2
const mostRows = 100
const statusOf: Readonly<Record<PastCase['came'], CaseStatus>> = { passed: 'passed', failed: 'failed', mixed: 'could_not_tell' }
const cameWords: Readonly<Record<PastCase['came'], string>> = { passed: 'passed', failed: 'failed', mixed: 'passed and failed' }

/** Cases by results: those that do not always pass, one a row. */
export function HeatMap({ history: { results, cases } }: { readonly history: SuiteHistory }) {
  const restless = cases.filter(({ kind, failingSince }) => kind !== 'steady' || failingSince)
  const steady = cases.length - restless.length
  const places = new Map(results.map(({ result, at }, i) => [`${result} ${at}`, i]))
  return (
    <section>
      <h2>Cases by results</h2>
      {restless.length > 0 && (
        <table class="heat stacked">
          <thead>
            <tr>
              <th scope="col">Case</th>
              <th scope="col">Oldest to newest</th>
              <th scope="col">What is known</th>
            </tr>
          </thead>
          <tbody>
            {restless.slice(0, mostRows).map(each => (
              <tr key={each.key}>
                <th scope="row">
                  <Words text={each.key} />
                </th>
                <td class="wide">
                  <Row history={each} places={places} columns={results.length} />
                </td>
                <td>
                  <Words text={wordsOf(each)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="note">
        {restless.length > mostRows && `${count(restless.length - mostRows, 'more case')} did not always pass. `}
        {count(steady, 'case')} always passed.
      </p>
    </section>
  )
}

function Row({
  history: { key, results },
  places,
  columns,
}: {
  readonly history: CaseHistory
  readonly places: ReadonlyMap<string, number>
  readonly columns: number
}) {
  const width = columns * (side + gap)
  return (
    <svg
      width={width}
      height={side}
      viewBox={`0 0 ${width} ${side}`}
      role="img"
      aria-label={`${key}: ${results.map(({ came }) => cameWords[came]).join(', ')}`}
    >
      {results.map(({ result, at, came, passed, counted }) => {
        const x = (places.get(`${result} ${at}`) ?? 0) * (side + gap)
        return (
          <g key={`${result} ${at}`}>
            <title>{`${at.slice(0, 10)}: ${passed} of ${counted} passed`}</title>
            <rect class={`square ${statusOf[came]}`} x={x} y="0" width={side} height={side} rx="2" fill={fills[statusOf[came]]} />
            {came !== 'passed' && (
              <text x={x + side / 2} y={side - 3} text-anchor="middle" font-size="11" font-weight="bold" fill="#ffffff" aria-hidden="true">
                {cameMarks[came]}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

function wordsOf({ kind, failingSince, isNewSinceRelease, lastFlip }: CaseHistory): string {
  return [
    ...(kind === 'flaky' ? ['flaky'] : []),
    ...(failingSince ? [failingSinceText(failingSince)] : []),
    ...(isNewSinceRelease ? ['new since the release'] : []),
    ...(lastFlip ? [flipText(lastFlip)] : []),
  ].join('; ')
}
