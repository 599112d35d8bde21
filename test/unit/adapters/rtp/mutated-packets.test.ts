import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newKey } from '../../../../src/adapters/rtp/sdp/crypto-line.js'
import { MediaDiscord, SdpNegotiation } from '../../../../src/adapters/rtp/sdp/negotiation.js'
import { readRtcp, writeRtcp } from '../../../../src/adapters/rtp/rtcp-packet.js'
import { writeRtp } from '../../../../src/adapters/rtp/rtp-packet.js'
import { openPair } from './rtp-pair.js'

// How many packets to mutate; `npm run soak` mutates many more.
const numRuns = Number(process.env['PACKETS'] ?? 2000)

const originals = [
  writeRtp({ payloadType: 0, isMarked: true, sequence: 7, timestamp: 1600, ssrc: 9, payload: Buffer.alloc(160, 0xff) }),
  writeRtp({ payloadType: 101, isMarked: false, sequence: 8, timestamp: 1600, ssrc: 9, payload: Buffer.from('0b8a0500', 'hex') }),
  writeRtp({ payloadType: 13, isMarked: false, sequence: 9, timestamp: 1760, ssrc: 9, payload: Buffer.of(60) }),
  writeRtcp(
    { type: 'report', ssrc: 9, sender: { ntpSeconds: 5, ntpFraction: 6, timestamp: 7, packets: 8, bytes: 9 }, reports: [] },
    'them',
    true,
  ),
]
const srtp = { suite: 'AES_CM_128_HMAC_SHA1_80', ourKey: newKey(), theirKey: newKey() } as const

const mutated = fc
  .record({
    original: fc.constantFrom(...originals),
    changes: fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 6 }),
    length: fc.option(fc.nat(300), { nil: undefined }),
    tail: fc.uint8Array({ maxLength: 40 }),
  })
  .map(({ original, changes, length, tail }) => {
    const bytes = Buffer.concat([original.subarray(0, length ?? original.length), tail])
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
    return bytes
  })

test('packets of RTP and RTCP that are not what they say never throw, and nothing grows', () => {
  const ends = [...openPair(), ...openPair({ isMuxed: true }), ...openPair({ srtp })]
  fc.assert(
    fc.property(mutated, fc.boolean(), fc.nat(2), (bytes, isRtcp, frames) => {
      readRtcp(bytes)
      for (const end of ends) {
        end.session.received(bytes, isRtcp ? 'rtcp' : 'rtp', { address: '198.51.100.2', port: 4000 })
        end.speak(0, frames)
        end.sent.length = end.samples.length = end.keys.length = 0
      }
    }),
    { numRuns },
  )
  for (const { session } of ends) expect(Number.isFinite(session.state.received.jitterMs)).toBe(true)
}, 3_600_000)

const lines = `v=0
o=- 20518 1 IN IP4 198.51.100.7
s=call
c=IN IP4 198.51.100.7
t=0 0
a=group:BUNDLE 0
m=audio 6000 RTP/SAVP 9 0 8 101
a=rtpmap:9 G722/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=ptime:20
a=rtcp:6001 IN IP4 198.51.100.7
a=sendrecv
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${newKey()}|2^20
a=rtcp-mux
a=candidate:0 1 UDP 2113667327 203.0.113.1 54400 typ host
m=video 0 RTP/AVP 96
a=ssrc:1 cname:a`.split('\n')

const mutatedDescription = fc
  .record({
    kept: fc.array(fc.constantFrom(...lines), { maxLength: 30 }),
    isOrdered: fc.boolean(),
    changes: fc.array(fc.tuple(fc.nat(600), fc.constantFrom(...' /:=|\r\n\0a9-'.split(''))), { maxLength: 8 }),
    tail: fc.string({ unit: 'binary', maxLength: 30 }),
  })
  .map(({ kept, isOrdered, changes, tail }) => {
    const text = ((isOrdered ? lines : kept).join('\r\n') + tail).split('')
    for (const [at, character] of changes) if (at < text.length) text[at] = character
    return text.join('')
  })

test('session descriptions that are not what they say are answered or refused', () => {
  fc.assert(
    fc.property(mutatedDescription, fc.constantFrom('off', 'allowed', 'required'), (text, policy) => {
      const own = new SdpNegotiation({ address: '192.0.2.1', port: 4000 }, policy)
      for (const attempt of [() => own.answer(text), () => (own.offer(), own.accept(text))]) {
        try {
          attempt()
          expect(own.agreed?.codec).toMatch(/^(PCMU|PCMA|G722)$/)
        } catch (error) {
          if (!(error instanceof MediaDiscord)) throw error
        }
      }
    }),
    { numRuns },
  )
}, 3_600_000)
