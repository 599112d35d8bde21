import { isIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseChallenge } from '../../../../src/adapters/sip/challenge.js'
import { unfitness } from '../../../../src/adapters/sip/check-message.js'
import { canonicalName } from '../../../../src/adapters/sip/header-names.js'
import { HeaderList, splitList } from '../../../../src/adapters/sip/header-list.js'
import { keysIn } from '../../../../src/adapters/sip/info-keys.js'
import { limits } from '../../../../src/adapters/sip/limits.js'
import { descriptionIn, type Malformed, type SipMessage } from '../../../../src/adapters/sip/message.js'
import { MessageFraming } from '../../../../src/adapters/sip/message-framing.js'
import { parseNameAddr, writeNameAddr } from '../../../../src/adapters/sip/name-addr.js'
import { parseMessage } from '../../../../src/adapters/sip/parse-message.js'
import { reasonIn } from '../../../../src/adapters/sip/reason-header.js'
import { agreeTo } from '../../../../src/adapters/sip/session-interval.js'
import { withoutSecrets } from '../../../../src/adapters/sip/trace.js'
import { parseUri, userOf, writeUri } from '../../../../src/adapters/sip/uri.js'
import { parseVia, writeVia } from '../../../../src/adapters/sip/via.js'
import { writeMessage } from '../../../../src/adapters/sip/write-message.js'
import { mutation } from '../../../support/sip/mutate.js'
import { bytesOf, invalidMessages, readableMessages, validMessages } from '../../../support/sip/torture-messages.js'

const mutations = Number(process.env['SIP_MESSAGES'] ?? 4_000)

