import { useState } from 'preact/hooks'
import { caseStatusOf } from '../../domain/case-status.js'
import type { PastCase } from '../../domain/case-history.js'
import { titleOf } from '../../domain/case-title.js'
import { count } from '../../domain/count.js'
import type { CaseReport } from '../../domain/report.js'
import { wilsonInterval } from '../../domain/statistics.js'
import { hashOf } from '../model/route.js'
import type { Row, Rows } from '../model/rows.js'
import type { ViewIndex } from '../model/view-index.js'
import { rangeText, timeText } from '../parts/figures.js'
import { outcomeWords } from '../parts/mark.js'
import { Strip } from '../parts/strip.js'
import { sideOf, TurnPairs } from '../parts/turn-pairs.js'
import { useRun } from '../parts/use-run.js'
import { Words } from '../parts/words.js'
import type { Source } from '../source/source.js'

/** S4: the runs of a case, and two of them side by side. */
export function CaseScreen({
  caseKey,
  index,
  rows,
  source,
}: {
  readonly caseKey: string
  readonly index: ViewIndex
  readonly rows: Rows
  readonly source: Source
}) {
  const entry = index.started.plan.entries.find(({ cases }) => cases.some(({ key }) => key === caseKey))
  const planned = entry?.cases.find(({ key }) => key === caseKey)
  const report = index.report.entries.flatMap(({ cases }) => cases).find(({ key }) => key === caseKey)
  if (!entry || !planned || !report) {
    return (
      <p role="alert">
        This result has no case <Words text={caseKey} />.
      </p>
    )
  }
  const runs = Array.from({ length: planned.repeats }, (_, i) => rows.at(planned.firstRun + i))
  return (
    <article>
      <h1>
        <Words text={titleOf(planned)} />
      </h1>
      <p class="note">
        <Words text={planned.key} />
        {' · '}
        <Words text={`${planned.scenario.file}:${planned.scenario.line}`} />
      </p>
      <Rate report={report} />
      <RunStrip runs={runs} />
      <Earlier past={index.history?.cases.find(({ key }) => key === caseKey)?.results} />
      {runs.length > 1 && <SideBySide runs={runs} source={source} />}
    </article>
  )
}

function Rate({ report: { totals, decision, saved } }: { readonly report: CaseReport }) {
  const counted = totals.passed + totals.failed + totals.agent_error
  return (
    <p>
      <strong>
        {totals.passed} of {count(totals.runs - saved, 'run')} passed
      </strong>
      {counted > 0 && `, true rate ${rangeText(wilsonInterval(totals.passed, counted, 0.95))}`}
      {decision && `. Repeated until decided: ${decision.verdict.replaceAll('_', ' ')} after ${count(decision.counted, 'run')}`}
      {saved > 0 && `; ${count(saved, 'run')} skipped, already decided`}.
    </p>
  )
}

function RunStrip({ runs }: { readonly runs: readonly Row[] }) {
  return (
    <Strip
      label="Runs of this case"
      items={runs.map(({ key, status, repeat }) => ({
        status: caseStatusOf(status),
        label: `#${repeat}: ${outcomeWords[status]}`,
        to: hashOf({ screen: 'run', key, query: '' }),
      }))}
    />
  )
}

function Earlier({ past }: { readonly past: readonly PastCase[] | undefined }) {
  if (!past || past.length < 2) return null
  return (
    <>
      <h2>Last results</h2>
      <Strip
        label="Last results of this case, the newest last"
        items={past.map(({ at, came, passed, counted }) => ({
          status: ({ passed: 'passed', failed: 'failed', mixed: 'could_not_tell' } as const)[came],
          label: `${timeText(at)}: ${passed} of ${counted} passed`,
          to: hashOf({ screen: 'history' }),
        }))}
      />
    </>
  )
}

/** At first, a run that did not pass beside one that did. */
function SideBySide({ runs, source }: { readonly runs: readonly Row[]; readonly source: Source }) {
  const worst = runs.find(({ status }) => caseStatusOf(status) === 'failed') ?? runs[0]!
  const best =
    runs.find(({ status, index }) => status === 'passed' && index !== worst.index) ?? runs.find(({ index }) => index !== worst.index)!
  const [left, setLeft] = useState(worst.index)
  const [right, setRight] = useState(best.index)
  const choice = (chosen: number, choose: (index: number) => void) => (
    <label>
      Run{' '}
      <select value={chosen} onChange={event => choose(Number(event.currentTarget.value))}>
        {runs.map(({ index, repeat, status }) => (
          <option key={index} value={index}>
            #{repeat}: {outcomeWords[status]}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <section>
      <h2>Side by side</h2>
      <TurnPairs sides={[sideOf(choice(left, setLeft), useRun(source, left)), sideOf(choice(right, setRight), useRun(source, right))]} />
    </section>
  )
}
