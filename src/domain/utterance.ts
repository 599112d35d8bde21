import { textOfTag, type SoundEnd, type SoundPart } from './sound-tag.js'

/**
 * One piece of what the caller does in its turn, in order. Times are milliseconds.
 *
 * - `text`: words; may hold {{templates}} until the run starts. Words that only sound tags part keep the blanks between them.
 * - `silence`: a pause that the agent may break into; what comes after it is then left unsaid.
 * - `hold`: a pause that nothing shortens.
 * - `interruption`: only first in a follow-up: speak this long after the agent began, whether or not it has finished.
 * - `dtmf`: telephone keys, `0-9 * # A-D`.
 * - `endcall`: the caller hangs up.
 */
export type TextPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'silence'; readonly ms: number }
  | { readonly type: 'hold'; readonly ms: number }
  | { readonly type: 'interruption'; readonly ms: number }
  | { readonly type: 'dtmf'; readonly digits: string }
  | { readonly type: 'endcall' }

/** The same, or what only sound carries out. */
export type UtterancePart = TextPart | SoundPart | SoundEnd

/** What the caller does in one turn. */
export type Utterance = readonly UtterancePart[]

/** What is left of an utterance without sound: its words and acts. Words that only sound tags parted are one text again. */
export function withoutSound(utterance: Utterance): readonly TextPart[] {
  const parts: TextPart[] = []
  for (const part of utterance) {
    if (part.type === 'sound' || part.type === 'sound_end') continue
    const last = parts.at(-1)
    if (part.type === 'text' && last?.type === 'text') parts[parts.length - 1] = { type: 'text', text: last.text + part.text }
    else parts.push(part)
  }
  return parts
}

/** The words of a part, where it has any: its text, or what its tag carries. */
export function wordsOf(part: UtterancePart): string | undefined {
  if (part.type === 'text') return part.text
  return part.type === 'sound' ? textOfTag(part) : undefined
}

/** Whether a telephone has keys for all of it. */
export function areTelephoneKeys(text: string): boolean {
  return /^[0-9*#A-D]*$/.test(text)
}
