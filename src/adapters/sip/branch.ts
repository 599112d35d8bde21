import { Dialog } from './dialog.js'
import { Leg, type LegUse } from './leg.js'
import type { SipRequest, SipResponse } from './message.js'
import type { Flow } from './network.js'
import { Session, type SessionUse } from './session.js'

/** What a branch is made of. */
export interface BranchUse {
  readonly leg: LegUse
  readonly session: SessionUse
}

/** One of those that a call of ours rings at: a proxy may fork it. It has a tag of its own, and with it a dialog. */
export class Branch {
  readonly leg: Leg
  readonly session: Session
  /** Whether it has answered with a 2xx. */
  isConfirmed = false
  /** The number of the last reliable provisional response that we acknowledged. */
  #reliable: number | undefined

  /** @param response  The first that has the branch's tag. */
  constructor({ leg, session }: BranchUse, invite: SipRequest, response: SipResponse, flow: Flow) {
    this.leg = new Leg(Dialog.ofClient(invite, response), flow, leg)
    this.session = new Session(this.leg, session, response.headers)
  }

  /** Sends PRACK for a reliable provisional response, if it is the next one (RFC 3262, 4). @returns Whether it is. */
  acknowledgeProvisional({ headers }: SipResponse): boolean {
    const number = Number(headers.get('RSeq'))
    if (!Number.isInteger(number) || (this.#reliable !== undefined && number !== this.#reliable + 1)) return false
    this.#reliable = number
    void this.leg.send('PRACK', { headers: [['RAck', `${number} ${headers.get('CSeq') ?? ''}`]] })
    return true
  }
}
