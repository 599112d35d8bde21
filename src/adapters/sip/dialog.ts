import { HeaderList } from './header-list.js'
import { callIdOf, sequenceOf, type SipRequest, type SipResponse } from './message.js'
import { parseNameAddr, tagOf, writeNameAddr } from './name-addr.js'
import { parseUri } from './uri.js'

/** What both sides agree on for a call (RFC 3261, 12). */
interface DialogIdentity {
  readonly callId: string
  readonly localTag: string
  readonly remoteTag: string
  /** From of our requests, tag included. */
  readonly local: string
  /** To of our requests, tag included. */
  readonly remote: string
}

/** One dialog: makes our requests in it, and tells whether theirs are in order. */
export class Dialog {
  #localSequence: number
  #remoteSequence: number | undefined
  #target: string
  #route: readonly string[]

  private constructor(
    readonly identity: DialogIdentity,
    state: { readonly local: number; readonly remote?: number; readonly target: string; readonly route: readonly string[] },
  ) {
    this.#localSequence = state.local
    this.#remoteSequence = state.remote
    this.#target = state.target
    this.#route = state.route
  }

  /** The dialog that a response with a tag makes with our INVITE. */
  static ofClient(invite: SipRequest, response: SipResponse): Dialog {
    const [local, remote] = [invite.headers.get('From') ?? '', response.headers.get('To') ?? '']
    return new Dialog(
      { callId: callIdOf(invite), localTag: tagOf(local), remoteTag: tagOf(remote), local, remote },
      {
        local: sequenceOf(invite).number,
        target: contactOf(response.headers) ?? invite.uri,
        route: response.headers.listed('Record-Route').toReversed(),
      },
    )
  }

  /** The dialog of an INVITE that came in. @param tag  Ours. */
  static ofServer(invite: SipRequest, tag: string): Dialog {
    const { headers } = invite
    const [local, remote] = [`${headers.get('To') ?? ''};tag=${tag}`, headers.get('From') ?? '']
    return new Dialog(
      { callId: callIdOf(invite), localTag: tag, remoteTag: tagOf(remote), local, remote },
      {
        local: 0,
        remote: sequenceOf(invite).number,
        target: contactOf(headers) ?? parseNameAddr(remote)?.uri ?? '',
        route: headers.listed('Record-Route'),
      },
    )
  }

  /** The URI of the next hop: the first proxy, or the far side itself. */
  get nextHop(): string {
    const [first] = this.#route
    return (first !== undefined && parseNameAddr(first)?.uri) || this.#target
  }

  /** The final response may have another route than the provisional one had, and a new Contact (RFC 3261, 13.2.2.4). */
  confirm({ headers }: SipResponse): void {
    this.#route = headers.listed('Record-Route').toReversed()
    this.retarget(headers)
  }

  /** Takes the Contact of a request or response that refreshes the target. */
  retarget(headers: HeaderList): void {
    this.#target = contactOf(headers) ?? this.#target
  }

  /**
   * A request of ours, without Via and Contact, and the next number.
   *
   * @param number  For an ACK: that of its INVITE.
   */
  request(method: string, number?: number): SipRequest {
    if (number === undefined) this.#localSequence += 1
    const [first] = this.#route
    const firstUri = first === undefined ? undefined : parseNameAddr(first)?.uri
    // A strict router wants its own URI on the first line, and the target at the end of the route (RFC 3261, 12.2.1.1).
    const isStrict = firstUri !== undefined && !parseUri(firstUri)?.params.has('lr')
    const route = isStrict ? [...this.#route.slice(1), writeNameAddr({ display: '', uri: this.#target, params: new Map() })] : this.#route
    const headers = new HeaderList([
      ['Max-Forwards', '70'],
      ...route.map(hop => ['Route', hop] as const),
      ['From', this.identity.local],
      ['To', this.identity.remote],
      ['Call-ID', this.identity.callId],
      ['CSeq', `${number ?? this.#localSequence} ${method}`],
    ])
    return { kind: 'request', method, uri: isStrict ? firstUri : this.#target, headers, body: '' }
  }

  /** Whether a request of theirs is newer than all before it (RFC 3261, 12.2.2). */
  isInOrder(request: SipRequest): boolean {
    const { number } = sequenceOf(request)
    if (this.#remoteSequence !== undefined && number <= this.#remoteSequence) return false
    this.#remoteSequence = number
    return true
  }
}

/** The URI of the first Contact. */
function contactOf(headers: HeaderList): string | undefined {
  return parseNameAddr(headers.listed('Contact')[0] ?? '')?.uri
}
