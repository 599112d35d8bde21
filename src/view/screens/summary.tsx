import { byStatus, statusCounts, worstOf } from '../../domain/case-status.js'
import type { Comparison } from '../../domain/comparison.js'
import { grouped } from '../../domain/count.js'
import { limitText } from '../../domain/limit.js'
import { hashOf } from '../model/route.js'
import type { ViewIndex } from '../model/view-index.js'
import { Causes } from '../parts/causes.js'
import { Exceptions } from '../parts/exceptions.js'
import { Histogram } from '../parts/histogram.js'
import { Judge } from '../parts/judge.js'
import { PastLine } from '../parts/past-line.js'
import { Metrics } from '../parts/metrics.js'
import { Rules } from '../parts/rules.js'
import { Since } from '../parts/since.js'
import { Strip, type StripItem } from '../parts/strip.js'
import { Words } from '../parts/words.js'

/** S1 below its head: rules, causes, then evidence. */
export function Summary({ index, comparison }: { readonly index: ViewIndex; readonly comparison: Comparison | undefined }) {
  const { report } = index
  return (
    <>
      <Rules gate={report.gate} bar={index.started.changed?.bar} />
      <Causes report={report} />
      {comparison && <Since comparison={comparison} />}
      <Exceptions report={report} />
      <CaseOverview index={index} />
      {index.history && <PastLine history={index.history} />}
      <Metrics metrics={report.metrics} />
      <ReplyTimes index={index} />
      <Limits index={index} />
      <Judge index={index} />
    </>
  )
}

/** A square a case, those that did not pass first. */
function CaseOverview({ index: { report } }: { readonly index: ViewIndex }) {
  const cases = report.entries.flatMap(entry => entry.cases)
  if (cases.length === 0) return null
  const items = cases
    .map((each): StripItem => {
      const { key, totals } = each
      return {
        status: worstOf(statusCounts(totals)),
        label: `${key}: ${totals.passed} of ${totals.runs} passed`,
        to: hashOf({ screen: 'case', key }),
      }
    })
    .toSorted(byStatus)
  const failed = items.filter(({ status }) => status === 'failed').length
  const inconclusive = items.filter(({ status }) => status === 'could_not_tell').length
  const passed = items.filter(({ status }) => status === 'passed').length
  return (
    <section aria-labelledby="cases-title">
      <h2 id="cases-title">Cases</h2>
      <p>
        {grouped(passed)} of {grouped(cases.length)} passed every run
        {failed > 0 && `, ${grouped(failed)} failed at least once`}
        {inconclusive > 0 && `, ${grouped(inconclusive)} inconclusive`}.
      </p>
      <Strip items={items} label="Cases, those that did not pass first" />
    </section>
  )
}

function ReplyTimes({ index: { runs } }: { readonly index: ViewIndex }) {
  const values = runs.slowestMs.filter(ms => ms > 0)
  if (values.length < 2) return null
  return (
    <section aria-labelledby="replies-title">
      <h2 id="replies-title">Reply times</h2>
      <Histogram values={values} label="Slowest reply of each run" />
    </section>
  )
}

function Limits({ index: { report, leftOutNote } }: { readonly index: ViewIndex }) {
  if (report.limits.length === 0 && leftOutNote === undefined) return null
  return (
    <section aria-labelledby="limits-title">
      <h2 id="limits-title">What this does not show</h2>
      <ul>
        {report.limits.map(limit => (
          <li key={limit.code}>
            <Words text={limitText(limit)} />
          </li>
        ))}
        {leftOutNote !== undefined && <li>{leftOutNote}</li>}
      </ul>
    </section>
  )
}
