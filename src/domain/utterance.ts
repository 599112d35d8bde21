import { textOfTag, type SoundEnd, type SoundPart } from './sound-tag.js'

/**
 * One part of the caller's turn, in order. Times are milliseconds.
 *
 * - `text`: words; may contain {{templates}} until the run starts. Words separated only by sound tags keep the blanks
 *   between them.
 * - `silence`: a pause that the agent may interrupt; the rest of the turn is then not said.
 * - `hold`: a pause that nothing shortens. In a call nothing is heard meanwhile, unless the caller only thinks.
 * - `interruption`: only first in a follow-up: speak this long after the agent began, whether or not it has finished.
 * - `dtmf`: telephone keys, `0-9 * # A-D`.
 * - `endcall`: the caller hangs up.
 */
export type TextPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'silence'; readonly ms: number }
  | { readonly type: 'hold'; readonly ms: number; readonly thinks?: true }
  | { readonly type: 'interruption'; readonly ms: number }
  | { readonly type: 'dtmf'; readonly digits: string }
  | { readonly type: 'endcall' }

/** A text part, or a part that needs sound. */
export type UtterancePart = TextPart | SoundPart | SoundEnd

/** What the caller does in one turn. */
export type Utterance = readonly UtterancePart[]

/** An utterance without its sound: words and acts. Words that only sound tags separated become one text again. */
export function withoutSound(utterance: Utterance): readonly TextPart[] {
  if (isPlain(utterance)) return utterance
  const parts: TextPart[] = []
  for (const part of utterance) {
    if (part.type === 'sound' || part.type === 'sound_end') continue
    const last = parts.at(-1)
    if (part.type === 'text' && last?.type === 'text') parts[parts.length - 1] = { type: 'text', text: last.text + part.text }
    else parts.push(part)
  }
  return parts
}

/** Whether an utterance is already as it is without its sound. */
function isPlain(utterance: Utterance): utterance is readonly TextPart[] {
  return utterance.every(
    ({ type }, i) => type !== 'sound' && type !== 'sound_end' && (type !== 'text' || i === 0 || utterance[i - 1]?.type !== 'text'),
  )
}

/** The words of a part, if it has any: its text, or its tag's. */
export function wordsOf(part: UtterancePart): string | undefined {
  if (part.type === 'text') return part.text
  return part.type === 'sound' ? textOfTag(part) : undefined
}

/** Whether a text consists of telephone keys only. */
export function areTelephoneKeys(text: string): boolean {
  return /^[0-9*#A-D]*$/.test(text)
}

/** The text without what numbers are written with for the eye, as in `(555) 123-4567`: only keys are pressed. */
export function withoutFormatting(digits: string): string {
  return digits.replaceAll(/[\s()./-]/g, '')
}
