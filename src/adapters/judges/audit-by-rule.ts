import { createRoleGuard, roleBreaks } from '../../domain/out-of-role.js'
import { isIdlePrompt, type CallerSide } from './caller-side.js'
import { gaveNoFact } from './gave-no-fact.js'
import { saidNoWords } from './gibberish.js'
import { neverAnswered } from './never-answered.js'
import { repeatsAgent } from './parrot.js'
import { offersServices } from './serves.js'
import { shortQuote } from './short-quote.js'
import { isStuck } from './stuck.js'

/** In this order: a caller that is silent says nothing else. */
const rules = [saidNothing, neverAnswered, saidNoWords, fellOutOfRole, offersServices, repeatsAgent, isStuck, gaveNoFact]

/**
 * Finds plain faults of a caller without a model. What may be a good caller is left to the model's check.
 *
 * @returns The reason, on one line.
 */
export function auditByRule(side: CallerSide): string | undefined {
  for (const rule of rules) {
    const reason = rule(side)
    if (reason !== undefined) return reason
  }
  return undefined
}

function saidNothing({ transcript: { moments, ending }, own }: CallerSide): string | undefined {
  const hasSpoken = own.length > 0 || moments.some(moment => moment.by === 'caller' && !isIdlePrompt(moment))
  // If the agent hangs up at once, the caller had no time to speak.
  return hasSpoken || ending.by === 'agent' ? undefined : 'the caller said nothing of its own'
}

function fellOutOfRole({ own, instructions, personality }: CallerSide): string | undefined {
  const guard = createRoleGuard([instructions, personality])
  for (const { text, turn } of own) {
    const found = guard(text)
    if (!found) continue
    return `turn ${turn}: the caller ${roleBreaks[found.kind]}: ${shortQuote(found.quote)}`
  }
  return undefined
}