const token = fc.stringMatching(/^[\w\-.!%*+`'~]{1,20}$/)
const headerName = token.map(canonicalName).filter(name => name !== 'Content-Length')
const value = fc.string({ unit: 'grapheme', maxLength: 60 }).map(text =>
  text
    .replaceAll(/[\r\n]/g, ' ')
    .toWellFormed()
    .trim(),
)
const headers = fc.array(fc.tuple(headerName, value), { maxLength: 20 }).map(lines => new HeaderList(lines))
const body = fc.string({ unit: 'grapheme', maxLength: 200 }).map(text => text.toWellFormed())
const message: fc.Arbitrary<SipMessage> = fc.oneof(
  fc.record({ kind: fc.constant('request' as const), method: token, uri: fc.stringMatching(/^sip:[\w@.;=:[\]%-]{1,40}$/), headers, body }),
  fc.record({ kind: fc.constant('response' as const), status: fc.integer({ min: 100, max: 699 }), reason: value, headers, body }),
)

test('what was written is read as it was', () => {
  fc.assert(
    fc.property(message, each => {
      expect(plain(parseMessage(writeMessage(each)))).toEqual(plain(each))
    }),
  )
})

test('a stream is cut where its messages end, however it arrives', () => {
  fc.assert(
    fc.property(
      fc.array(message, { minLength: 1, maxLength: 5 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
      (messages, sizes) => {
        const framing = new MessageFraming()
        const read: object[] = []
        let rest = Buffer.concat(messages.map(each => Buffer.concat([Buffer.from('\r\n\r\n'), writeMessage(each)])))
        while (rest.length > 0) {
          const size = sizes.next().value
          const framed = framing.push(rest.subarray(0, size))
          expect(framed.isBroken).toBe(false)
          read.push(...framed.messages.map(bytes => plain(parseMessage(bytes))))
          rest = rest.subarray(size)
        }
        expect(read).toEqual(messages.map(plain))
      },
    ),
    { numRuns: 50 },
  )
})

test('mutated messages are read or refused, and never crash what reads them', { timeout: 3_600_000 }, () => {
  const seeds = [...validMessages, ...invalidMessages, ...readableMessages].map(bytesOf)
  let readable = 0
  fc.assert(
    fc.property(fc.nat({ max: seeds.length - 1 }), mutation, (seed, change) => {
      if (readAll(change(seeds[seed]!))) readable += 1
    }),
    { numRuns: mutations },
  )
  // Or nothing but the first lines would have been tested.
  expect(readable).toBeGreaterThan(mutations / 10)
})

test.each([
  ['a head without an end', `OPTIONS sip:x SIP/2.0\r\n${'A: '.padEnd(limits.messageBytes, 'x')}`],
  ['a body that is too long', `OPTIONS sip:x SIP/2.0\r\nContent-Length: 999999\r\n\r\n`],
  ['no length', `OPTIONS sip:x SIP/2.0\r\nA: b\r\n\r\n`],
])('a stream with %s is given up', (_what, text) => {
  expect(new MessageFraming().push(Buffer.from(text)).isBroken).toBe(true)
})

test('a message with too many headers is refused', () => {
  const text = `OPTIONS sip:x SIP/2.0\r\n${'A: b\r\n'.repeat(limits.headers + 1)}\r\n`
  expect(parseMessage(Buffer.from(text))).toEqual({ kind: 'malformed', why: `it has more than ${limits.headers} headers` })
})

test('a return that ends no line is white space, wherever it is', () => {
  const parsed = parseMessage(Buffer.from('SIP/2.0 200 O\rK\r\nSubject: a\rb\r\n\r\n')) as SipMessage
  expect(parsed).toMatchObject({ reason: 'O K' })
  expect(parsed.headers.lines).toEqual([['Subject', 'a b']])
})

test.each(['x\r\nEvil: 1', '\r\n', 'x\n', 'x\r'])('a value with a line break is not written: %j', evil => {
  const request = { kind: 'request', method: 'OPTIONS', uri: 'sip:x', headers: new HeaderList([['Subject', evil]]), body: '' } as const
  expect(() => writeMessage(request)).toThrow(RangeError)
})

test('a pattern that a stranger can stretch is still read at once', () => {
  const long = 60_000
  const started = performance.now()
  for (const text of [
    `;${'a='.repeat(long)}`,
    `;${' '.repeat(long)}x`,
    `;a=${'"'.repeat(long)}`,
    '<'.repeat(long),
    `"${'\\'.repeat(long)}`,
    'a b '.repeat(long),
  ]) {
    parseNameAddr(`sip:x${text}`)
    parseNameAddr(text)
    parseVia(`SIP/2.0/UDP h${text}`)
    parseUri(`sip:h${text}`)
    parseChallenge(`Digest ${text}`)
    splitList(text)
    reasonIn(new HeaderList([['Reason', `SIP${text}`]]))
    withoutSecrets(text)
  }
  expect(performance.now() - started).toBeLessThan(2_000)
})

describe('URIs', () => {
  test.each([
    ['sip:+15555550100@pbx.example.com;user=phone', { user: '+15555550100', host: 'pbx.example.com', port: undefined }],
    ['sip:[2001:db8::1]:5070', { user: '', host: '2001:db8::1', port: 5070 }],
    ['sips:desk:secret@EXAMPLE.com:5061;transport=tcp', { scheme: 'sips', user: 'desk', host: 'example.com', port: 5061 }],
    ['tel:+1-555-555-0100;ext=7', { scheme: 'tel', user: '+1-555-555-0100', host: '' }],
  ])('%s', (text, wanted) => {
    expect(parseUri(text)).toMatchObject(wanted)
  })

  test.each(['sip:', 'sip:a b@c', 'http://x', 'sip:x@[::1', 'sip:x@[zz]', 'sip:x:70000', 'tel:', 'sip:x@y>z', 'sip:[1:2:3]'])(
    '%s is none',
    text => {
      expect(parseUri(text)).toBeUndefined()
    },
  )

  test('are read as they were written', () => {
    const uri = fc.record({
      scheme: fc.constantFrom('sip' as const, 'sips' as const),
      user: fc.stringMatching(/^[\w.+%-]{0,20}$/),
      host: fc.oneof(
        fc.domain().map(host => host.toLowerCase()),
        fc.ipV4(),
        fc
          .ipV6()
          .filter(isIPv6)
          .map(host => host.toLowerCase()),
      ),
      port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
      params: fc
        .array(fc.tuple(fc.stringMatching(/^[a-z]{1,9}$/), fc.stringMatching(/^[\w.]{0,9}$/)))
        .map(each => new Map(each.toReversed())),
    })
    fc.assert(
      fc.property(uri, each => {
        expect(parseUri(writeUri(each))).toEqual(each)
      }),
    )
  })

  test.each([
    ['sip:%2B1%20555@x', '+1555'],
    ['sip:+1-(555).555@x', '+1555555'],
    ['sip:%zz@x', '%zz'],
    ['sip:desk;phone-context=x@y', 'desk'],
  ])('%s names %s', (text, user) => {
    expect(userOf(parseUri(text)!)).toBe(user)
  })
})

