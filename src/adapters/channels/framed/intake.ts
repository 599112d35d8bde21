import { takeTurns, type Line } from '../turns.js'
import type { TransportEvents } from './transport.js'

/** How many frames of one agent are handled at once, as they come together. */
const mostAtOnce = 64
/** How many of them are handled before it is the next agent's turn. */
const mostInTurn = 16

/** Takes in what transports report. */
export interface Intake<Frame = string> extends TransportEvents<Frame> {
  /** Whether frames wait. */
  readonly isBehind: boolean
  /** Forgets what waits, and everything to come but `closed`. */
  stop(): void
}

/**
 * Passes on what a transport reports, in order. Of an agent that sends many frames at once, those beyond a first few wait:
 * agents with such frames take turns, so that neither timers nor other agents have to wait for any of them. Meanwhile the
 * transport is not read.
 *
 * @param hold  Stops reading the transport. Returns what lets it go on.
 */
export function openIntake<Frame = string>(on: TransportEvents<Frame>, hold: () => () => void): Intake<Frame> {
  const waiting: (() => void)[] = []
  let next = 0
  let handled = 0
  let isStopped = false
  let release: (() => void) | undefined
  const line: Line = {
    take() {
      for (let taken = 0; taken < mostInTurn && next < waiting.length; taken += 1) {
        next += 1
        waiting[next - 1]?.()
      }
      if (next < waiting.length) return true
      clear()
      return false
    },
  }

  return {
    opened: on.opened,
    received: frame => {
      if (isStopped) return
      if (handled < mostAtOnce && waiting.length === 0) {
        if (handled === 0) setImmediate(() => (handled = 0))
        handled += 1
        return on.received(frame)
      }
      enqueue(() => on.received(frame))
    },
    failed: fault => inOrder(() => on.failed(fault)),
    closed: fault => inOrder(() => on.closed(fault)),
    get isBehind() {
      return waiting.length > 0
    },
    stop() {
      isStopped = true
      clear()
    },
  }

  function inOrder(tell: () => void): void {
    if (waiting.length === 0) tell()
    else enqueue(tell)
  }

  function enqueue(handle: () => void): void {
    release ??= hold()
    waiting.push(handle)
    takeTurns(line)
  }

  function clear(): void {
    waiting.length = 0
    next = 0
    release?.()
    release = undefined
  }
}
