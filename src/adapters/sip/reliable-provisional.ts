import type { Clock } from '../../ports/clock.js'
import type { SipRequest } from './message.js'
import { sequenceOf } from './message.js'
import type { ResponseParts } from './respond.js'
import type { ServerTransaction } from './server-transaction.js'
import { patienceMs, t1Ms, Timers } from './timers.js'

/** Provisional responses of ours that are repeated until their PRACK comes (RFC 3262, 3). */
export class ReliableProvisional {
  #number = 0
  #waiting: { readonly number: number; readonly end: (isTaken: boolean) => void } | undefined
  #last: Promise<boolean> = Promise.resolve(true)

  constructor(private readonly clock: Clock) {}

  /** Sends one after the other. @returns Whether its PRACK came in time. */
  send(transaction: ServerTransaction, answer: ResponseParts): Promise<boolean> {
    this.#last = this.#last.then(async isTaken => isTaken && (await this.#sendNow(transaction, answer)))
    return this.#last
  }

  /** Resolves once every one has its PRACK, or will get none. */
  settled(): Promise<boolean> {
    return this.#last
  }

  /** Takes a PRACK. @returns Whether it is for the response that waits for one. */
  takes({ headers }: SipRequest, invite: SipRequest): boolean {
    const [response, request, method] = (headers.get('RAck') ?? '').split(/\s+/)
    const waiting = this.#waiting
    if (!waiting || Number(response) !== waiting.number || Number(request) !== sequenceOf(invite).number || method !== 'INVITE')
      return false
    waiting.end(true)
    return true
  }

  close(): void {
    this.#waiting?.end(false)
  }

  #sendNow(transaction: ServerTransaction, answer: ResponseParts): Promise<boolean> {
    this.#number += 1
    const number = this.#number
    const reliable = { ...answer, headers: [...(answer.headers ?? []), ['Require', '100rel'] as const, ['RSeq', String(number)] as const] }
    const timers = new Timers(this.clock)
    return new Promise(resolve => {
      const end = (isTaken: boolean): void => {
        timers.stopAll()
        this.#waiting = undefined
        resolve(isTaken)
      }
      this.#waiting = { number, end }
      transaction.respond(reliable)
      timers.repeat('1xx', t1Ms, { longestMs: patienceMs, act: () => transaction.respond(reliable) })
      timers.start('end', patienceMs, () => end(false))
    })
  }
}
