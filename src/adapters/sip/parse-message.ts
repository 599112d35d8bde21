import { canonicalName } from './header-names.js'
import { HeaderList } from './header-list.js'
import { limits } from './limits.js'
import type { Malformed, SipMessage } from './message.js'

/**
 * Reads one message of a datagram, or one that `MessageFraming` cut out of a stream. Lenient where that harms nobody: line ends, folded
 * lines, white space around colons, compact and odd names. The body ends where Content-Length says, and with the bytes without one.
 */
export function parseMessage(bytes: Buffer): SipMessage | Malformed {
  if (bytes.length > limits.messageBytes) return malformed(`it has more than ${limits.messageBytes} bytes`)
  const { headEnd, bodyStart } = endOfHead(bytes)
  const text = bytes.toString('utf8', startOfHead(bytes), headEnd)
  const unfolded = /\n[ \t]|\r[^\n]/.test(text) ? withoutOddBreaks(text) : text
  const [startLine = '', ...lines] = unfolded.split(/\r?\n/)
  if (lines.length > limits.headers) return malformed(`it has more than ${limits.headers} headers`)

  const headers: [string, string][] = []
  let length: string | undefined
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon === -1 ? 0 : colon).trimEnd()
    if (!isToken(name)) return malformed('a header has no name')
    const value = line.slice(colon + 1).trim()
    const canonical = canonicalName(name)
    if (canonical !== 'Content-Length') headers.push([canonical, value])
    else if (length !== undefined && length !== value) return malformed('it has two lengths')
    else length = value
  }
  const body = bodyOf(bytes, bodyStart, length)
  return typeof body === 'string' ? messageOf(startLine, new HeaderList(headers), body) : body
}

/** Folded lines are one, and a return that ends no line is white space. */
function withoutOddBreaks(text: string): string {
  return text.replaceAll(/[ \t]*\r?\n[ \t]+/g, ' ').replaceAll(/\r(?!\n)/g, ' ')
}

function messageOf(startLine: string, headers: HeaderList, body: string): SipMessage | Malformed {
  const response = /^SIP\/2\.0 (\d{3})(?: ([^]*))?$/i.exec(startLine)
  if (response) {
    const status = Number(response[1])
    if (status < 100 || status > 699) return malformed('its status is not one of SIP')
    return { kind: 'response', status, reason: response[2] ?? '', headers, body }
  }
  const request = /^([^ ]+) ([^\s<>"]+) SIP\/2\.0$/i.exec(startLine)
  if (!request || !isToken(request[1] ?? '')) return malformed('its first line is not one of SIP/2.0')
  return { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '', headers, body }
}

function bodyOf(bytes: Buffer, start: number, length: string | undefined): string | Malformed {
  if (length === undefined) return bytes.toString('utf8', start)
  if (!/^\d{1,9}$/.test(length)) return malformed('its length is no number')
  const end = start + Number(length)
  if (end > bytes.length) return malformed('it is shorter than it says')
  return bytes.toString('utf8', start, end)
}

/** Empty lines before a message are skipped (RFC 3261, 7.5). */
function startOfHead(bytes: Buffer): number {
  let start = 0
  while (bytes[start] === 13 || bytes[start] === 10) start += 1
  return start
}

/** Where the head ends, and the body begins. */
export function endOfHead(bytes: Buffer): { readonly headEnd: number; readonly bodyStart: number } {
  const from = startOfHead(bytes)
  const [strict, lenient] = [bytes.indexOf('\r\n\r\n', from), bytes.indexOf('\n\n', from)]
  if (strict !== -1 && (lenient === -1 || strict < lenient)) return { headEnd: strict, bodyStart: strict + 4 }
  if (lenient !== -1) return { headEnd: lenient, bodyStart: lenient + 2 }
  // The end of the bytes may stand for the empty line.
  let end = bytes.length
  while (end > from && (bytes[end - 1] === 10 || bytes[end - 1] === 13)) end -= 1
  return { headEnd: end, bodyStart: bytes.length }
}

function isToken(text: string): boolean {
  return /^[\w\-.!%*+`'~]+$/.test(text)
}

function malformed(why: string): Malformed {
  return { kind: 'malformed', why }
}
