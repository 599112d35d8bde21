import type { CaseSummary, RunEnded, SuiteStarted } from '../../domain/event.js'
import type { CaseKey } from '../../domain/ids.js'
import { mean } from '../../domain/statistics.js'
import type { MetricScore } from '../../domain/verdict.js'

/** What a comparison needs to know of a result: no transcripts. */
export interface ResultFacts {
  readonly started: SuiteStarted
  /** In plan order. */
  readonly cases: ReadonlyMap<CaseKey, CaseFacts>
}

export interface CaseFacts {
  readonly key: CaseKey
  /** The run entry's slug. */
  readonly entry: string
  /** One for each counted run: whether it passed. */
  readonly passes: readonly boolean[]
  readonly untold: number
  /** Whether a run passed only after an attempt that counted against the agent. */
  readonly flaky: boolean
  /** One value for each run that passed or failed; of a metric with many samples in a run, their mean. Enums have none. */
  readonly metrics: ReadonlyMap<string, readonly number[]>
}

/** Gathers facts, run by run. */
export function gatherFacts(started: SuiteStarted): { add(run: RunEnded): void; facts(): ResultFacts } {
  const cases = new Map(started.plan.entries.flatMap(({ slug, cases: own }) => own.map(each => [each.key, noFacts(each, slug)] as const)))
  return {
    add({ run, outcome, flaky }) {
      const own = cases.get(run.slice(0, run.lastIndexOf('#')) as CaseKey)
      if (!own) return
      own.flaky ||= flaky
      const { status } = outcome
      if (status === 'passed' || status === 'failed' || status === 'agent_error') own.passes.push(status === 'passed')
      else own.untold += 1
      if (status === 'passed' || status === 'failed') for (const score of outcome.verdict.metrics) addScore(own.metrics, score)
    },
    facts: () => ({ started, cases }),
  }
}

function noFacts({ key }: CaseSummary, entry: string) {
  return { key, entry, passes: [] as boolean[], untold: 0, flaky: false, metrics: new Map<string, number[]>() }
}

function addScore(metrics: Map<string, number[]>, { metric, value, samples }: MetricScore): void {
  if (value === null || typeof value === 'string') return
  const one = samples && samples.length > 0 ? mean(samples) : Number(value)
  const values = metrics.get(metric)
  if (values) values.push(one)
  else metrics.set(metric, [one])
}
