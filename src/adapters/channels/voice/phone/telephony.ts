import type { SipConnection } from '../../../../domain/connection.js'
import type { Agent } from '../../../../domain/document.js'
import type { TelephoneLine } from '../lines/line-to.js'
import { openPhoneLine, type PhoneLineUse } from './phone-line.js'
import { Phones, type PhonesUse } from './phones.js'
import { receivePhoneLine } from './receive-line.js'

/** The telephone calls of this process. */
export class Telephony implements AsyncDisposable {
  readonly #phones: Phones

  constructor(use: PhonesUse) {
    this.#phones = new Phones(use)
  }

  /** Calls an agent, or waits for it to call. @throws {FaultError} when that is not possible. The signal's reason, when it aborts. */
  line(connection: SipConnection, { key, inbound }: Agent, asked: Omit<PhoneLineUse, 'phones'>): Promise<TelephoneLine> {
    const use = { ...asked, phones: this.#phones }
    const { own, agent } = asked.call.numbers ?? {}
    if (!inbound) return receivePhoneLine(connection, { agent: key, number: own, callers: agent === undefined ? [] : [agent] }, use)
    const numbers = { ...(own !== undefined && { from: own }), ...(agent !== undefined && { to: agent }) }
    return openPhoneLine({ ...connection, ...numbers }, use)
  }

  /** Hangs up all calls, and takes registrations back. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#phones[Symbol.asyncDispose]()
  }
}
