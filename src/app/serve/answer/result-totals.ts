import type { MetricSummary } from '../../../domain/report.js'
import { minutesAndSeconds } from '../../../domain/wire/text.js'
import { SortedTranscript } from '../../../pipeline/score/sorted-transcript.js'
import { latencyMs } from '../../../pipeline/score/metrics/latency-ms.js'
import { createSamples } from '../../../pipeline/tally/samples.js'
import type { RunRecord } from '../../../ports/database.js'
import { failedChecks } from './evaluation-views.js'
import type { ResultContext } from './result-context.js'
import type { FailedReason, LatencyData, Result, RunOfResult, TagCounts } from '../generated/answers.js'
import { errorMessage } from './run-views.js'
import { successRate } from './statuses.js'

/** The totals of a result's ended runs. Each run is added once. */
export interface ResultTotals {
  add(run: RunRecord, view: RunOfResult): void
  /** @param isProven  Whether the judge's verdicts can be relied on. If not, no run has succeeded. */
  view(isProven: boolean): ResultTotalsView
}

export type ResultTotalsView = Pick<
  Result,
  | 'completed_runs_count'
  | 'success_runs_count'
  | 'failed_runs_count'
  | 'success_rate'
  | 'total_duration'
  | 'met_expected_outcome_count'
  | 'total_expected_outcome_count'
  | 'overall_evaluation'
  | 'latency_data'
  | 'runs_by_tags'
  | 'failed_reasons'
>

type Growing<Counts> = { -readonly [count in keyof Counts]: Counts[count] }

/** `runs`: at most a hundred ids. */
type GrowingReason = Growing<FailedReason> & { readonly runs: number[] }

const latency = 'latency'
const mostReasons = 100
const mostRunsOfReason = 100

export function createResultTotals({ totalRuns, cases, caseOf, metrics }: ResultContext): ResultTotals {
  const samples = createSamples()
  const latencies = createSamples()
  const tags = tagsOf(cases)
  const reasons = new Map<string, GrowingReason>()
  const counts = { ended: 0, succeeded: 0, durationMs: 0, met: 0, expected: 0 }

  const addReasons = (run: RunRecord): void => {
    for (const reason of reasonsOf(run)) {
      const known = reasons.get(reason)
      if (!known && reasons.size === mostReasons) continue
      const own = known ?? { reason, count: 0, runs: [] }
      own.count += 1
      if (own.runs.length < mostRunsOfReason) own.runs.push(run.id)
      reasons.set(reason, own)
    }
  }

  return {
    add(run, view) {
      const outcome = run.ended?.outcome
      counts.ended += 1
      counts.succeeded += Number(view.success)
      counts.durationMs += run.durationMs ?? 0
      for (const tag of caseOf(run.index).scenario.tags) {
        const own = tags[tag]
        if (own)
          Object.assign(own, {
            completed: own.completed + 1,
            success: own.success + Number(view.success),
            failed: own.failed + Number(!view.success),
          })
      }
      if (!view.success) addReasons(run)
      if (outcome && 'transcript' in outcome) {
        const measured = latencyMs(new SortedTranscript(outcome.transcript))
        if ('samples' in measured) latencies.add(run.index, { metric: latency, type: 'numeric', value: 0, samples: measured.samples }, true)
      }
      if (!outcome || !('verdict' in outcome)) return
      for (const score of outcome.verdict.metrics) samples.add(run.index, score, outcome.status !== 'unscored')
      counts.expected += 1
      counts.met += Number(view.expected_outcome?.score === 100)
    },
    view(isProven) {
      const succeeded = isProven ? counts.succeeded : 0
      return {
        completed_runs_count: counts.ended,
        success_runs_count: succeeded,
        failed_runs_count: counts.ended - succeeded,
        success_rate: successRate(succeeded, totalRuns),
        total_duration: minutesAndSeconds(counts.durationMs / 1000),
        met_expected_outcome_count: counts.met,
        total_expected_outcome_count: counts.expected,
        overall_evaluation: {
          metrics: samples.metrics().flatMap(key => {
            const summary = samples.summarise(key)
            const metric = metrics.get(key)
            return summary ? [{ id: metric?.id ?? null, name: metric?.name ?? key, ...withoutName(summary) }] : []
          }),
        },
        latency_data: { unit: 'ms', ...latencyView(latencies.summarise(latency)) },
        runs_by_tags: isProven ? tags : noneOf(tags),
        failed_reasons: [...reasons.values()].toSorted((a, b) => b.count - a.count),
      }
    },
  }
}

/** Why a run did not succeed. Runs that failed alike give the same texts. */
function reasonsOf(run: RunRecord): readonly string[] {
  const outcome = run.ended?.outcome
  if (outcome && 'verdict' in outcome) return failedChecks(outcome.verdict)
  return [errorMessage(run, outcome) ?? 'It has no outcome.']
}

/** The same tags, with no success. */
function noneOf(tags: Result['runs_by_tags']): Record<string, Growing<TagCounts>> {
  return Object.fromEntries(Object.entries(tags).map(([tag, own]) => [tag, { ...own, success: 0, failed: own.completed }]))
}

/** Every tag of the plan, with the number of its runs. */
function tagsOf(cases: ResultContext['cases']): Record<string, Growing<TagCounts>> {
  const tags: Record<string, Growing<TagCounts>> = Object.create(null)
  for (const { repeats, scenario } of cases) {
    for (const tag of scenario.tags) (tags[tag] ??= { total: 0, completed: 0, success: 0, failed: 0 }).total += repeats
  }
  return tags
}

function latencyView(summary: MetricSummary | undefined): Omit<LatencyData, 'unit'> {
  return summary ? withoutName(summary) : { count: 0 }
}

function withoutName({ metric: _, ...summary }: MetricSummary): Omit<MetricSummary, 'metric'> {
  return summary
}