test('addresses are read as they were written', () => {
  const address = fc.record({
    display: value,
    uri: fc.stringMatching(/^sip:[\w@.:-]{1,30}$/),
    params: fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,9}$/), value)).map(each => new Map(each)),
  })
  fc.assert(
    fc.property(address, each => {
      expect(parseNameAddr(writeNameAddr(each))).toEqual(each)
    }),
  )
})

test('an IPv6 hop is read and written with its brackets', () => {
  const via = parseVia('SIP/2.0/UDP [2001:db8::9:1]:5070;branch=z9hG4bK1;rport')
  expect(via).toMatchObject({ host: '2001:db8::9:1', port: 5070 })
  expect(writeVia(via!)).toBe('SIP/2.0/UDP [2001:db8::9:1]:5070;branch=z9hG4bK1;rport')
})

test.each([
  [String.raw`a, "b,\",c" <sip:d,e>;f, g`, ['a', String.raw`"b,\",c" <sip:d,e>;f`, 'g']],
  [', ,', []],
  ['one', ['one']],
])('the list %s', (text, wanted) => {
  expect(splitList(text)).toEqual(wanted)
})

test.each([
  ['application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', '5'],
  ['application/dtmf-relay', 'Signal= 11\r\n', '#'],
  ['application/dtmf', '*', '*'],
  ['application/dtmf', '15', 'D'],
  ['application/dtmf-relay', 'Duration=160', ''],
  ['application/media_control+xml', '5', ''],
])('an INFO of %s with %j has the key %j', (type, content, key) => {
  expect(keysIn({ kind: 'request', method: 'INFO', uri: 'sip:x', headers: new HeaderList([['Content-Type', type]]), body: content })).toBe(
    key,
  )
})

test('a description is found among several parts', () => {
  const parts = '--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=x\r\n--b--\r\n'
  const headersOf = new HeaderList([['Content-Type', 'multipart/mixed; boundary="b"']])
  expect(descriptionIn({ kind: 'request', method: 'INVITE', uri: 'sip:x', headers: headersOf, body: parts })).toBe('v=0\r\ns=x\r\n')
})

/** A message with its headers in the open, so that they are compared. */
function plain(each: SipMessage | Malformed): object {
  return each.kind === 'malformed' ? each : { ...each, headers: each.headers.lines }
}

/** Whatever we would read of a message. @returns Whether it is one. */
function readAll(bytes: Buffer): boolean {
  new MessageFraming().push(bytes)
  const parsed = parseMessage(bytes)
  if (parsed.kind === 'malformed') return false
  unfitness(parsed)
  for (const name of ['From', 'To', 'Contact', 'Route', 'Record-Route', 'Refer-To']) {
    for (const address of parsed.headers.listed(name)) parseUri(parseNameAddr(address)?.uri ?? '')
  }
  for (const via of parsed.headers.listed('Via')) parseVia(via)
  for (const challenge of parsed.headers.all('WWW-Authenticate')) parseChallenge(challenge)
  agreeTo(parsed.headers)
  reasonIn(parsed.headers)
  descriptionIn(parsed)
  if (parsed.kind === 'request') keysIn(parsed)
  return true
}
