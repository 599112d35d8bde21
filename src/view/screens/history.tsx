import { changesText } from '../../domain/case-history-text.js'
import type { History, SuiteHistory } from '../../domain/case-history.js'
import { wilsonInterval } from '../../domain/statistics.js'
import { figureText, rangeText, timeText } from '../parts/figures.js'
import { HeatMap } from '../parts/heat-map.js'
import { Mark } from '../parts/mark.js'
import { Trend } from '../parts/trend.js'
import { Words } from '../parts/words.js'

interface HistoryProps {
  readonly history: SuiteHistory
  /** The address of a result's page; absent where there are none. */
  readonly addressOf?: ((result: string) => string) | undefined
}

/** S6: how a suite fared, result by result and case by case. */
export function HistoryScreen({ history, addressOf }: HistoryProps) {
  return (
    <>
      <h1>
        History of <Words text={history.suite} />
      </h1>
      <section>
        <h2>Share of passed runs</h2>
        <div class="wide">
          <Trend results={history.results} />
        </div>
        <p class="note">With intervals of 95 %. Dashed: the agent or the suite changed. Hollow: only a part of the suite ran.</p>
        <Results history={history} addressOf={addressOf} />
      </section>
      <HeatMap history={history} />
      <MetricTrends history={history} />
    </>
  )
}

const statusOf = { passed: 'passed', failed: 'failed', could_not_tell: 'could_not_tell' } as const

function Results({ history: { results }, addressOf }: HistoryProps) {
  return (
    <table class="past-results stacked">
      <thead>
        <tr>
          <th scope="col">Result</th>
          <th scope="col">Passed</th>
          <th scope="col">Agents</th>
          <th scope="col">Remarks</th>
        </tr>
      </thead>
      <tbody>
        {results.toReversed().map(each => (
          <tr key={`${each.result} ${each.at}`}>
            <th scope="row">
              <Mark status={statusOf[each.verdict]} word={each.verdict.replaceAll('_', ' ')} />{' '}
              {addressOf ? <a href={addressOf(each.result)}>{timeText(each.at)}</a> : timeText(each.at)}
            </th>
            <td>
              {each.passed} of {each.counted}
              {each.counted > 0 && <span class="note"> {rangeText(wilsonInterval(each.passed, each.counted, 0.95))}</span>}
            </td>
            <td>
              <Words text={each.agents} />
            </td>
            <td>
              {[
                ...(each.isRelease ? ['release'] : []),
                ...(each.isPart ? ['a part of the suite'] : []),
                ...(each.changed ? [changesText(each)] : []),
              ].join('; ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const sparkWidth = 160
const sparkHeight = 24

/** The mean of each metric, result by result. */
function MetricTrends({ history: { results } }: { readonly history: SuiteHistory }) {
  const names = [...new Set(results.flatMap(({ metrics }) => metrics.flatMap(({ metric, mean }) => (mean === undefined ? [] : [metric]))))]
  if (names.length === 0) return null
  return (
    <section>
      <h2>Metrics</h2>
      <table class="figures-table">
        <thead>
          <tr>
            <th scope="col">Mean of</th>
            <th scope="col">Oldest to newest</th>
            <th scope="col">First</th>
            <th scope="col">Last</th>
          </tr>
        </thead>
        <tbody>
          {names.map(name => {
            const values = results.flatMap(({ metrics }) => metrics.find(({ metric }) => metric === name)?.mean ?? [])
            return (
              <tr key={name}>
                <th scope="row">
                  <Words text={name} />
                </th>
                <td>
                  <Spark values={values} label={`${name}, mean of each result`} />
                </td>
                <td>{figureText(values[0]!)}</td>
                <td>{figureText(values.at(-1)!)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function Spark({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const x = (i: number): number => 2 + (i / Math.max(values.length - 1, 1)) * (sparkWidth - 4)
  const y = (value: number): number => 3 + (high === low ? 0.5 : (high - value) / (high - low)) * (sparkHeight - 6)
  const points = values.map((value, i) => `${Math.round(x(i) * 10) / 10},${Math.round(y(value) * 10) / 10}`)
  return (
    <svg
      width={sparkWidth}
      height={sparkHeight}
      viewBox={`0 0 ${sparkWidth} ${sparkHeight}`}
      role="img"
      aria-label={`${label}: ${values.map(figureText).join(', ')}`}
    >
      <polyline class="peaks" points={points.join(' ')} fill="none" stroke="#0969da" stroke-width="1.5" />
      {values.length === 1 && <circle cx={x(0)} cy={y(low)} r="2" fill="#0969da" />}
    </svg>
  )
}

/** What a history lacks. */
export function Unreadable({ unreadable }: Pick<History, 'unreadable'>) {
  return (
    <section>
      <h2>Skipped</h2>
      <ul>
        {unreadable.map(({ place, because }) => (
          <li key={`${place} ${because}`}>
            <Words text={because} />
          </li>
        ))}
      </ul>
    </section>
  )
}
