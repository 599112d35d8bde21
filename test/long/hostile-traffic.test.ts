import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { IncomingCall } from '../../src/adapters/sip/incoming-call.js'
import { codecs } from '../../src/adapters/rtp/codec.js'
import { newKey } from '../../src/adapters/rtp/sdp/crypto-line.js'
import { MediaDiscord, SdpNegotiation } from '../../src/adapters/rtp/sdp/negotiation.js'
import { writeRtcp } from '../../src/adapters/rtp/rtcp-packet.js'
import { writeRtp } from '../../src/adapters/rtp/rtp-packet.js'
import { QuickMutator } from '../support/quick-mutator.js'
import { PaperMedia, sipRig } from '../support/sip/sip-rig.js'
import { bytesOf, invalidMessages, readableMessages, validMessages } from '../support/sip/torture-messages.js'
import { openPair } from '../unit/adapters/rtp/rtp-pair.js'

/** Of each kind; `npm run soak` takes a million in all. */
const packets = Number(process.env['HOSTILE'] ?? 10_000)
/** The slowest batch may take so long: nothing hangs. */
const mostMsOfBatch = 5_000
const batch = 500
/** What may be left over after all that, beside caches that fill once. */
const mostGrowthMb = 8

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Takes packets in batches. The memory after a fifth of them is what there is at the end. */
async function takeAll(take: () => void | Promise<void>): Promise<void> {
  let before = 0
  let slowestMs = 0
  const batches = packets / batch
  for (let done = 0; done < batches; done += 1) {
    if (done === Math.floor(batches / 5)) before = usedMb()
    const started = performance.now()
    await take()
    slowestMs = Math.max(slowestMs, performance.now() - started)
  }
  const grown = usedMb() - before
  console.log(`slowest ${batch}: ${slowestMs.toFixed(0)} ms; ${grown.toFixed(1)} MB more than after a fifth`)
  expect(slowestMs).toBeLessThan(mostMsOfBatch)
  expect(grown).toBeLessThan(mostGrowthMb)
}

function usedMb(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 2 ** 20
}

test(`${packets} mutated SIP messages reach a user agent, whose calls work afterwards`, { timeout: 1_800_000 }, async () => {
  const rig = sipRig()
  const agent = rig.agent('10.0.0.1', { onCall: answer })
  rig.agent('10.0.0.2', { onCall: answer })
  const stranger = await rig.network.host('10.0.0.3').reach({ protocol: 'udp', address: '10.0.0.1', port: 5060 })
  // What a call says, in both directions, is the best to be mutated.
  const first = rig.dial(agent)
  await first.call.answered
  await first.call.hangUp()
  const said = rig.network.sent.map(({ text }) => Buffer.from(text))
  const mutator = new QuickMutator([...[...validMessages, ...invalidMessages, ...readableMessages].map(bytesOf), ...said], 1)
  await takeAll(async () => {
    for (let i = 0; i < batch; i += 1) stranger.send(mutator.next())
    // All transactions that began are over, and their answers were sent in vain.
    await rig.wait(400_000)
    rig.network.sent.splice(0)
  })
  const { call } = rig.dial(agent)
  expect(await call.answered).toBe(true)
  await call.hangUp()
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'hung_up' })
  await rig.wait(400_000)
  expect(agent.calls).toEqual([])
})

test(`${packets} mutated session descriptions are answered or refused`, { timeout: 1_800_000 }, async () => {
  const mutator = new QuickMutator(
    descriptions.map(text => Buffer.from(text.replaceAll('\n', '\r\n'))),
    2,
  )
  const policies = ['off', 'allowed', 'required'] as const
  let agreed = 0
  await takeAll(() => {
    for (let i = 0; i < batch; i += 1) {
      const own = new SdpNegotiation({ address: '192.0.2.1', port: 4000 }, policies[i % 3]!)
      const text = mutator.next().toString('latin1')
      try {
        if (i % 2 === 0) own.answer(text)
        else {
          own.offer()
          own.accept(text)
        }
        if (own.agreed && own.agreed.codec in codecs) agreed += 1
        else throw new Error(`This was agreed on: ${text}`)
      } catch (error) {
        if (!(error instanceof MediaDiscord)) throw error
      }
    }
  })
  // Or nothing but refusals would have been tested.
  expect(agreed).toBeGreaterThan(packets / 10)
})

