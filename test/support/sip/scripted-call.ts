import type { SipRequest } from '../../../src/adapters/sip/message.js'
import type { ResponseParts } from '../../../src/adapters/sip/respond.js'
import type { RawPeer } from './raw-peer.js'
import { descriptionOf } from './sip-rig.js'

/** The far side of a call of ours at 10.0.0.1, which a test speaks for. */
export class ScriptedCall {
  #number = 0

  constructor(
    readonly peer: RawPeer,
    readonly invite: SipRequest,
    readonly answer: (answer: ResponseParts) => void,
    readonly tag = 'far',
  ) {}

  /** Takes the next INVITE. */
  static async of(peer: RawPeer, tag?: string): Promise<ScriptedCall> {
    const { request, answer } = await peer.request('INVITE')
    return new ScriptedCall(peer, request, answer, tag)
  }

  /** A 200 with a description. */
  accept({ headers = [], tag = this.tag }: { headers?: readonly (readonly [string, string])[]; tag?: string } = {}): void {
    this.answer({
      ...this.withDescription(`answer ${tag}`),
      status: 200,
      tag,
      headers: [['Contact', `<sip:${tag}@${this.peer.address}>`], ...headers],
    })
  }

  withDescription(subject: string): Pick<ResponseParts, 'body'> {
    return { body: { type: 'application/sdp', content: descriptionOf(subject) } }
  }

  /** Sends a request of the far side in the call. */
  async send(method: string, { headers = [], body = '', tag = this.tag, by = this.peer }: Sent = {}): Promise<void> {
    this.#number += 1
    const own = this.invite.headers
    const lines = [
      `${method} sip:caller@10.0.0.1 SIP/2.0`,
      `Via: SIP/2.0/UDP ${by.address};branch=z9hG4bK${method}${tag}${this.#number};rport`,
      'Max-Forwards: 70',
      `From: ${own.get('To')};tag=${tag}`,
      `To: ${own.get('From')}`,
      `Call-ID: ${own.get('Call-ID')}`,
      `CSeq: ${this.#number} ${method}`,
      `Contact: <sip:${tag}@${this.peer.address}>`,
      ...headers,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
    ]
    await by.send('10.0.0.1', `${lines.join('\r\n')}\r\n\r\n${body}`)
  }

  /** Acknowledges a 200 to the last INVITE of the far side. */
  async acknowledge(by = this.peer): Promise<void> {
    this.#number -= 1
    await this.send('ACK', { by })
  }
}

interface Sent {
  readonly headers?: readonly string[]
  readonly body?: string
  readonly tag?: string
  /** Who sends it, if another peer does. */
  readonly by?: RawPeer
}
