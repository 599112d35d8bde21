import { expect, test } from 'vitest'
import type { SrtpPolicy } from '../../../../src/domain/trunk.js'
import { MediaDiscord, SdpNegotiation } from '../../../../src/adapters/rtp/sdp/negotiation.js'
import { readDescription } from '../../../../src/adapters/rtp/sdp/read-description.js'

function negotiation(policy: SrtpPolicy = 'off', address = '192.0.2.1'): SdpNegotiation {
  return new SdpNegotiation({ address, port: 4000 }, policy)
}

/** Their description: each line of the stream, after the usual head. */
function theirs(...lines: string[]): string {
  return ['v=0', 'o=- 7 1 IN IP4 198.51.100.7', 's=-', 'c=IN IP4 198.51.100.7', 't=0 0', ...lines, ''].join('\r\n')
}

const usual = ['m=audio 6000 RTP/AVP 0 101', 'a=rtpmap:101 telephone-event/8000']
const inline = `inline:${Buffer.alloc(30, 7).toString('base64')}`

function linesOf(description: string, start: string): string[] {
  return description.split('\r\n').filter(line => line.startsWith(start))
}

function discordOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof MediaDiscord) return error.discord
    throw error
  }
  return 'none'
}

test('offers PCMU, PCMA, G.722 and keys, in frames of 20 ms', () => {
  const [head, ...rest] = negotiation()
    .offer()
    .replace(/o=- \d+/, 'o=- N')
    .split('m=')
  expect(head).toBe('v=0\r\no=- N 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n')
  expect(`m=${rest.join()}`).toBe(
    [
      'm=audio 4000 RTP/AVP 0 8 9 101',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:9 G722/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      'a=ptime:20',
      'a=sendrecv',
      '',
    ].join('\r\n'),
  )
})

test('an offer again is the same session with a higher version', () => {
  const own = negotiation()
  const origins = [own.offer(), own.offer(), own.answer(theirs(...usual)), own.offer()].map(text => linesOf(text, 'o=')[0]!.split(' '))
  expect(new Set(origins.map(([, session]) => session)).size).toBe(1)
  expect(origins.map(([, , version]) => version)).toEqual(['1', '2', '3', '4'])
})

test('an answer that changes nothing has the version of the last', () => {
  const own = negotiation()
  const first = own.answer(theirs(...usual))
  expect(own.answer(theirs(...usual))).toBe(first)
  expect(own.answer(theirs(...usual, 'a=sendonly'))).not.toBe(first)
})

test('answers with the order of the offer, and their payload types', () => {
  const own = negotiation()
  const answer = own.answer(
    theirs('m=audio 6000 RTP/AVP 18 9 8 96', 'a=rtpmap:18 G729/8000', 'a=rtpmap:96 telephone-event/8000', 'a=ptime:60', 'a=rtcp-mux'),
  )
  expect(linesOf(answer, 'm=')).toEqual(['m=audio 4000 RTP/AVP 9 8 96'])
  expect(linesOf(answer, 'a=rtcp-mux')).toHaveLength(1)
  expect(own.agreed).toEqual({
    codec: 'G722',
    payloadType: 9,
    codecs: { 8: 'PCMA', 9: 'G722' },
    keys: 96,
    remote: { address: '198.51.100.7', port: 6000, rtcpPort: 6000 },
    isMuxed: true,
    direction: 'sendrecv',
    packetMs: 40,
  })
})

test.each([
  [[], 20],
  [['a=ptime:10'], 10],
  [['a=ptime:30'], 30],
  [['a=ptime:40', 'a=maxptime:150'], 40],
  [['a=ptime:25'], 20],
  [['a=ptime:200'], 40],
  [['a=maxptime:10'], 10],
  [['a=ptime:40', 'a=maxptime:30'], 30],
  [['a=ptime:5'], 10],
  [['a=ptime:0'], 20],
  [['a=ptime:many'], 20],
] as const)('packets are as long as they say, as far as we make such: %s', (lines, packetMs) => {
  const [answered, called] = [negotiation(), negotiation()]
  answered.answer(theirs(...usual, ...lines))
  called.offer()
  called.accept(theirs(...usual, ...lines))
  expect([answered.agreed?.packetMs, called.agreed?.packetMs]).toEqual([packetMs, packetMs])
})

test('their answer decides what we send; what we offered may still come', () => {
  const own = negotiation()
  own.offer()
  own.accept(theirs('m=audio 6000 RTP/AVP 8', 'a=rtcp:7001'))
  expect(own.agreed).toMatchObject({
    codec: 'PCMA',
    payloadType: 8,
    codecs: { 0: 'PCMU', 8: 'PCMA', 9: 'G722' },
    remote: { rtcpPort: 7001 },
  })
  expect(own.agreed).not.toHaveProperty('keys')
})

