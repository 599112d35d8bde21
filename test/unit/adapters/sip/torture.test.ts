import { expect, test } from 'vitest'
import { unfitness } from '../../../../src/adapters/sip/check-message.js'
import type { Malformed, SipMessage } from '../../../../src/adapters/sip/message.js'
import { parseNameAddr } from '../../../../src/adapters/sip/name-addr.js'
import { parseMessage } from '../../../../src/adapters/sip/parse-message.js'
import { parseUri } from '../../../../src/adapters/sip/uri.js'
import { parseVia } from '../../../../src/adapters/sip/via.js'
import { writeMessage } from '../../../../src/adapters/sip/write-message.js'
import { bytesOf, invalidMessages, readableMessages, validMessages, type Torture } from '../../../support/sip/torture-messages.js'

test.each(validMessages)('RFC 4475, 3.1.1: $name is read', message => {
  const parsed = read(message)
  expect(parsed).not.toHaveProperty('why')
  expect(unfitness(parsed as SipMessage)).toBeUndefined()
})

test.each(readableMessages)('RFC 4475: $name is left to whoever works with it', message => {
  const parsed = read(message)
  expect(parsed).not.toHaveProperty('why')
  expect(unfitness(parsed as SipMessage)).toBeUndefined()
})

test.each(invalidMessages)('RFC 4475, 3.1.2 and 3.3: $name is refused', message => {
  const parsed = read(message)
  expect(parsed.kind === 'malformed' ? parsed.why : unfitness(parsed)).toMatch(/^(it|its|a) /)
})

test.each([...validMessages, ...readableMessages])('$name is the same after it was written', message => {
  const parsed = read(message) as SipMessage
  const again = parseMessage(writeMessage(parsed)) as SipMessage
  expect({ ...again, headers: again.headers.lines }).toEqual({ ...parsed, headers: parsed.headers.lines })
})

test('wsinv: white space, folded lines, compact forms and quoted strings', () => {
  const { headers } = read(named('wsinv')) as SipMessage
  expect(parseNameAddr(headers.get('From') ?? '')).toEqual({
    display: String.raw`J Rosenberg \"`,
    uri: 'sip:jdrosen@example.com',
    params: new Map([['tag', '98asjd8']]),
  })
  expect(headers.listed('Via').map(via => parseVia(via))).toMatchObject([
    { transport: 'UDP', host: '192.0.2.2' },
    { transport: 'TCP', host: 'spindle.example.com', params: new Map([['branch', 'z9hG4bK9ikj8']]) },
    { transport: 'UDP', host: '192.168.255.111', params: new Map([['branch', 'z9hG4bK30239']]) },
  ])
  expect(parseNameAddr(headers.get('Contact') ?? '')?.params).toEqual(
    new Map([
      ['newparam', 'newvalue'],
      ['secondparam', ''],
      ['q', '0.33'],
    ]),
  )
  expect(headers.get('Subject')).toBe('')
})

test('dblreq: what follows the body in a datagram is not read', () => {
  const parsed = read(named('dblreq')) as SipMessage
  expect([parsed.kind, parsed.body]).toEqual(['request', ''])
})

test('semiuri: a semicolon before the @ belongs to the user', () => {
  const parsed = read(named('semiuri'))
  expect(parseUri(parsed.kind === 'request' ? parsed.uri : '')).toMatchObject({ user: 'user;par=u%40example.net', host: 'example.com' })
})

test('esc02: escapes in methods and names are no escapes', () => {
  const parsed = read(named('esc02')) as SipMessage
  expect(parsed).toMatchObject({ method: 'RE%47IST%45R' })
  expect(parsed.headers.listed('Contact')).toHaveLength(2)
})

function read(message: Torture): SipMessage | Malformed {
  return parseMessage(bytesOf(message))
}

function named(name: string): Torture {
  return validMessages.find(each => each.name === name)!
}
