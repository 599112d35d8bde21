import type { HeaderList } from './header-list.js'

/** A request (RFC 3261, 7.1). */
export interface SipRequest {
  readonly kind: 'request'
  readonly method: string
  /** The Request-URI as it stands there. */
  readonly uri: string
  readonly headers: HeaderList
  readonly body: string
}

/** A response (RFC 3261, 7.2). */
export interface SipResponse {
  readonly kind: 'response'
  /** 100 to 699. */
  readonly status: number
  readonly reason: string
  readonly headers: HeaderList
  readonly body: string
}

export type SipMessage = SipRequest | SipResponse

/** What was no message of SIP. */
export interface Malformed {
  readonly kind: 'malformed'
  /** What is wrong with it, as a clause. */
  readonly why: string
}

/** CSeq of a message: its number and method. Messages that `parseMessage` returned have one. */
export function sequenceOf({ headers }: SipMessage): { readonly number: number; readonly method: string } {
  const [number = '0', method = ''] = (headers.get('CSeq') ?? '').split(/\s+/, 2)
  return { number: Number(number), method }
}

/** Call-ID of a message. */
export function callIdOf({ headers }: SipMessage): string {
  return headers.get('Call-ID') ?? ''
}

/** The session description that a message carries, alone or as a part of several. @returns `''` if there is none. */
export function descriptionIn({ headers, body }: SipMessage): string {
  const type = headers.get('Content-Type') ?? ''
  // Whoever leaves the type away, or calls it another thing, still sends a description that begins like one.
  if (/^application\/sdp\b/i.test(type) || (type === '' && body.startsWith('v=0'))) return body
  const boundary = /^multipart\/.*?;\s*boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(type)
  if (!boundary) return ''
  for (const part of body.split(`--${boundary[1] ?? boundary[2]}`)) {
    const [, head = '', content = ''] = /^\r?\n?([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(part) ?? []
    if (/^content-type\s*:\s*application\/sdp\b/im.test(head)) return content.replace(/\r?\n$/, '\r\n')
  }
  return ''
}