test(
  `${packets} mutated packets of RTP and RTCP reach calls, plain and encrypted, which still hear afterwards`,
  { timeout: 1_800_000 },
  async () => {
    const srtp = { suite: 'AES_CM_128_HMAC_SHA1_80', ourKey: newKey(), theirKey: newKey() } as const
    const pairs = [openPair(), openPair({ isMuxed: true }), openPair({ srtp })]
    const mutator = new QuickMutator(soundPackets(), 3)
    const from = { address: '198.51.100.2', port: 4000 }
    await takeAll(() => {
      for (let i = 0; i < batch; i += 1) {
        const [end] = pairs[i % pairs.length]!
        end.session.received(mutator.next(), i % 5 === 0 ? 'rtcp' : 'rtp', i % 5 === 0 ? { ...from, port: 4001 } : from)
        if (i % 4 === 0) end.speak(0)
        end.sent.length = end.samples.length = end.keys.length = 0
      }
    })
    for (const [end, other] of pairs) {
      expect(Number.isFinite(end.session.state.received.jitterMs)).toBe(true)
      // The other side is heard again, once whoever pretended to be it has been silent.
      end.speak(0, 100)
      other.speak(1000, 60)
      for (const { bytes, channel } of other.sent) end.session.received(bytes, channel, channel === 'rtp' ? from : { ...from, port: 4001 })
      expect(end.samples.length).toBeGreaterThan(0)
    }
  },
)

function answer(call: IncomingCall): void {
  void call.answer(new PaperMedia('desk'))
}

function soundPackets(): Buffer[] {
  const sender = { ntpSeconds: 5, ntpFraction: 6, timestamp: 7, packets: 8, bytes: 9 }
  return [
    writeRtp({ payloadType: 0, isMarked: true, sequence: 7, timestamp: 1600, ssrc: 9, payload: Buffer.alloc(160, 0xff) }),
    writeRtp({ payloadType: 8, isMarked: false, sequence: 8, timestamp: 1760, ssrc: 9, payload: Buffer.alloc(80, 0xd5) }),
    writeRtp({ payloadType: 101, isMarked: false, sequence: 9, timestamp: 1760, ssrc: 9, payload: Buffer.from('0b8a0500', 'hex') }),
    writeRtp({ payloadType: 13, isMarked: false, sequence: 10, timestamp: 1920, ssrc: 9, payload: Buffer.of(60) }),
    writeRtcp({ type: 'report', ssrc: 9, sender, reports: [] }, 'them', true),
    writeRtcp({ type: 'report', ssrc: 9, sender, reports: [] }, 'them', false),
  ]
}

const descriptions = [
  `v=0
o=- 20518 1 IN IP4 198.51.100.7
s=call
c=IN IP4 198.51.100.7
t=0 0
m=audio 6000 RTP/AVP 9 0 8 101
a=rtpmap:9 G722/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=ptime:30
a=maxptime:150
a=rtcp:6001 IN IP4 198.51.100.7
a=sendrecv
`,
  `v=0
o=- 20518 2 IN IP6 2001:db8::7
s=-
c=IN IP6 2001:db8::7
t=0 0
a=group:BUNDLE 0
m=audio 6000 RTP/SAVP 8 0
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${newKey()}|2^20
a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:${newKey()}
a=rtcp-mux
a=sendonly
a=candidate:0 1 UDP 2113667327 203.0.113.1 54400 typ host
m=video 0 RTP/AVP 96
a=ssrc:1 cname:a
`,
]
