import type { Scenario } from '../../domain/document.js'
import type { Transcript } from '../../domain/transcript.js'
import type { JudgedClaim } from '../../domain/verdict.js'
import { placeholder } from '../../domain/placeholder.js'
import type { LanguageModel, ModelUse } from '../../ports/language-model.js'
import type { Claim } from './claim.js'
import type { Said } from './check-claim.js'
import { Unanswered } from './in-parts.js'
import { askVerdicts } from './judge-claims.js'
import { createOnce } from './once.js'
import { showTranscript } from './shown.js'

/**
 * Tries the judge on a conversation that cannot meet any claim: the caller's first words, and an agent that only says "Mm-hm." A claim
 * that is found met there cannot be decided by this judge.
 */
export interface EmptyControl {
  /**
   * Asks about all claims of an outcome that have to happen, in one question, once for each outcome.
   *
   * @returns Why the judge cannot decide a claim, by the claim's text. @throws {FaultError} as the model does.
   */
  undecidable(claims: readonly Claim[], scenario: Scenario, use: ModelUse): Promise<ReadonlyMap<string, string>>
}

export function createEmptyControl(model: LanguageModel): EmptyControl {
  const once = createOnce<ReadonlyMap<string, string>>()

  return {
    async undecidable(all, scenario, use) {
      const claims = all.filter(({ kind }) => kind === 'happens')
      if (claims.length === 0) return new Map()
      const firstWords = firstWordsOf(scenario)
      return once.get(JSON.stringify([firstWords, claims]), use, async own => {
        const transcript = emptyConversation(firstWords)
        const shown = showTranscript(transcript)
        const said = await askVerdicts({ claims, transcript, shown }, { purpose: 'judge, empty control' }, model, own)
        return new Map(claims.flatMap(({ text }, i) => whyUndecidable(said[i]).map(why => [text, why] as const)))
      })
    },
  }
}

/** Whatever it quotes: a judge that calls this met has not read it. */
function whyUndecidable(said: Said | Unanswered | undefined): string[] {
  if (said instanceof Unanswered) return [`whether this judge can decide it is not known (empty control): ${said.because}`]
  return said?.verdict === 'met' ? [metWithoutCause] : []
}

const emptyAnswer = 'Mm-hm.'

const metWithoutCause =
  `this judge cannot decide it: it also finds it met in a conversation in which the agent only says "${emptyAnswer}" ` +
  'Use a stronger model, or say more precisely what has to happen; write a denial as { never: ... }, and a manner as { always: ... }'

/** A claim that the judge cannot decide, whatever it said of it here. */
export function undecided(judged: JudgedClaim, because: string): JudgedClaim {
  const { claim, kind, votes } = judged
  return {
    claim,
    ...(kind && { kind }),
    holds: 'unknown',
    because,
    ...(votes && { votes }),
  }
}

/** The same for all cases of a scenario, so that it is asked once: values are left out. */
function firstWordsOf({ behaviour }: Scenario): string {
  const first = behaviour.kind === 'script' ? behaviour.script.firstMessage : (behaviour.firstMessage ?? [])
  const words = first.flatMap(part => (part.type === 'text' ? part.text.replaceAll(placeholder, '...') : []))
  return words.join(' ').trim() || 'Hello.'
}

function emptyConversation(firstWords: string): Transcript {
  const at = { type: 'said', turn: 1, startS: 0, endS: 0 } as const
  return {
    moments: [
      { ...at, by: 'caller', text: firstWords },
      { ...at, by: 'agent', text: emptyAnswer },
    ],
    metadata: {},
    ending: { by: 'caller', reason: 'Testing agent-ended-call', atS: 0 },
  }
}
