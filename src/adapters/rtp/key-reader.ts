import { ahead16 } from './rtp-packet.js'
import type { KeyEvent } from './key-event.js'

/** A key whose packets have not come for so many frames is up: its end was lost. */
const framesToEnd = 6
/** The packets that repeat an end are not further away. */
const mostEnds = 3

interface Down extends KeyEvent {
  readonly timestamp: number
  readonly sequence: number
}

/**
 * Makes keys of their events (RFC 4733), one for each press, whatever is lost or sent twice. A press is known by its timestamp; senders that
 * give each packet another one are seen through by its growing duration and its end.
 */
export class KeyReader {
  #last: Down | undefined
  #isDown = false
  #quietFrames = 0

  /** @returns The key, when its press is over; nothing otherwise. */
  take(event: KeyEvent, timestamp: number, sequence: number): string {
    const last = this.#last
    const isSame = last !== undefined && isSamePress(last, { ...event, timestamp, sequence }, this.#isDown)
    // A press that went by without an end is over when the next one begins.
    const missed = !isSame && this.#isDown ? last!.key : ''
    const isOver = isSame && !this.#isDown
    this.#last = { ...event, timestamp, sequence }
    this.#quietFrames = 0
    if (isOver) return ''
    this.#isDown = !event.isEnd
    return event.isEnd ? missed + event.key : missed
  }

  /** 20 ms went by. @returns A key whose end was lost. */
  tick(): string {
    if (!this.#isDown) return ''
    this.#quietFrames += 1
    if (this.#quietFrames < framesToEnd) return ''
    this.#isDown = false
    return this.#last!.key
  }
}

function isSamePress(last: Down, now: Down, isDown: boolean): boolean {
  if (last.key !== now.key) return false
  if (last.timestamp === now.timestamp) return true
  if (isDown) return now.duration > last.duration || (now.isEnd && now.duration === last.duration)
  return now.isEnd && now.duration >= last.duration && Math.abs(ahead16(now.sequence, last.sequence)) <= mostEnds
}
