import { createRoleGuard, roleBreaks } from '../../domain/out-of-role.js'
import { heardIn, isIdlePrompt, type CallerSide, type CallerSpeech } from './caller-side.js'
import { gaveNoFact } from './gave-no-fact.js'
import { saidNoWords } from './gibberish.js'
import { neverAnswered } from './never-answered.js'
import { repeatsAgent } from './parrot.js'
import { offersServices } from './serves.js'
import { shortQuote } from './short-quote.js'

/** A caller that gives the same answer this often, to different words, is not listening. */
const mostRepeats = 3

/** In this order: a caller that is silent says nothing else. */
const rules = [saidNothing, neverAnswered, saidNoWords, fellOutOfRole, offersServices, repeatsAgent, isStuck, gaveNoFact]

/** Finds plain faults of a caller without a model. Returns the reason on one line. */
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

/** The same answer to the same question is not the caller's fault. */
function isStuck(side: CallerSide): string | undefined {
  const { own } = side
  for (const [at, last] of own.entries()) {
    const run = own.slice(Math.max(0, at - mostRepeats + 1), at + 1)
    if (run.length < mostRepeats || run.some(each => plain(each.text) !== plain(last.text))) continue
    const heard = run.map(({ turn }) =>
      heardIn(side, turn - 1)
        .map(plain)
        .join('\n'),
    )
    if (new Set(heard).size === run.length) return stuck(last)
  }
  return undefined
}

function stuck({ turn, text }: CallerSpeech): string {
  return `turn ${turn}: the caller said the same for the third time, whatever it heard: ${shortQuote(text)}`
}

function plain(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')
}
