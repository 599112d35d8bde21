import type { Place } from '../../../domain/place.js'
import { FaultError, type Fault } from '../../../domain/fault.js'
import type { AgentEvent, Call, Conversation, Hear, Said } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import { broke } from '../reply.js'
import { saidAt } from '../said-at.js'
import type { MakeDialect } from './dialect.js'
import { openIntake } from './intake.js'
import { withPauses } from './pauses.js'
import { startParting, type Parting, type PartingTimes } from './parting.js'
import type { Connect, Transport } from './transport.js'

/** Cuts a conversation off at once; one that is still opening rejects with `reason`. Resolves when its transport is gone. */
export type Drop = (reason: unknown) => Promise<void>

export interface FramedCall {
  readonly connect: Connect
  readonly dialect: MakeDialect
  /** The other end's address, for messages. */
  readonly place: Place
  readonly parting: PartingTimes
  readonly call: Call
  readonly hear: Hear
  readonly signal: AbortSignal
  readonly clock: Clock
  /** The conversations in progress. */
  readonly live: Set<Drop>
}

/**
 * Opens a conversation in which both sides send frames, and takes it through its life: opening, open, parting (one side has
 * hung up and we still hear the agent, which may yet call a tool), over. The agent hangs up with an `end_call` frame, or by
 * closing in good order. After either has hung up, nothing is a fault.
 *
 * @throws {FaultError} when it cannot be opened. When `signal` aborted, the abort's reason.
 */
export function openFramedConversation(use: FramedCall): Promise<Conversation> {
  return new Promise((resolve, reject) => {
    use.signal.throwIfAborted()
    converse(use, resolve, reject)
  })
}

function converse(use: FramedCall, resolve: (conversation: Conversation) => void, reject: (reason: unknown) => void): void {
  const { place, hear, signal, clock, live } = use
  const { elapsedS } = use.call
  let state: 'opening' | 'open' | 'parting' | 'over' = 'opening'
  let parting: Parting | undefined
  let closing: Promise<void> | undefined
  let hasHungUp = false
  const onAbort = (): void => void drop(signal.reason)
  const intake = openIntake({ opened, received: frame => take(dialect.read(frame, elapsedS())), failed, closed }, () => transport.hold())
  const transport: Transport = use.connect(intake)
  const dialect = withPauses(use.dialect({ place, send: frame => transport.send(frame) }), clock, take)
  live.add(drop)
  signal.addEventListener('abort', onAbort)

  function opened(): void {
    if (state !== 'opening') return
    state = 'open'
    dialect.begin?.()
    resolve({ floor: 'messages', elapsedS, isBehind: () => intake.isBehind, say, end: hangUp, [Symbol.asyncDispose]: dispose })
  }

  function say(part: Said): ReturnType<Conversation['say']> {
    if (state === 'open') dialect.say(part)
    return saidAt(elapsedS())
  }

  function take(events: readonly AgentEvent[]): void {
    parting?.heard()
    for (const event of events) {
      if (state === 'over') return
      if (event.type === 'broke') return failed(event.fault)
      if (event.type !== 'ended') hear(event)
      else if (state === 'open') {
        hasHungUp = true
        hearOut()
        hear(event)
      } else if (!hasHungUp) close()
    }
  }

  function failed(fault: Fault): void {
    if (state === 'parting' || state === 'over') return
    const wasOpen = state === 'open'
    conclude()
    closing = transport.drop()
    if (wasOpen) hear(broke(fault))
    else reject(new FaultError(fault))
  }

  function closed(fault?: Fault): void {
    live.delete(drop)
    signal.removeEventListener('abort', onAbort)
    take(dialect.rest())
    if (fault) failed(fault)
    const isNews = state === 'open'
    conclude()
    if (isNews) hear({ type: 'ended', afterWords: false, atS: elapsedS() })
  }

  async function hangUp(lastWords: string): Promise<void> {
    if (state === 'open') {
      dialect.end(lastWords)
      hearOut()
    }
    await parting?.stopped
    await closing
  }

  async function dispose(): Promise<void> {
    if (state === 'open') dialect.end('')
    if (hasHungUp) await parting?.stopped
    else if (state !== 'over') close()
    await closing
  }

  function hearOut(): void {
    state = 'parting'
    transport.finish()
    parting = startParting(clock, use.parting, close)
  }

  function close(): void {
    conclude()
    closing = transport.close()
  }

  function drop(reason: unknown): Promise<void> {
    conclude()
    reject(reason)
    return (closing = transport.drop())
  }

  function conclude(): void {
    state = 'over'
    dialect.stop()
    parting?.stop()
    intake.stop()
  }
}
