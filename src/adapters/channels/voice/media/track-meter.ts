import type { TrackQuality } from '../../../../domain/sound.js'
import { dbfsOf, silenceDbfs } from '../../../audio/level.js'
import { DropoutCounter } from './dropout-counter.js'

/** The loudest sample of mu-law, whose full scale is lower than that of 16 bits. */
const fullScale = 32_124

/** Measures the quality of one track while it is conducted. */
export class TrackMeter {
  readonly #gaps: DropoutCounter
  #speech = 0
  #speechFrames = 0
  #background = 0
  #backgroundFrames = 0
  #clipped = 0

  constructor(rate: number) {
    this.#gaps = new DropoutCounter(rate)
  }

  /** Speech, by the sum of the mean squares of its frames. */
  addSpeech(power: number, frames: number): void {
    this.#speech += power
    this.#speechFrames += frames
  }

  /** Anything else. Digital silence is no background. */
  addBackground(power: number, frames: number): void {
    if (power === 0) return
    this.#background += power
    this.#backgroundFrames += frames
  }

  /** Looks for clipping and gaps. */
  inspect(frame: Int16Array): void {
    for (let i = 0; i < frame.length; i += 1) if (Math.abs(frame[i]!) >= fullScale) this.#clipped += 1
    this.#gaps.hear(frame)
  }

  quality(): TrackQuality {
    const counts = { clipped: this.#clipped, dropouts: this.#gaps.count }
    if (this.#speechFrames === 0) return { levelDbfs: null, snrDb: null, ...counts }
    const level = dbfsOf(this.#speech / this.#speechFrames)
    const background = this.#backgroundFrames === 0 ? silenceDbfs : dbfsOf(this.#background / this.#backgroundFrames)
    return { levelDbfs: tenths(level), snrDb: tenths(level - background), ...counts }
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}
