import type { Metric } from '../../../domain/metric.js'
import type { JudgedOutcome, MetricScore } from '../../../domain/verdict.js'
import type { Patterns } from '../../../ports/patterns.js'
import { describe } from '../checks/describe.js'
import { checkAssertion } from '../checks/check-assertion.js'
import type { SortedTranscript } from '../sorted-transcript.js'

const inconclusive = 'whether it applies is inconclusive'

/**
 * The score of a metric whose trigger does not match a conversation: it has no value, and none is missing.
 *
 * @param earlier  Its score when the conversation was conducted: it tells where a secret is masked by now.
 * @returns `undefined` if the metric applies, or only the judge can decide.
 */
export function doesNotApply(
  { key, type, trigger }: Metric,
  conversation: SortedTranscript,
  patterns: Patterns,
  earlier?: MetricScore,
): MetricScore | undefined {
  if (trigger?.kind !== 'assertion') return undefined
  const { assertion } = trigger
  const evidence = { conversation, scores: new Map(), patterns }
  const { holds, isMasked } = checkAssertion(assertion, evidence)
  if (holds === 'yes') return undefined
  if (isMasked && earlier) return earlier.applies === false || earlier.because === inconclusive ? earlier : undefined
  // What matches in another reading of a turn, or of a variable, may match.
  if (holds === 'unknown' || checkAssertion(assertion, { ...evidence, isNegated: true }).holds !== 'no')
    return { metric: key, type, value: null, because: inconclusive }
  return { metric: key, type, value: null, applies: false, because: `it applies only when ${describe(assertion, conversation.wording)}` }
}

/** The score of an expected outcome, as a metric. */
export function outcomeScore({ key, type }: Metric, { score }: JudgedOutcome): MetricScore {
  if (score !== null) return { metric: key, type, value: score }
  return { metric: key, type, value: null, because: 'not every claim of the expected outcome could be judged' }
}
