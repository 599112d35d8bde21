import { beginsAsDenial } from '../../domain/denials/beginning.js'
import { excerpt } from '../../domain/excerpt.js'
import type { Transcript } from '../../domain/transcript.js'
import type { JudgedClaim } from '../../domain/verdict.js'
import type { Claim } from './claim.js'
import { longestWords } from './closed.js'
import type { QuoteFinder } from './quote.js'
import type { Shown } from './shown.js'

/** The model's verdict on a claim. */
export interface Said {
  readonly reason: string
  /** Where something happened. For a denial or a manner, `turns`. */
  readonly turn?: number | null
  /** For a denial or a manner: the turn of the quote; without a quote, the turns in which nothing comes near it. */
  readonly turns?: readonly number[]
  readonly quote: string
  readonly verdict: 'met' | 'not_met' | 'cannot_tell'
}

export type CheckedClaim = Omit<JudgedClaim, 'claim' | 'kind' | 'votes'>

/** What a verdict is checked against. */
export interface ClaimEvidence {
  readonly transcript: Transcript
  readonly shown: Shown
  readonly isQuoted: QuoteFinder
}

/** With more turns, a judge is not asked to name each turn in which nothing comes near a denial. */
const fewTurns = 6

/** The turns in which the agent did something, if they are few. */
export function fewTurnsOf({ moments }: Transcript): readonly number[] | undefined {
  const turns = [...new Set(moments.filter(({ by, type }) => by === 'agent' && type !== 'thought').map(({ turn }) => turn))]
  return turns.length <= fewTurns ? turns : undefined
}

/**
 * Holds the model's verdict against the conversation. That something happened, expected or forbidden, needs a quote from the
 * agent's side of the named turn. That it did not happen needs the whole conversation; for a claim that denies, also the agent's closest
 * words, or that no turn has any. A verdict without its evidence is `unknown`.
 */
export function checkClaim({ text, kind }: Claim, said: Said, evidence: ClaimEvidence): CheckedClaim {
  const { transcript, shown, isQuoted } = evidence
  const { verdict, quote } = said
  const because = excerpt(said.reason, longestWords * 2)
  const turn = said.turn ?? (quote.trim() === '' ? null : (said.turns?.[0] ?? null))
  const place = turn !== null && transcript.moments.some(entry => entry.turn === turn) ? { turn } : {}
  if (verdict === 'cannot_tell') return { holds: 'unknown', because: because || 'the judge could not tell', ...place }

  const holds = verdict === 'met' ? 'yes' : 'no'
  const says = `the judge says it ${verdict === 'met' ? 'is met' : 'is not met'}`
  const without = (what: string): CheckedClaim => ({
    holds: 'unknown',
    because: `${says}, but ${what}${because && `; it says: ${because}`}`,
    ...place,
  })
  const isFound = turn !== null && isQuoted(quote, turn)
  const quoted = { because, turn: turn ?? 0, quote: excerpt(quote, longestWords * 2) }
  if ((kind === 'happens') === (verdict === 'met')) {
    if (isFound) return { holds, ...quoted }
    const advice =
      kind === 'happens' && beginsAsDenial(text) ? ' (if the claim only denies, write what must not happen as { never: ... })' : ''
    return without(`${whatIsWrongWith(quote, turn)}${advice}`)
  }
  if (!shown.isWhole) return { holds: 'unknown', because: `${says}, but the conversation was too long to show it whole`, ...place }
  if (kind === 'happens') return { holds, because: because || says, ...place }
  if (quote.trim() !== '') return isFound ? { holds, ...quoted } : without(whatIsWrongWith(quote, turn))
  const few = fewTurnsOf(transcript)
  if (few?.some(each => !said.turns?.includes(each)))
    return without(`quotes nothing near it, and does not say of every turn that there is nothing`)
  return { holds, because: because || `${says}: nothing the agent did comes near it` }
}

function whatIsWrongWith(quote: string, turn: number | null): string {
  if (quote.trim() === '') return 'quotes nothing to show it'
  const quoted = JSON.stringify(quote.length > 120 ? `${quote.slice(0, 119)}…` : quote)
  return turn === null ? `names no turn for its quote ${quoted}` : `its quote ${quoted} is not in what the agent did in turn ${turn}`
}
