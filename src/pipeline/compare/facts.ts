import type { CaseSummary, RunEnded, SuiteStarted } from '../../domain/event.js'
import type { CaseKey } from '../../domain/ids.js'
import { caseOfRun } from '../../domain/plan.js'
import { mean } from '../../domain/statistics.js'
import type { MetricScore } from '../../domain/verdict.js'

/** What a comparison needs of a result; no transcripts. */
export interface ResultFacts {
  readonly started: SuiteStarted
  /** In plan order. */
  readonly cases: ReadonlyMap<CaseKey, CaseFacts>
}

export interface CaseFacts {
  readonly key: CaseKey
  /** The run entry's slug. */
  readonly entry: string
  /** For each counted run, whether it passed. */
  readonly passes: readonly boolean[]
  readonly untold: number
  /** Counts over all its runs. */
  readonly ran: { readonly passed: number; readonly failed: number }
  /** Whether the case both passed and failed, over its runs or their attempts. */
  readonly flaky: boolean
  /** One value for each run that passed or failed. For a metric with many samples in a run, their mean. */
  readonly metrics: ReadonlyMap<string, readonly number[]>
  /** The same for enums. */
  readonly choices: ReadonlyMap<string, readonly string[]>
}

/**
 * Gathers facts, run by run. For a case that runs until it is decided, only its first runs count, as many as are conducted
 * in any event: the number of further runs depends on their results, and the tests assume a fixed number.
 */
export function gatherFacts(started: SuiteStarted): { add(run: RunEnded): void; facts(): ResultFacts } {
  const cases = new Map(started.plan.entries.flatMap(({ slug, cases: own }) => own.map(each => [each.key, noFacts(each, slug)] as const)))
  return {
    add({ run, outcome, flaky }) {
      const own = cases.get(caseOfRun(run))
      if (!own) return
      const { status } = outcome
      own.ran.passed += Number(status === 'passed')
      own.ran.failed += Number(status === 'failed' || status === 'agent_error')
      own.retried ||= flaky
      if (Number(run.slice(run.lastIndexOf('#') + 1)) > own.most) return
      if (status === 'passed' || status === 'failed' || status === 'agent_error') own.passes.push(status === 'passed')
      else own.untold += 1
      if (status === 'passed' || status === 'failed') for (const score of outcome.verdict.metrics) addScore(own, score)
    },
    facts: () => ({
      started,
      cases: new Map([...cases].map(([key, own]) => [key, { ...own, flaky: own.retried || (own.ran.passed > 0 && own.ran.failed > 0) }])),
    }),
  }
}

function noFacts({ key, untilDecided }: CaseSummary, entry: string) {
  return {
    key,
    entry,
    most: untilDecided?.min ?? Infinity,
    passes: [] as boolean[],
    untold: 0,
    ran: { passed: 0, failed: 0 },
    retried: false,
    metrics: new Map<string, number[]>(),
    choices: new Map<string, string[]>(),
  }
}

function addScore({ metrics, choices }: ReturnType<typeof noFacts>, { metric, value, samples }: MetricScore): void {
  if (value === null) return
  if (typeof value === 'string') push(choices, metric, value)
  else push(metrics, metric, samples && samples.length > 0 ? mean(samples) : Number(value))
}

function push<Value>(lists: Map<string, Value[]>, metric: string, value: Value): void {
  const values = lists.get(metric)
  if (values) values.push(value)
  else lists.set(metric, [value])
}
