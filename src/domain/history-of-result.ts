import type { EntrySummary, SuiteStarted } from './event.js'
import { historyVersion, type HistoryLine, type PastAgent, type PastCounts } from './history-line.js'
import type { CaseKey, ResultId } from './ids.js'
import type { Gate, MetricSummary, Report, Totals } from './report.js'

/** What a line of the history is made of: a report as JSON has it, or a result with its report. */
export interface ReportedResult extends Pick<SuiteStarted, 'digests' | 'context' | 'mergedFrom'> {
  readonly result: ResultId
  readonly startedAt: string
  readonly suite: { readonly name: string }
  readonly gate: Gate
  readonly totals: Totals
  readonly metrics: readonly MetricSummary[]
  readonly limits: Report['limits']
  readonly toldVersions?: Report['toldVersions']
  readonly request?: HistoryLine['request']
  readonly entries: readonly {
    readonly agent: EntrySummary['agent']
    readonly cases: readonly { readonly key: CaseKey; readonly totals: Totals; readonly causes?: readonly string[] }[]
  }[]
}

/** A result in a line. @param addresses  Of agents, from the command line. */
export function historyLine(reported: ReportedResult, addresses: Readonly<Record<string, string>> = {}): HistoryLine {
  const { result, startedAt, suite, digests, context, mergedFrom, gate, totals, metrics, limits, entries, request } = reported
  const { commit } = context?.vcs ?? {}
  return {
    version: historyVersion,
    result,
    at: startedAt,
    suite: suite.name,
    digests,
    agents: agentsOf(reported, addresses),
    ...(commit !== undefined && { commit }),
    verdict: gate.verdict,
    passed: totals.passed,
    counted: countedIn(totals),
    runs: totals.runs,
    metrics: metrics.map(({ metric, mean, p50, p95 }) => ({
      metric,
      ...(mean !== undefined && { mean }),
      ...(p50 !== undefined && { p50 }),
      ...(p95 !== undefined && { p95 }),
    })),
    bar: gate.lines.map(({ scope, rule, required }) => ({ scope, rule, required })),
    cases: entries.flatMap(({ cases }) => cases.map(countsOf)),
    ...(request !== undefined && { request }),
    ...(limits.some(({ code }) => code === 'SHARD' || code === 'FILTERED') && { isPart: true }),
    ...(mergedFrom && { mergedFrom: mergedFrom.parts.map(part => part.result) }),
  }
}

function countsOf({ key, totals, causes }: ReportedResult['entries'][number]['cases'][number]): PastCounts {
  const counts = [key, totals.passed, countedIn(totals), totals.flaky] as const
  return causes ? [...counts, causes] : counts
}

function agentsOf({ entries, toldVersions = [] }: ReportedResult, addresses: Readonly<Record<string, string>>): PastAgent[] {
  const agents = new Map(entries.map(({ agent }) => [agent.key, agent]))
  return [...agents.values()].map(({ key, identity }) => {
    const told = toldVersions.find(({ agent }) => agent === key)?.versions
    const address = addresses[key]
    return { key, ...(identity && { identity }), ...(told && { told }), ...(address !== undefined && { address }) }
  })
}

function countedIn({ passed, failed, agent_error: broken }: Totals): number {
  return passed + failed + broken
}
