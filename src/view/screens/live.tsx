import { byStatus, worstOf, statusCounts } from '../../domain/case-status.js'
import { count, grouped } from '../../domain/count.js'
import type { SuiteStarted } from '../../domain/event.js'
import type { CaseReport, Report } from '../../domain/report.js'
import { shorten } from '../../domain/safe-text.js'
import { undecidedRates } from '../../domain/sequential-test.js'
import type { UnderWay } from '../../domain/site.js'
import { rangeText } from '../parts/figures.js'
import { Figures, TestedAgents } from '../parts/head.js'
import { Mark } from '../parts/mark.js'
import { Words } from '../parts/words.js'

/** So many runs in progress, and cases, are shown. */
const mostUnderWay = 20
const mostCases = 200
const longestWords = 300

/** The head of a result in progress: no verdict, since there is none yet. */
export function LiveHead({ started, report }: { readonly started: SuiteStarted; readonly report: Report }) {
  const { totals } = report
  const ended = totals.runs - totals.not_run
  const { stopped: _, ...going } = report
  return (
    <header class="verdict">
      <h1>
        <span aria-hidden="true">… </span>In progress: {grouped(ended)} of {count(totals.runs, 'run')} ended
      </h1>
      <progress value={ended} max={Math.max(totals.runs, 1)} aria-label="Ended runs" />
      <p class="tested">
        <strong>
          <Words text={started.suite.name} />
        </strong>
        <TestedAgents started={started} />
      </p>
      <Figures report={going} />
    </header>
  )
}

/** The runs in progress, with the last words of each. */
export function LiveRuns({ runs }: { readonly runs: readonly UnderWay[] }) {
  if (runs.length === 0) return <p class="note">No run is in progress right now.</p>
  return (
    <section aria-labelledby="under-way-title">
      <h2 id="under-way-title">In progress</h2>
      <ul class="under-way">
        {runs.slice(0, mostUnderWay).map(({ key, title, attempt, lacks, awaitsAt, last }) => (
          <li key={key}>
            <Words text={title} />
            <span class="note">
              {' '}
              <Words text={key} />
              {attempt > 1 && `, attempt ${attempt}`}
            </span>
            <div class={last?.by}>
              {last ? (
                <>
                  <span class="who">{last.by}</span> <Words text={shorten(last.text, longestWords)} />
                </>
              ) : (
                <span class="note">
                  <Words text={waitText(lacks, awaitsAt)} />
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
      {runs.length > mostUnderWay && <p class="note">and {count(runs.length - mostUnderWay, 'more run')}</p>}
    </section>
  )
}

function waitText(lacks: UnderWay['lacks'], awaitsAt: string | undefined): string {
  if (lacks) return `waits for ${lacks} of its trunk`
  return awaitsAt === undefined ? 'nothing said yet' : `waits for a call to ${awaitsAt}`
}

/** The cases so far, each with an interval that holds however often one looks. */
export function LiveCases({ report: { entries } }: { readonly report: Report }) {
  const begun = entries.flatMap(({ cases }) => cases).filter(({ totals }) => totals.runs > totals.not_run)
  const sorted = begun.map(each => ({ each, status: worstOf(statusCounts(each.totals)) })).toSorted(byStatus)
  if (begun.length === 0) return null
  return (
    <section aria-labelledby="cases-title">
      <h2 id="cases-title">Cases so far</h2>
      <table class="cases-table">
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Passed</th>
            <th scope="col">True rate, 95 % at any time</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, mostCases).map(({ each, status }) => (
            <LiveCase key={each.index} report={each} status={status} />
          ))}
        </tbody>
      </table>
      {sorted.length > mostCases && <p class="note">and {count(sorted.length - mostCases, 'more case')}</p>}
    </section>
  )
}

function LiveCase({
  report: { key, totals, decision },
  status,
}: {
  readonly report: CaseReport
  readonly status: ReturnType<typeof worstOf>
}) {
  const failed = totals.failed + totals.agent_error
  const { lower, upper } = decision ?? undecidedRates({ passed: totals.passed, failed }, 0.95)
  return (
    <tr>
      <th scope="row">
        <Mark status={status} word={words[status]} /> <Words text={key} />
      </th>
      <td>
        {totals.passed} of {totals.passed + failed}
      </td>
      <td>
        {totals.passed + failed > 0 && rangeText({ lower, upper })}
        {decision && decision.verdict !== 'undecided' && <span class="note"> decided: {decision.verdict.replaceAll('_', ' ')}</span>}
      </td>
    </tr>
  )
}

const words = { passed: 'passed so far', failed: 'failed', could_not_tell: 'inconclusive', not_run: 'not run' } as const
