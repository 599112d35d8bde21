import { useMemo, useState } from 'preact/hooks'
import { byStatus, statusCounts, worstOf } from '../../domain/case-status.js'
import { titleOf } from '../../domain/case-title.js'
import { grouped } from '../../domain/count.js'
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

const atFirst = 500

/** All cases, by run entry: those that did not pass first. */
export function Cases({ index }: { readonly index: ViewIndex }) {
  const [filter, setFilter] = useState('')
  const planned = useMemo(() => new Map(index.started.plan.entries.flatMap(({ cases }) => cases.map(each => [each.index, each]))), [index])
  return (
    <>
      <h1>Cases</h1>
      <label>
        Filter{' '}
        <input type="search" value={filter} onInput={event => setFilter(event.currentTarget.value)} autocomplete="off" spellcheck={false} />
      </label>
      {index.report.entries.map(entry => (
        <Entry key={entry.index} entry={entry} planned={planned} filter={filter.toLowerCase()} />
      ))}
    </>
  )
}

function Entry({
  entry,
  planned,
  filter,
}: {
  readonly entry: EntryReport
  readonly planned: ReadonlyMap<number, CaseSummary>
  readonly filter: string
}) {
  const [isWhole, setWhole] = useState(false)
  const found = entry.cases
    .map(each => ({ each, of: planned.get(each.index), status: worstOf(statusCounts(each.totals)) }))
    .filter(
      ({ each, of }) =>
        filter === '' || `${each.key} ${of ? titleOf(of) : ''} ${of?.scenario.tags.join(' ') ?? ''}`.toLowerCase().includes(filter),
    )
    .toSorted(byStatus)
  if (found.length === 0) return null
  const shown = isWhole ? found : found.slice(0, atFirst)
  return (
    <section>
      <h2>
        <Words text={entry.name} />
        <span class="note">
          {' '}
          {grouped(entry.totals.passed)} of {grouped(entry.totals.runs)} runs passed
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
          {shown.map(({ each, of, status }) => (
            <CaseRow key={each.index} of={of} report={each} status={status} />
          ))}
        </tbody>
      </table>
      {shown.length < found.length && (
        <button type="button" onClick={() => setWhole(true)}>
          Show {grouped(found.length - shown.length)} more
        </button>
      )}
    </section>
  )
}

function CaseRow({
  of,
  report,
  status,
}: {
  readonly of: CaseSummary | undefined
  readonly report: CaseReport
  readonly status: ReturnType<typeof worstOf>
}) {
  const { key, totals, durationMs } = report
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
