import { byStatus, statusCounts, worstOf } from '../../domain/case-status.js'
import { titleOf } from '../../domain/case-title.js'
import { count, grouped } from '../../domain/count.js'
import { durationText } from '../../domain/duration.js'
import type { CaseSummary } from '../../domain/event.js'
import type { CaseReport, EntryReport } from '../../domain/report.js'
import { wilsonInterval } from '../../domain/statistics.js'
import { hashOf } from '../model/route.js'
import type { ViewIndex } from '../model/view-index.js'
import { rangeText } from '../parts/figures.js'
import { Link } from '../parts/link.js'
import { Mark } from '../parts/mark.js'
import { Words } from '../parts/words.js'

/** So many cases of a run entry are on the page; the runs of all can be searched. */
const mostCases = 500

/** All cases, by run entry: those that did not pass first. */
export function Cases({ index: { started, report } }: { readonly index: ViewIndex }) {
  const planned = new Map(started.plan.entries.flatMap(({ cases }) => cases.map(each => [each.index, each])))
  return (
    <>
      <h1>Cases</h1>
      {report.entries.map(entry => (
        <Entry key={entry.index} entry={entry} planned={planned} />
      ))}
    </>
  )
}

function Entry({
  entry: { name, totals, cases },
  planned,
}: {
  readonly entry: EntryReport
  readonly planned: ReadonlyMap<number, CaseSummary>
}) {
  if (cases.length === 0) return null
  const sorted = cases.map(each => ({ each, status: worstOf(statusCounts(each.totals)) })).toSorted(byStatus)
  return (
    <section>
      <h2>
        <Words text={name} />
        <span class="note">
          {' '}
          {grouped(totals.passed)} of {grouped(totals.runs)} runs passed
        </span>
      </h2>
      <table class="cases-table">
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Passed</th>
            <th scope="col">True rate, 95 %</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, mostCases).map(({ each, status }) => (
            <CaseRow key={each.index} of={planned.get(each.index)} report={each} status={status} />
          ))}
        </tbody>
      </table>
      {sorted.length > mostCases && (
        <p class="note">
          and {count(sorted.length - mostCases, 'more case')}: <Link to={hashOf({ screen: 'runs', query: '' })}>search the runs</Link>
        </p>
      )}
    </section>
  )
}

function CaseRow({
  of,
  report: { key, totals, durationMs },
  status,
}: {
  readonly of: CaseSummary | undefined
  readonly report: CaseReport
  readonly status: ReturnType<typeof worstOf>
}) {
  const counted = totals.passed + totals.failed + totals.agent_error
  return (
    <tr>
      <th scope="row">
        <Mark status={status} word={statusWords[status]} />
        <Link to={hashOf({ screen: 'case', key })}>
          <Words text={of ? titleOf(of) : key} />
        </Link>
        <div class="note">
          <Words text={key} />
          {of?.scenario.tags.map(tag => (
            <span key={tag} class="tag">
              <Words text={tag} />
            </span>
          ))}
        </div>
      </th>
      <td>
        {totals.passed} of {totals.runs}
      </td>
      <td>{counted > 0 && rangeText(wilsonInterval(totals.passed, counted, 0.95))}</td>
      <td>{durationText(durationMs)}</td>
    </tr>
  )
}

const statusWords = { passed: 'passed', failed: 'failed', could_not_tell: 'inconclusive', not_run: 'not run' } as const
