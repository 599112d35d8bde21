import { createRoleGuard } from '../../domain/out-of-role.js'
import type { CallerSide, CallerSpeech } from './caller-side.js'
import { gaveNoFact } from './gave-no-fact.js'
import { isGibberish } from './gibberish.js'
import { shortQuote } from './short-quote.js'

/** A caller that gives the same answer this often, to different words, is not listening. */
const mostRepeats = 3

/** Finds plain faults of a caller without a model. Returns the reason on one line. */
export function auditByRule(side: CallerSide): string | undefined {
  return saidNothing(side) ?? saidNoWords(side) ?? fellOutOfRole(side) ?? isStuck(side) ?? gaveNoFact(side)
}

function saidNothing({ transcript: { moments, ending }, own }: CallerSide): string | undefined {
  const hasSpoken = own.length > 0 || moments.some(moment => moment.by === 'caller' && !isIdlePrompt(moment))
  // If the agent hangs up at once, the caller had no time to speak.
  return hasSpoken || ending.by === 'agent' ? undefined : 'the caller said nothing of its own'
}

function saidNoWords({ own }: CallerSide): string | undefined {
  const found = own.find(({ text }) => isGibberish(text))
  return found && `turn ${found.turn}: the caller said no words: ${shortQuote(found.text)}`
}

function isIdlePrompt(moment: CallerSide['transcript']['moments'][number]): boolean {
  return moment.type === 'said' && moment.cause?.kind === 'idle_prompt'
}

function fellOutOfRole({ own, instructions, personality }: CallerSide): string | undefined {
  const guard = createRoleGuard([instructions, personality])
  for (const { text, turn } of own) {
    const found = guard(text)
    if (!found) continue
    const what = found.kind === 'speaks_for_agent' ? 'spoke for the agent' : 'repeated its instructions'
    return `turn ${turn}: the caller ${what}: ${shortQuote(found.quote)}`
  }
  return undefined
}

/** The same answer to the same question is not the caller's fault. */
function isStuck({ own, transcript }: CallerSide): string | undefined {
  const heardIn = (turn: number): string =>
    transcript.moments
      .flatMap(moment => (moment.type === 'said' && moment.by === 'agent' && moment.turn === turn ? plain(moment.text) : []))
      .join('\n')
  for (const [at, last] of own.entries()) {
    const run = own.slice(Math.max(0, at - mostRepeats + 1), at + 1)
    if (run.length < mostRepeats || run.some(each => plain(each.text) !== plain(last.text))) continue
    const heard = run.map(({ turn }) => heardIn(turn - 1))
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
