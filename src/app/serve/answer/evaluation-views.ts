import type { Metric } from '../../../domain/metric.js'
import type { Check, MetricScore, Verdict } from '../../../domain/verdict.js'
import type { Evaluation, ExpectedOutcome, RunMetric } from '../generated/answers.js'

/**
 * Shows what was expected and how much of it happened: the judged outcome if there is one, else the share of passed checks.
 * Each check has a line in the explanation, even where the outcome alone would be met.
 */
export function expectedOutcomeView({ outcome, checks }: Verdict): ExpectedOutcome {
  return { score: outcome ? outcome.score : scoreOf(checks), explanation: checks.map(explain) }
}

export function evaluationView({ metrics }: Verdict, declared: ReadonlyMap<string, Metric>): Evaluation {
  return { metrics: metrics.map(score => runMetricView(score, declared.get(score.metric))) }
}

/** Why a scored conversation did not succeed, one line a reason. Runs that fail alike give the same lines. */
export function failedChecks({ checks, metrics }: Verdict): string[] {
  const unscored = metrics.filter(({ value, applies }) => value === null && applies !== false)
  return [
    ...checks
      .filter(({ holds }) => holds !== 'yes')
      .map(({ assertion, holds }) => (holds === 'no' ? assertion : `inconclusive: ${assertion}`)),
    ...unscored.map(({ metric }) => `not scored: ${metric}`),
  ]
}

function scoreOf(checks: readonly Check[]): number | null {
  if (checks.length === 0 || checks.some(({ holds }) => holds === 'unknown')) return null
  return Math.floor((100 * checks.filter(({ holds }) => holds === 'yes').length) / checks.length)
}

function explain({ assertion, holds, because }: Check): string {
  const sign = { yes: '✅', no: '❌', unknown: '❔' }[holds]
  return because === '' ? `${sign} ${assertion}` : `${sign} ${assertion}: ${because}`
}

function runMetricView(score: MetricScore, metric: Metric | undefined): RunMetric {
  const { value, type } = score
  const number = typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : null
  return {
    id: metric?.id ?? null,
    name: metric?.name ?? score.metric,
    type,
    score: number,
    score_normalized: normalised(number, type),
    ...(type === 'enum' ? { enum: value === null ? null : String(value) } : { value: typeof value === 'string' ? null : value }),
    explanation: explanationOf(score),
  }
}

/** 0..100, for metrics with a scale. */
function normalised(number: number | null, type: Metric['type']): number | null {
  if (number === null || type === 'numeric' || type === 'enum') return null
  return type === 'binary' ? 100 * number : number
}

function explanationOf({ explanation, because, votes, applies }: MetricScore): string[] {
  return [
    ...(applies === false ? ['Does not apply to this conversation.'] : []),
    ...(explanation === undefined ? [] : [explanation]),
    ...(because === undefined ? [] : [because]),
    ...(votes ? [`Votes: ${votes.map(vote => (vote === null ? 'none' : String(vote))).join(', ')}.`] : []),
  ]
}
