import { textOfTag, type SoundTag } from '../../../domain/sound-tag.js'
import type { Offsets } from './stretch.js'

/** Whether a text has hung up, and what it would still say or do. A closing tag, or an effect on no words, is neither. */
export class EndOfCall {
  /** Whether the text so far has hung up. */
  isPast = false
  /** From the first to the last thing that comes too late. */
  late: Offsets | undefined

  /** Notes something said or done. */
  note({ start, end }: Offsets): void {
    if (this.isPast) this.late = { start: this.late?.start ?? start, end }
  }

  /** Notes words; blanks are none. @param start  Their offset. */
  noteWords(words: string, start: number): void {
    const said = words.trim()
    const from = start + words.indexOf(said)
    if (said !== '') this.note({ start: from, end: from + said.length })
  }

  /** Notes a sound tag if it is heard without words around it. */
  noteSound(sound: SoundTag, at: Offsets): void {
    if (sound.tag === 'noise' || sound.tag === 'audio' || textOfTag(sound) !== undefined) this.note(at)
  }
}
