import type { Authenticator } from './authenticator.js'
import { isChallenge, type Core, type Final, type Progress } from './core.js'
import type { Dialog } from './dialog.js'
import type { Hops } from './hops.js'
import { sequenceOf, type SipRequest, type SipResponse } from './message.js'
import type { Flow } from './network.js'

export interface LegUse {
  readonly core: Core
  readonly authenticator: Authenticator
  readonly hops: Hops
  /** The user in our Contact. */
  readonly user: string
}

/** What a request in a dialog says besides what the dialog makes of it. */
export interface Content {
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: { readonly type: string; readonly content: string } | undefined
}

/** How many ACKs can be sent again: that of the call, and those of its last re-INVITEs. */
const mostAcks = 4

/** A dialog, and the way to its far side. */
export class Leg {
  readonly #acks = new Map<number, () => void>()

  constructor(
    readonly dialog: Dialog,
    private flow: Flow,
    private readonly use: LegUse,
  ) {}

  /** Our Contact, for responses in this dialog. */
  contact(): string {
    return this.use.core.contact(this.flow, this.use.user, this.dialog.nextHop.startsWith('sips:'))
  }

  /** Sends a request in the dialog, with the password if it must. Anything but INVITE and ACK. */
  async send(method: string, content: Content = {}): Promise<Final> {
    return await this.#tried(method, content)
  }

  /** Sends a re-INVITE. A 2xx is acknowledged already. */
  async invite(content: Content): Promise<Final> {
    const onRepeat = (response: SipResponse): void => this.acknowledgeAgain(response)
    const final = await this.#tried('INVITE', content, { onRepeat })
    if (final.kind !== 'response' || final.status >= 300) return final
    this.dialog.retarget(final.headers)
    await this.acknowledge(sequenceOf(final).number)
    return final
  }

  /** Acknowledges a 2xx to our INVITE of that number. @param credentials  Those of the INVITE. */
  async acknowledge(number: number, credentials: readonly (readonly [string, string])[] = []): Promise<void> {
    try {
      const flow = await this.#way()
      const ack = this.dialog.request('ACK', number)
      for (const [name, value] of credentials) ack.headers.add(name, value)
      this.#acks.set(number, this.use.core.acknowledge(ack, flow))
      const [oldest] = this.#acks.keys()
      if (this.#acks.size > mostAcks && oldest !== undefined) this.#acks.delete(oldest)
    } catch {
      // The 2xx will be repeated; if nothing can be sent until the end, the far side gives up.
    }
  }

  /** Answers a repeated 2xx with the same ACK, byte for byte. */
  acknowledgeAgain(response: SipResponse): void {
    this.#acks.get(sequenceOf(response).number)?.()
  }

  async #tried(method: string, content: Content, progress: Progress = {}): Promise<Final> {
    const { core, authenticator } = this.use
    const tries = authenticator.newTries()
    for (let reconnects = 0; ;) {
      let flow: Flow
      try {
        flow = await this.#way()
      } catch (cause) {
        return { kind: 'lost', why: 'unreachable', cause }
      }
      const final = await core.exchange(this.#composed(method, content), flow, progress)
      // A proxy that was restarted knows the dialog by its route, but not the old connection.
      if (final.kind === 'lost' && final.why === 'connection' && reconnects === 0) reconnects += 1
      else if (!isChallenge(final) || !authenticator.takes(final, tries)) return final
    }
  }

  #composed(method: string, { headers = [], body }: Content): SipRequest {
    const request = this.dialog.request(method)
    if (method === 'INVITE' || method === 'UPDATE' || method === 'REFER') request.headers.add('Contact', this.contact())
    for (const [name, value] of headers) request.headers.add(name, value)
    if (body) request.headers.add('Content-Type', body.type)
    const complete = { ...request, body: body?.content ?? '' }
    for (const [name, value] of this.use.authenticator.headersFor(complete)) request.headers.add(name, value)
    return complete
  }

  async #way(): Promise<Flow> {
    this.flow = await this.use.hops.flowTo(this.dialog.nextHop, this.flow)
    return this.flow
  }
}
