import type { SoundEnd, SoundPart } from '../../../domain/sound-tag.js'
import type { TextPart } from '../../../domain/utterance.js'

/** A part of an utterance; a sound tag has its place in offsets of the text. */
export type ParsedPart = TextPart | SoundEnd | SoundPart<Offsets>

export interface Offsets {
  readonly start: number
  readonly end: number
}

/** What is said between two acts: words, and the sound tags between them. */
export interface Stretch {
  /** Where a tag stands between two blanks, one blank is enough. */
  say(words: string): void
  add(part: SoundPart<Offsets> | SoundEnd): void
  /** All of it, without the blanks around its words; it is empty afterwards. */
  take(): ParsedPart[]
}

export function createStretch(): Stretch {
  let parts: ParsedPart[] = []
  /** Blanks before the next word; a text of blanks alone would be none. */
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
