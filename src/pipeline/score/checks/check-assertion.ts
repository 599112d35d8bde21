import { isWithin, type Assertion } from '../../../domain/assertion.js'
import type { Ending } from '../../../domain/transcript.js'
import { unreachable } from '../../../domain/unreachable.js'
import type { MetricScore } from '../../../domain/verdict.js'
import type { Patterns } from '../../../ports/patterns.js'
import type { SortedTranscript } from '../sorted-transcript.js'
import { describe } from './describe.js'
import { finding, type Finding } from './finding.js'
import { checkMetadata } from './metadata.js'
import { checkMetric } from './metric.js'
import { agentSays, callerSays } from './speech.js'
import { unfilled } from './unfilled.js'
import { toolCalled } from './tool-called.js'

/** What assertions are checked on. */
export interface CheckEvidence {
  readonly conversation: SortedTranscript
  readonly scores: ReadonlyMap<string, MetricScore>
  readonly patterns: Patterns
  /** Whether the assertion is under a `not`, so that a match counts against the agent. Default: false. */
  readonly isNegated?: boolean
  /** Whether what a single assertion looks at may have happened unseen. Default: no. */
  readonly isUnseen?: (assertion: Assertion) => boolean
}

/**
 * Checks an assertion on a conversation.
 *
 * Three-valued, after Kleene ("Introduction to Metamathematics", 1952, section 64): what is unknown stays unknown under
 * `not`, and under `all` and `any` unless the other assertions decide.
 */
export function checkAssertion(assertion: Assertion, evidence: CheckEvidence): Finding {
  const { conversation, scores, patterns, isNegated = false } = evidence
  const { ending } = conversation.transcript
  const left = isComposed(assertion) ? undefined : unfilled(assertion)
  if (left) return left
  if (evidence.isUnseen?.(assertion)) return { holds: 'unknown', saw: () => 'a pointer found nothing' }
  switch (assertion.kind) {
    case 'agent_says':
      return agentSays(assertion.matcher, conversation, patterns, isNegated)
    case 'caller_says':
      return callerSays(assertion.matcher, conversation, patterns)
    case 'tool_called':
      return toolCalled(assertion.call, conversation, isNegated)
    case 'metadata':
      return checkMetadata(assertion, conversation, patterns, isNegated)
    case 'ended_by':
      return finding(isEndedBy(ending, assertion.by), () => howEnded(ending), conversation.lastTurn)
    case 'cut_off':
      return finding(ending.cutOff === assertion.by, () => howEnded(ending), conversation.lastTurn)
    case 'turns': {
      const { callerTurns, lastTurn } = conversation
      return finding(isWithin(callerTurns, assertion.bounds), () => `the caller took ${callerTurns}`, lastTurn)
    }
    case 'duration': {
      const { durationMs, thoughtMs, lastTurn } = conversation
      const without = thoughtMs > 0 ? `, without ${thoughtMs / 1000} s of waiting for the caller's model` : ''
      return finding(isWithin(durationMs, assertion.boundsMs), () => `it took ${durationMs / 1000} s${without}`, lastTurn)
    }
    case 'metric':
      return checkMetric(assertion, scores.get(assertion.name))
    case 'not': {
      const inner = checkAssertion(assertion.assertion, { ...evidence, isNegated: !isNegated })
      return { ...inner, holds: inner.holds === 'yes' ? 'no' : inner.holds === 'no' ? 'yes' : 'unknown' }
    }
    case 'all':
      return combine(assertion.assertions, evidence, 'no', 'yes')
    case 'any':
      return combine(assertion.assertions, evidence, 'yes', 'no')
    default:
      return unreachable(assertion)
  }
}

/** Nobody ends a conversation that is cut off. */
function isEndedBy({ by, cutOff }: Ending, side: Ending['by']): boolean {
  return cutOff === undefined && by === side
}

function howEnded({ by, reason, cutOff }: Ending): string {
  return cutOff === undefined ? `ended by ${by}: ${reason}` : `cut off: ${cutOff}`
}

/** Whether an assertion only combines others. */
function isComposed({ kind }: Assertion): boolean {
  return kind === 'not' || kind === 'all' || kind === 'any'
}

/** Whether an assertion asks nothing of a conversation: it is only about metrics that do not apply to it. */
export function isMoot(assertion: Assertion, scores: CheckEvidence['scores']): boolean {
  switch (assertion.kind) {
    case 'metric':
      return scores.get(assertion.name)?.applies === false
    case 'not':
      return isMoot(assertion.assertion, scores)
    case 'all':
    case 'any':
      return assertion.assertions.every(each => isMoot(each, scores))
    default:
      return false
  }
}

/**
 * Combines assertions, skipping moot ones. The first `decisive` result decides; then the first unknown one; otherwise the
 * result is `otherwise`.
 */
function combine(assertions: readonly Assertion[], evidence: CheckEvidence, decisive: 'yes' | 'no', otherwise: 'yes' | 'no'): Finding {
  const asked = assertions.filter(each => !isMoot(each, evidence.scores))
  const parts = asked.map(each => ({ each, found: checkAssertion(each, evidence) }))
  const decided = parts.find(({ found }) => found.holds === decisive)
  const telling = decided ?? parts.find(({ found }) => found.holds === 'unknown')
  const shown = telling ? [telling] : parts
  const turn = shown.at(-1)?.found.turn
  return {
    holds: telling?.found.holds ?? otherwise,
    saw: () => shown.map(({ each, found }) => `${describe(each, evidence.conversation.wording)}: ${found.saw()}`).join('; '),
    ...(turn !== undefined && { turn }),
    ...(telling?.found.holds === 'unknown' && parts.some(({ found }) => found.isMasked) && { isMasked: true }),
  }
}
