import type { SoundEnd, SoundPart } from '../../../domain/sound-tag.js'
import type { TextPart } from '../../../domain/utterance.js'

/** A part of an utterance. The places of sound tags are offsets in the text. */
export type ParsedPart = TextPart | SoundEnd | SoundPart<Offsets>

export interface Offsets {
  readonly start: number
  readonly end: number
}

/** Words between two acts, with the sound tags among them. */
export interface Stretch {
  /** Adds words. If a tag has blanks on both sides, one of them is kept. */
  say(words: string): void
  add(part: SoundPart<Offsets> | SoundEnd): void
  /** Takes everything, without the surrounding blanks, and leaves it empty. */
  take(): ParsedPart[]
}

export function createStretch(): Stretch {
  let parts: ParsedPart[] = []
  /** Blanks before the next word: a text must not consist of blanks alone. */
  let gap = ''
  let endsBlank = false

  return {
    say(words) {
      const said = endsBlank ? words.trimStart() : words
      if (said === '') return
      endsBlank = /\s$/.test(said)
      if (said.trim() === '') {
        gap += said
        return
      }
      const last = parts.at(-1)
      if (last?.type === 'text') parts[parts.length - 1] = { type: 'text', text: last.text + gap + said }
      else parts.push({ type: 'text', text: gap + said })
      gap = ''
    },
    add: part => void parts.push(part),
    take() {
      const first = parts.findIndex(({ type }) => type === 'text')
      const last = parts.findLastIndex(({ type }) => type === 'text')
      const taken = parts.map((part, index): ParsedPart => {
        if (part.type !== 'text' || (index !== first && index !== last)) return part
        const fromStart = index === first ? part.text.trimStart() : part.text
        return { type: 'text', text: index === last ? fromStart.trimEnd() : fromStart }
      })
      parts = []
      gap = ''
      endsBlank = false
      return taken
    },
  }
}
