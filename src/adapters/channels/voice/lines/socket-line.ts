import { FaultError, type Fault } from '../../../../domain/fault.js'
import { lineFaults } from '../../../../domain/faults/line-faults.js'
import type { Clock } from '../../../../ports/clock.js'
import type { Line, LineEvent } from '../../../../ports/line.js'
import { openIntake } from '../../framed/intake.js'
import type { SocketAddress } from '../../websocket/connect.js'
import { openSocket, type SocketMessage } from '../../websocket/socket.js'
import { Backlog } from './backlog.js'
import { whileOpen } from './while-open.js'

/** The messages of one transport in one call: what we send, and what those of the agent mean. */
export interface Wire extends Pick<Line, 'rate' | 'send' | 'speech' | 'press' | 'reached' | 'answerTool'> {
  /** On transports on which the agent says that it takes the call: how long that may last, and the fault of one that does not say it. */
  readonly answersWithin?: { readonly ms: number; readonly fault: Fault }
  /** Called once the socket is open, before anything else is sent. */
  begin?(): void
  /** @throws {FaultError} when it is not a message of the transport. */
  received(message: SocketMessage): void
  /** Sends the last messages, before we close. */
  end?(): void
  /** The line is over, whoever ended it. */
  over?(): void
  /**
   * The fault of an agent that accepted the socket and dropped it before it had sent anything, or before it took the call.
   *
   * @param fault  How it did not close in good order. Absent if it did.
   * @returns `undefined` if that is as any close.
   */
  droppedAtOnce?(fault: Fault | undefined): Fault | undefined
}

/** What a transport sends to, and tells. */
export interface WireUse {
  send(message: string | Uint8Array): void
  hear(event: LineEvent): void
  /** The agent took the call, on transports on which it says so. */
  answered(): void
}

export interface SocketLine {
  readonly address: SocketAddress
  readonly clock: Clock
  readonly hear: (event: LineEvent) => void
  /** Cuts the line off, also later. */
  readonly signal: AbortSignal
  wire(use: WireUse): Wire
}

/** A socket that is closed sooner than this was never meant for us. */
const atOnceMs = 1_000

/** How many bytes may wait for the agent to read them: 30 s of sound and more. */
const mostUnread = 1 << 20

/** Whether the agent has taken the call: as soon as the socket is open, or when it says so. */
class Answer {
  readonly #clock: Clock
  #atMs: number | undefined
  #cancelTimer: (() => void) | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get has(): boolean {
    return this.#atMs !== undefined
  }

  get isRecent(): boolean {
    return this.#atMs !== undefined && this.#clock.now() - this.#atMs < atOnceMs
  }

  /** The socket is open. */
  expect(within: Wire['answersWithin'], then: { answered(): void; failed(fault: Fault): void }): void {
    if (within) this.#cancelTimer = this.#clock.after(within.ms, () => then.failed(within.fault))
    else then.answered()
  }

  came(): void {
    this.#atMs = this.#clock.now()
    this.forget()
  }

  /** It is not waited for any more. */
  forget(): void {
    this.#cancelTimer?.()
  }
}

/**
 * Opens a line over a WebSocket. Messages of the agent are taken in as those of framed conversations: an agent that sends many at once lets
 * timers and other calls go first.
 *
 * @throws {FaultError} when the agent cannot be reached or refuses. When `signal` aborts, its reason.
 */
export function openSocketLine(use: SocketLine): Promise<Line> {
  const { clock, hear, signal } = use
  const { place } = use.address
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    let state: 'opening' | 'open' | 'over' = 'opening'
    let hasHeard = false
    let closing: Promise<void> | undefined
    const answer = new Answer(clock)
    const intake = openIntake<SocketMessage>({ opened, received, failed, closed }, () => transport.hold())
    const transport = openSocket(use.address, clock, intake)
    const wire = use.wire({ send: message => transport.send(message), hear: tell, answered })
    const backlog = new Backlog(wire.rate, () => transport.hold())
    signal.addEventListener('abort', cutOff, { once: true })

    function opened(): void {
      if (state !== 'opening') return
      state = 'open'
      wire.begin?.()
      answer.expect(wire.answersWithin, { answered, failed })
    }

    function answered(): void {
      if (state !== 'open' || answer.has) return
      answer.came()
      resolve({ ...whileOpen({ ...wire, send }, () => state === 'open'), hangUp })
    }

    function send(frame: Int16Array): void {
      if (transport.unread() > mostUnread) return failed(lineFaults.unread({ place }))
      wire.send(frame)
      backlog.played(frame.length)
    }

    function received(message: SocketMessage): void {
      hasHeard = true
      if (state !== 'open') return
      try {
        wire.received(message)
      } catch (error) {
        if (!(error instanceof FaultError)) throw error
        failed(error.fault)
      }
    }

    function tell(event: LineEvent): void {
      if (state !== 'open') return
      if (event.type === 'broke') return failed(event.fault)
      if (event.type === 'sound') backlog.heard(event.samples.length)
      if (event.type === 'clear') backlog.drop()
      if (event.type === 'ended') close()
      hear(event)
    }

    function failed(fault: Fault): void {
      if (state === 'over') return
      conclude()
      closing = transport.drop()
      if (answer.has) hear({ type: 'broke', fault })
      else reject(new FaultError(fault))
    }

    function closed(fault?: Fault): void {
      signal.removeEventListener('abort', cutOff)
      if (state === 'over') return
      const isAtOnce = state === 'open' && (!answer.has || (!hasHeard && answer.isRecent))
      const real = (isAtOnce && wire.droppedAtOnce?.(fault)) || fault
      if (real) return failed(real)
      conclude()
      hear({ type: 'ended' })
    }

    async function hangUp(): Promise<void> {
      if (state === 'open') {
        wire.end?.()
        close()
      }
      await closing
    }

    function close(): void {
      conclude()
      closing = transport.close()
    }

    function cutOff(): void {
      conclude()
      reject(signal.reason as Error)
      closing = transport.drop()
    }

    function conclude(): void {
      if (state !== 'over') wire.over?.()
      state = 'over'
      answer.forget()
      intake.stop()
      backlog.drop()
    }
  })
}
