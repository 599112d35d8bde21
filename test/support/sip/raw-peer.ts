import type { SipMessage, SipRequest, SipResponse } from '../../../src/adapters/sip/message.js'
import type { Flow, Network } from '../../../src/adapters/sip/network.js'
import { parseMessage } from '../../../src/adapters/sip/parse-message.js'
import { responseTo, type ResponseParts } from '../../../src/adapters/sip/respond.js'
import { writeMessage } from '../../../src/adapters/sip/write-message.js'

/** A far side without any logic of its own: a test reads what it gets, and says what it sends. */
export class RawPeer {
  readonly #waiting: { fits: (message: SipMessage) => boolean; take: (received: Received) => void }[] = []
  readonly #unread: Received[] = []
  /** All that came, in its order. */
  readonly received: SipMessage[] = []

  constructor(
    private readonly network: Network,
    readonly address: string,
  ) {
    network.onMessage((bytes, flow) => this.#take(bytes, flow))
  }

  /** The next request of that method that was not read yet. */
  async request(method: string): Promise<{ request: SipRequest; answer: (answer: ResponseParts) => void; flow: Flow }> {
    const { message, flow } = await this.#next(each => each.kind === 'request' && each.method === method)
    const request = message as SipRequest
    return { request, flow, answer: answer => flow.send(writeMessage(responseTo(request, answer))) }
  }

  /** The next response to that method that was not read yet, of that status at least. */
  async response(method: string, leastStatus = 200): Promise<SipResponse> {
    const fits = (each: SipMessage): boolean =>
      each.kind === 'response' && each.status >= leastStatus && (each.headers.get('CSeq') ?? '').endsWith(` ${method}`)
    return (await this.#next(fits)).message as SipResponse
  }

  /** Requests of a method that came so far. */
  count(method: string): number {
    return this.received.filter(each => each.kind === 'request' && each.method === method).length
  }

  /** Sends a text: lines of a message, the empty line before its body among them. Content-Length is added. */
  async send(to: string, text: string): Promise<void> {
    const [head = '', body = ''] = text.trimStart().replaceAll('\r\n', '\n').replaceAll('\n', '\r\n').split('\r\n\r\n')
    const flow = await this.network.reach({ protocol: 'udp', address: to, port: 5060 })
    flow.send(Buffer.from(`${head.trimEnd()}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`))
  }

  #take(bytes: Buffer, flow: Flow): void {
    const message = parseMessage(bytes)
    if (message.kind === 'malformed') throw new Error(`We sent what is no message: ${message.why}`)
    this.received.push(message)
    const at = this.#waiting.findIndex(({ fits }) => fits(message))
    if (at === -1) this.#unread.push({ message, flow })
    else this.#waiting.splice(at, 1)[0]?.take({ message, flow })
  }

  #next(fits: (message: SipMessage) => boolean): Promise<Received> {
    const at = this.#unread.findIndex(({ message }) => fits(message))
    if (at !== -1) return Promise.resolve(this.#unread.splice(at, 1)[0]!)
    return new Promise(resolve => this.#waiting.push({ fits, take: resolve }))
  }
}

interface Received {
  readonly message: SipMessage
  readonly flow: Flow
}