test('other streams are refused in their places', () => {
  const own = negotiation()
  const answer = own.answer(
    theirs('m=video 5000 RTP/AVP 96', ...usual, 'm=audio 6002 RTP/AVP 8', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel'),
  )
  expect(linesOf(answer, 'm=')).toEqual([
    'm=video 0 RTP/AVP 96',
    'm=audio 4000 RTP/AVP 0 101',
    'm=audio 0 RTP/AVP 8',
    'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
  ])
})

test('IPv6 is described and read', () => {
  const own = negotiation('off', '2001:db8::1')
  expect(linesOf(own.offer(), 'c=')).toEqual(['c=IN IP6 2001:db8::1'])
  own.accept(theirs(...usual, 'c=IN IP6 2001:db8::7'))
  expect(own.agreed?.remote.address).toBe('2001:db8::7')
})

test.each([
  ['sendrecv', '198.51.100.7', 'sendrecv'],
  ['sendonly', '198.51.100.7', 'recvonly'],
  ['recvonly', '198.51.100.7', 'sendonly'],
  ['inactive', '198.51.100.7', 'inactive'],
  ['sendrecv', '0.0.0.0', 'recvonly'],
  ['sendonly', '0.0.0.0', 'recvonly'],
  ['inactive', '0.0.0.0', 'inactive'],
] as const)('field report 2: %s from %s is answered %s, and the end of the hold restores both ways', (direction, address, answered) => {
  const own = negotiation()
  own.answer(theirs(...usual))
  const held = own.answer(theirs(...usual, `c=IN IP4 ${address}`, `a=${direction}`))
  expect([linesOf(held, `a=${answered}`).length, own.agreed?.direction]).toEqual([1, answered])
  const restored = own.answer(theirs(...usual))
  expect([linesOf(restored, 'a=sendrecv').length, own.agreed?.direction]).toEqual([1, 'sendrecv'])
})

test('a hold of ours stays one while they refresh, until we end it', () => {
  const own = negotiation()
  own.answer(theirs(...usual))
  expect(linesOf(own.offer(true), 'a=sendonly')).toHaveLength(1)
  own.accept(theirs(...usual, 'a=recvonly'))
  expect(own.agreed?.direction).toBe('sendonly')
  expect(linesOf(own.answer(theirs(...usual)), 'a=sendonly')).toHaveLength(1)
  expect(linesOf(own.offer(false), 'a=sendrecv')).toHaveLength(1)
  own.accept(theirs(...usual, 'a=inactive'))
  expect(own.agreed?.direction).toBe('inactive')
})

test('field report 3: a name is no address: what is sent follows what comes', () => {
  const own = negotiation()
  own.offer()
  own.accept(theirs('m=audio 6000 RTP/AVP 0', 'c=IN IP4 media.example.com'))
  expect(own.agreed).toMatchObject({ direction: 'sendrecv', remote: { address: '', port: 6000 } })
})

test('field report 3: an address of zeros is nowhere to send to', () => {
  const own = negotiation()
  own.offer()
  own.accept(theirs('m=audio 6000 RTP/AVP 0', 'c=IN IP4 0.0.0.0'))
  expect(own.agreed).toMatchObject({ direction: 'recvonly', remote: { address: '' } })
})

test.each([
  ['off', 'RTP/AVP', false, 'plain'],
  ['off', 'RTP/AVP', true, 'plain'],
  ['off', 'RTP/SAVP', true, 'only they require SRTP'],
  ['allowed', 'RTP/AVP', false, 'plain'],
  ['allowed', 'RTP/AVP', true, 'encrypted'],
  ['allowed', 'RTP/SAVP', true, 'encrypted'],
  ['allowed', 'RTP/SAVP', false, 'no common key'],
  ['required', 'RTP/AVP', false, 'only we require SRTP'],
  ['required', 'RTP/AVP', true, 'encrypted'],
  ['required', 'RTP/SAVP', true, 'encrypted'],
] as const)('SRTP %s is offered %s (with a key: %s): %s', (policy, protocol, hasKey, expected) => {
  const own = negotiation(policy)
  const offer = theirs(`m=audio 6000 ${protocol} 0`, ...(hasKey ? [`a=crypto:3 AES_CM_128_HMAC_SHA1_32 ${inline}|2^20`] : []))
  const discord = discordOf(() => own.answer(offer))
  expect(discord === 'none' ? (own.agreed?.srtp ? 'encrypted' : 'plain') : discord).toBe(expected)
})

test('an answer has the tag and the suite of the offer, and a key of its own', () => {
  const own = negotiation('allowed')
  const answer = own.answer(theirs('m=audio 6000 RTP/SAVP 0', `a=crypto:3 AES_CM_128_HMAC_SHA1_32 ${inline}|2^20`))
  const [line] = readDescription(answer)[0]!.crypto
  expect(line).toEqual({ tag: 3, suite: 'AES_CM_128_HMAC_SHA1_32', key: own.agreed!.srtp!.ourKey })
  expect(own.agreed?.srtp?.theirKey).toBe(inline.slice(7))
})

test('of two streams the encrypted one is taken', () => {
  const own = negotiation('allowed')
  const answer = own.answer(theirs('m=audio 6000 RTP/AVP 0', 'm=audio 6002 RTP/SAVP 0', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 ${inline}`))
  expect(linesOf(answer, 'm=')).toEqual(['m=audio 0 RTP/AVP 0', 'm=audio 4000 RTP/SAVP 0'])
})

test.each([
  ['off', 'RTP/AVP', '', 'plain'],
  ['off', 'RTP/SAVP', '', 'only they require SRTP'],
  ['allowed', 'RTP/AVP', '', 'plain'],
  ['allowed', 'RTP/AVP', `1 AES_CM_128_HMAC_SHA1_80 ${inline}`, 'encrypted'],
  ['required', 'RTP/SAVP', `2 AES_CM_128_HMAC_SHA1_32 ${inline}`, 'encrypted'],
  ['required', 'RTP/SAVP', `2 AES_CM_128_HMAC_SHA1_80 ${inline}`, 'no common key'],
  ['allowed', 'RTP/SAVP', '1 AES_CM_128_HMAC_SHA1_80 inline:AAAA', 'no common key'],
  ['allowed', 'UDP/TLS/RTP/SAVPF', '', 'no common key'],
  ['required', 'RTP/AVP', '', 'only we require SRTP'],
] as const)('our offer with SRTP %s is answered %s %s: %s', (policy, protocol, crypto, expected) => {
  const own = negotiation(policy)
  const offer = own.offer()
  expect(linesOf(offer, 'm=')[0]).toContain(policy === 'required' ? 'RTP/SAVP' : 'RTP/AVP')
  expect(linesOf(offer, 'a=crypto')).toHaveLength(policy === 'off' ? 0 : 2)
  const discord = discordOf(() => own.accept(theirs(`m=audio 6000 ${protocol} 0`, ...(crypto ? [`a=crypto:${crypto}`] : []))))
  expect(discord === 'none' ? (own.agreed?.srtp ? 'encrypted' : 'plain') : discord).toBe(expected)
})

test('a refresh keeps the keys', () => {
  const own = negotiation('required')
  const crypto = linesOf(own.offer(), 'a=crypto')
  own.accept(theirs('m=audio 6000 RTP/SAVP 0', `a=crypto:1 AES_CM_128_HMAC_SHA1_80 ${inline}`))
  expect(linesOf(own.offer(), 'a=crypto')).toEqual(crypto)
  const answer = own.answer(theirs('m=audio 6000 RTP/SAVP 0', `a=crypto:5 AES_CM_128_HMAC_SHA1_80 ${inline}`))
  expect(linesOf(answer, 'a=crypto')).toEqual([crypto[0]!.replace('crypto:1', 'crypto:5')])
})

test.each([
  ['a key identifier', `1 AES_CM_128_HMAC_SHA1_80 ${inline}|2^20|1:4`],
  ['two keys', `1 AES_CM_128_HMAC_SHA1_80 ${inline};${inline}`],
  ['another suite', `1 AEAD_AES_256_GCM ${inline}`],
  ['a short key', '1 AES_CM_128_HMAC_SHA1_80 inline:AAAA'],
  ['no encryption', `1 AES_CM_128_HMAC_SHA1_80 ${inline} UNENCRYPTED_SRTP`],
])('a crypto line with %s is passed over', (_what, line) => {
  expect(readDescription(theirs('m=audio 6000 RTP/SAVP 0', `a=crypto:${line}`))[0]?.crypto).toEqual([])
})

test.each([
  ['no codec of ours', 'no codec', theirs('m=audio 6000 RTP/AVP 18', 'a=rtpmap:18 G729/8000')],
  ['only keys', 'no codec', theirs('m=audio 6000 RTP/AVP 101', 'a=rtpmap:101 telephone-event/8000')],
  ['a refused stream', 'no sound', theirs('m=audio 0 RTP/AVP 0')],
  ['only DTLS', 'no common key', theirs('m=audio 6000 UDP/TLS/RTP/SAVPF 0', 'a=fingerprint:sha-256 4A:AD', 'a=setup:actpass')],
  ['no sound', 'no sound', theirs('m=video 6000 RTP/AVP 0')],
  ['wideband under a static type', 'no codec', theirs('m=audio 6000 RTP/AVP 0', 'a=rtpmap:0 opus/48000/2')],
  ['nothing', 'no sound', ''],
  ['more than a description', 'no sound', theirs(...usual, `a=${'x'.repeat(20_000)}`)],
])('%s is nothing in common: %s', (_what, discord, description) => {
  const own = negotiation('allowed')
  expect(discordOf(() => own.answer(description))).toBe(discord)
  own.offer()
  expect(discordOf(() => own.accept(description))).toBe(discord)
})
