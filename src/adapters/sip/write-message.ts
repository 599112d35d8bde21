import type { SipMessage } from './message.js'

/**
 * The bytes of a message, as strict as RFC 3261 wants them.
 *
 * @throws {RangeError} where a value would end its line early: nothing that a suite or a far side names may add headers.
 */
export function writeMessage(message: SipMessage): Buffer {
  const { kind, headers, body } = message
  let head = line(kind === 'request' ? `${message.method} ${message.uri} SIP/2.0` : `SIP/2.0 ${message.status} ${message.reason}`)
  for (const [name, value] of headers.lines) head += line(`${name}: ${value}`)
  return Buffer.from(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

function line(text: string): string {
  if (/[\r\n]/.test(text)) throw new RangeError('A line of a SIP message has a line break in it.')
  return `${text}\r\n`
}
