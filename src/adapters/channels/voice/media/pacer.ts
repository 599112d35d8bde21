import type { Pacing } from '../../../../domain/sound.js'
import type { Clock } from '../../../../ports/clock.js'
import { PaceMeter } from './pace-meter.js'

const frameMs = 20
/** Calls take turns within 20 ms, so that they do not all wait for each other: each 2 ms, as timers count whole milliseconds, and come late. */
const slots = 10
/** Also a few calls are far from each other. */
const stride = 3
/** A timer may fire a little early; waiting again would cost a millisecond. */
const earlyMs = 0.5
/** A call that is behind sends so many frames at once: a second. */
const mostAtOnce = 50
/** A call that is behind by more frames has lost them: the machine was asleep. */
const mostBehind = 250

interface PacedCall {
  readonly tick: () => void
  readonly failed: (cause: unknown) => void
  readonly meter: PaceMeter
  /** When the next frame is due. */
  dueMs: number
  isTicking: boolean
  isOver: boolean
}

/** A call that ticks. */
export interface Ticking {
  /** Ends it, with the frames that are due. May be repeated. @returns How well it was kept. */
  stop(): Pacing
}

/** Calls every call of a worker each 20 ms, by one timer. What is late does not delay what follows, and what was missed is caught up with. */
export class Pacer {
  readonly #clock: Clock
  readonly #calls: PacedCall[] = []
  #cancel: (() => void) | undefined
  #started = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Begins to call `tick`, within 20 ms for the first time, until it is stopped.
   *
   * @param failed  `tick` threw, which is a bug of ours. It is not called again.
   */
  start(tick: () => void, failed: (cause: unknown) => void): Ticking {
    const call: PacedCall = {
      tick,
      failed,
      meter: new PaceMeter(),
      dueMs: this.#nextSlotMs(),
      isTicking: false,
      isOver: false,
    }
    this.#calls.push(call)
    this.#arm()
    return { stop: () => this.#stop(call) }
  }

  /** The beginning of the next slot of 2 ms that it is the turn of. */
  #nextSlotMs(): number {
    const slot = (this.#started * stride) % slots
    this.#started += 1
    const offset = (slot * frameMs) / slots
    return Math.ceil((this.#clock.now() - offset) / frameMs) * frameMs + offset
  }

  #stop(call: PacedCall): Pacing {
    // Whoever hangs up comes before the timer where both are due.
    if (!call.isTicking) this.#catchUp(call)
    if (!call.isOver) {
      call.isOver = true
      call.meter.lose(Math.max(0, Math.floor((this.#clock.now() - call.dueMs) / frameMs)))
      this.#calls.splice(this.#calls.indexOf(call), 1)
      this.#arm()
    }
    return call.meter.pacing()
  }

  #arm(): void {
    this.#cancel?.()
    this.#cancel = undefined
    if (this.#calls.length === 0) return
    let next = Number.POSITIVE_INFINITY
    for (const call of this.#calls) next = Math.min(next, call.dueMs)
    this.#cancel = this.#clock.after(Math.max(0, next - this.#clock.now()), this.#wake)
  }

  readonly #wake = (): void => {
    const nowMs = this.#clock.now()
    // From the last to the first, because a call may stop itself.
    for (let index = this.#calls.length - 1; index >= 0; index -= 1) {
      const call = this.#calls[index]
      if (call && call.dueMs <= nowMs + earlyMs) this.#catchUp(call)
    }
    this.#arm()
  }

  #catchUp(call: PacedCall): void {
    if (call.isOver) return
    const behind = Math.floor((this.#clock.now() - call.dueMs) / frameMs)
    if (behind > mostBehind) {
      call.meter.lose(behind - mostAtOnce)
      call.dueMs += (behind - mostAtOnce) * frameMs
    }
    for (let count = 0; count < mostAtOnce && !call.isOver; count += 1) {
      const lateMs = this.#clock.now() - call.dueMs
      if (lateMs < -earlyMs) return
      call.meter.add(lateMs)
      call.dueMs += frameMs
      call.isTicking = true
      try {
        call.tick()
      } catch (cause) {
        this.#stop(call)
        call.failed(cause)
      }
      call.isTicking = false
    }
  }
}
