import { isKey, writeKeyEvent } from './key-event.js'

/** Frames of 20 ms: a key is down, its end is told as often as loss may need, and it is up. */
const downFrames = 8
const endFrames = 3
const upFrames = 4
const framesOfKey = downFrames + endFrames + upFrames

/** What stands in for the sound of a frame. */
export interface KeyPacket {
  readonly payload: Buffer
  /** Where the key went down, in frames before this one. */
  readonly framesSince: number
  readonly isFirst: boolean
}

/** Presses keys, one after the other (RFC 4733): while a key is down, its event is sent instead of sound. */
export class KeySender {
  readonly #waiting: string[] = []
  #frame = 0

  /** Seconds that it takes to press keys. */
  static secondsOf(digits: string): number {
    return (digits.split('').filter(isKey).length * framesOfKey) / 50
  }

  press(digits: string): void {
    this.#waiting.push(...digits.split('').filter(isKey))
  }

  /** What the next 20 ms send. @param unitsOfFrame  Units of the timestamps in 20 ms. */
  next(unitsOfFrame: number): KeyPacket | undefined {
    const [key] = this.#waiting
    if (key === undefined) return undefined
    const frame = this.#frame
    this.#frame = (frame + 1) % framesOfKey
    if (this.#frame === 0) this.#waiting.shift()
    if (frame >= downFrames + endFrames) return undefined
    const isEnd = frame >= downFrames
    const duration = Math.min(frame + 1, downFrames) * unitsOfFrame
    return { payload: writeKeyEvent({ key, isEnd, duration }), framesSince: frame, isFirst: frame === 0 }
  }
}
