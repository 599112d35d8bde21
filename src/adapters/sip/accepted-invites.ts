import type { Clock } from '../../ports/clock.js'
import { sequenceOf, type SipRequest } from './message.js'
import type { ResponseParts } from './respond.js'
import type { ServerTransaction } from './server-transaction.js'
import { patienceMs, t1Ms, t2Ms, Timers } from './timers.js'

/** The INVITEs of one dialog that we accepted: each 2xx is repeated until its ACK comes (RFC 3261, 13.3.1.4). */
export class AcceptedInvites {
  readonly #waiting = new Map<number, (ack: SipRequest | undefined) => void>()

  constructor(private readonly clock: Clock) {}

  /** Sends a 2xx. @returns Its ACK; `undefined` if none came in time. */
  accept(transaction: ServerTransaction, answer: ResponseParts): Promise<SipRequest | undefined> {
    const { number } = sequenceOf(transaction.request)
    const timers = new Timers(this.clock)
    transaction.respond(answer)
    return new Promise(resolve => {
      const end = (ack: SipRequest | undefined): void => {
        timers.stopAll()
        this.#waiting.delete(number)
        resolve(ack)
      }
      this.#waiting.set(number, end)
      timers.repeat('2xx', t1Ms, { longestMs: t2Ms, act: () => transaction.respond(answer) })
      timers.start('H', patienceMs, () => end(undefined))
    })
  }

  takeAck(ack: SipRequest): void {
    this.#waiting.get(sequenceOf(ack).number)?.(ack)
  }

  /** Nobody waits any more. */
  close(): void {
    for (const end of this.#waiting.values()) end(undefined)
  }
}
