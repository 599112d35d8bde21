import { expect, test } from 'vitest'
import { muLaw } from '../../../../src/adapters/audio/g711.js'
import { newKey } from '../../../../src/adapters/rtp/sdp/crypto-line.js'
import { readRtp, writeRtp } from '../../../../src/adapters/rtp/rtp-packet.js'
import { agreedWith, carry, openEnd, openPair, time, type End } from './rtp-pair.js'

const heardAs = (sample: number): number => muLaw.decode(muLaw.encode(Int16Array.of(sample)))[0]!

function packet(more: Partial<Parameters<typeof writeRtp>[0]> = {}): Buffer {
  return writeRtp({
    payloadType: 0,
    isMarked: false,
    sequence: 1,
    timestamp: 160,
    ssrc: 9,
    payload: muLaw.encode(new Int16Array(160).fill(1000)),
    ...more,
  })
}

function receive(end: End, bytes: Buffer, address = '198.51.100.2'): void {
  end.session.received(bytes, 'rtp', { address, port: 4000 })
}

test('field report 5: a packet goes out every 20 ms, in silence too', () => {
  const [a, b] = openPair()
  a.speak(0, 50)
  const packets = a.sent.map(({ bytes }) => readRtp(bytes)!)
  expect(packets).toHaveLength(50)
  expect(packets.map(({ sequence }, index) => (sequence - index) & 0xffff)).toEqual(Array.from({ length: 50 }, () => 65_530))
  expect(packets.map(({ timestamp }, index) => (timestamp - index * 160) >>> 0)).toEqual(Array.from({ length: 50 }, () => 0xffff_ff00))
  expect(packets.map(({ isMarked }) => isMarked).indexOf(true, 1)).toBe(-1)
  carry(a, b)
  expect(b.samples).toHaveLength(8_000)
})

test.each([
  ['PCMU', 0, 8_000],
  ['PCMA', 8, 8_000],
  ['G722', 9, 16_000],
  ['G722', 9, 8_000],
  ['PCMU', 0, 16_000],
] as const)('%s carries sound both ways at %s', (codec, payloadType, rate) => {
  const [a, b] = [openEnd('192.0.2.1', { rate }), openEnd('198.51.100.2', { rate, ssrc: 2 })]
  for (const [end, other] of [
    [a, b],
    [b, a],
  ] as const)
    end.session.agree(agreedWith(other.address, { codec, payloadType, codecs: { [payloadType]: codec } }))
  for (let i = 0; i < 10; i += 1) {
    a.session.send(Int16Array.from({ length: rate / 50 }, (_, n) => 8000 * Math.sin((2 * Math.PI * 500 * (n + (i * rate) / 50)) / rate)))
    b.speak(0)
    carry(a, b)
    carry(b, a)
  }
  expect([a.samples.length, b.samples.length]).toEqual([rate / 5, rate / 5])
  const loudness = Math.sqrt(b.samples.slice(rate / 50).reduce((sum, sample) => sum + sample ** 2, 0) / (b.samples.length - rate / 50))
  expect(loudness / (8000 / Math.SQRT2)).toBeGreaterThan(0.9)
  expect(loudness / (8000 / Math.SQRT2)).toBeLessThan(1.1)
})

test.each([
  ['PCMU', 10, 60],
  ['PCMU', 30, 20],
  ['G722', 30, 20],
  ['PCMA', 40, 15],
] as const)('%s goes out in packets of %s ms, if that is what they want, and nothing is missing', (codec, packetMs, packets) => {
  const payloadType = { PCMU: 0, PCMA: 8, G722: 9 }[codec]
  const [a, b] = openPair({ codec, payloadType, codecs: { [payloadType]: codec }, packetMs })
  for (let i = 0; i < 30; i += 1) {
    a.speak(100 * i)
    b.speak(0)
    carry(a, b)
  }
  a.speak(0, 30)
  const sent = a.sent.filter(({ channel }) => channel === 'rtp').map(({ bytes }) => readRtp(bytes)!)
  expect(sent).toHaveLength(packets)
  for (const [index, { sequence, timestamp, payload }] of sent.entries()) {
    expect(payload).toHaveLength(packetMs * 8)
    expect((sequence - sent[0]!.sequence) & 0xffff).toBe(index)
    expect((timestamp - sent[0]!.timestamp) >>> 0).toBe(index * packetMs * 8)
  }
  expect(b.samples).toHaveLength(30 * 160)
  expect(b.session.state.received).toMatchObject({ lost: 0, late: 0, concealed: 0, jumps: 0 })
})

test('a key does not wait for a packet to be full, and what waits comes before it', () => {
  const [a, b] = openPair({ packetMs: 40 })
  a.speak(1000)
  a.session.press('5')
  a.speak(1000, 40)
  const sent = a.sent.map(({ bytes }) => readRtp(bytes)!)
  expect(sent.slice(0, 2).map(({ payloadType, isMarked, payload }) => [payloadType, isMarked, payload.length])).toEqual([
    [0, true, 160],
    [101, true, 4],
  ])
  expect((sent[1]!.timestamp - sent[0]!.timestamp) >>> 0).toBe(160)
  carry(a, b)
  expect(b.keys).toEqual(['5'])
})

test('field report 3: what is sent follows the first valid packet, wherever it comes from', () => {
  const [a, b] = openPair()
  a.speak(0)
  expect(a.sent.splice(0)[0]?.to).toEqual({ address: '198.51.100.2', port: 4000 })
  receive(a, Buffer.from('no packet of sound'), '203.0.113.66')
  receive(a, packet({ payloadType: 50 }), '203.0.113.66')
  b.speak(1000)
  carry(b, a, '203.0.113.9')
  a.speak(0)
  expect(a.sent.splice(0)[0]?.to).toEqual({ address: '203.0.113.9', port: 4000 })
  // Whoever comes later is not it.
  receive(a, packet({ ssrc: 66 }), '203.0.113.66')
  expect(a.samples).toHaveLength(160)
  // Unless it has been silent for a second, or describes itself anew.
  a.speak(0, 50)
  a.sent.length = 0
  receive(a, packet({ ssrc: 66 }), '203.0.113.66')
  a.speak(0)
  expect(a.sent.splice(0)[0]?.to.address).toBe('203.0.113.66')
  a.session.agree(agreedWith('198.51.100.77'))
  a.speak(0)
  expect(a.sent[0]?.to.address).toBe('198.51.100.77')
})

test('field report 2: an address of zeros leaves the way there as it was', () => {
  const [a] = openPair()
  a.session.agree(agreedWith('', { direction: 'recvonly' }))
  a.speak(0, 3)
  expect(a.sent).toEqual([])
  a.session.agree(agreedWith('198.51.100.2'))
  a.speak(0)
  expect(a.sent[0]?.to.address).toBe('198.51.100.2')
  // The time of the hold has passed, and the first packet after it says that a new stretch begins.
  expect(readRtp(a.sent[0]!.bytes)).toMatchObject({ isMarked: true, sequence: 65_530, timestamp: (0xffff_ff00 + 480) >>> 0 })
})

test('nothing goes to an address that is not allowed, and nothing counts from there', () => {
  const a = openEnd('192.0.2.1', { mayReach: address => address === '198.51.100.2' })
  a.session.agree(agreedWith('10.0.0.1'))
  receive(a, packet(), '10.0.0.1')
  a.speak(0, 200)
  expect([a.sent, a.samples]).toEqual([[], []])
  receive(a, packet())
  a.speak(0)
  expect([a.sent.length, a.samples.length]).toEqual([1, 160])
})

test('field report 18: another source goes on at once', () => {
  const [a] = openPair()
  receive(a, packet({ sequence: 5, timestamp: 800 }))
  receive(a, packet({ sequence: 60_000, timestamp: 4_000_000_000, ssrc: 10 }))
  receive(a, packet({ sequence: 60_001, timestamp: 4_000_000_160, ssrc: 10 }))
  expect(a.samples).toEqual(Array.from({ length: 480 }, () => heardAs(1000)))
  expect(a.session.state.received).toMatchObject({ packets: 3, lost: 0, sources: 2 })
})

test('field report 20: comfort noise is dropped, half a payload is as long as it is, another version is none', () => {
  const [a] = openPair()
  receive(a, packet())
  receive(a, packet({ sequence: 2, timestamp: 320, payloadType: 13, payload: Buffer.of(60) }))
  receive(a, packet({ sequence: 3, timestamp: 320, payload: muLaw.encode(new Int16Array(80).fill(1000)) }))
  const other = packet({ sequence: 4 })
  other[0] = 0
  receive(a, other)
  expect(a.samples).toHaveLength(240)
  expect(a.session.state.received).toMatchObject({ packets: 3, lost: 0 })
})

test.each([10, 20, 30, 60])('packets of %s ms are heard', ms => {
  const [a] = openPair()
  for (let nth = 0; nth < 5; nth += 1)
    receive(a, packet({ sequence: nth, timestamp: nth * 8 * ms, payload: muLaw.encode(new Int16Array(8 * ms).fill(nth)) }))
  expect(a.samples).toHaveLength(40 * ms)
})

test('field report 15: keys go there and back instead of sound, under payload types that nobody agreed on too', () => {
  const [a, b] = openPair()
  a.session.press('1#')
  for (let i = 0; i < 40; i += 1) {
    a.speak(1000)
    b.speak(0)
    for (const { bytes } of a.sent) {
      const key = readRtp(bytes)!
      if (key.payloadType === 101) bytes[1] = (bytes[1]! & 0x80) | 98
    }
    carry(a, b)
  }
  expect(b.keys).toEqual(['1', '#'])
  // A key takes longer than what waits to be played: its silence was played already.
  expect(b.samples.length / 160).toBe(18)
  expect(b.session.state.received).toMatchObject({ packets: 40, lost: 0 })
})

test.each(['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const)('%s: sound, keys and reports are encrypted', suite => {
  const [a, b] = openPair({ srtp: { suite, ourKey: newKey(), theirKey: newKey() } })
  a.session.press('5')
  a.speak(1000, 130)
  expect(a.sent.every(({ bytes }) => !bytes.includes(Buffer.from(muLaw.encode(Int16Array.of(1000, 1000, 1000, 1000)))))).toBe(true)
  expect(carry(a, b)).toBe(131)
  expect([b.keys, b.samples.at(-1)]).toEqual([['5'], heardAs(1000)])
  // Without the key it is nothing.
  receive(b, packet())
  expect(b.session.state.received).toMatchObject({ packets: 130, sources: 1 })
  // A refresh with the same keys goes on counting.
  b.session.agree(agreedWith('192.0.2.1', { srtp: { suite, ourKey: newKey(), theirKey: newKey() } }))
  a.speak(1000)
  const before = b.samples.length
  carry(a, b)
  expect(b.samples.length).toBe(before)
})

test('reports tell losses, jitter and the round trip, and whom nobody hears', () => {
  const [a, b] = openPair()
  for (let i = 0; i < 600; i += 1) {
    a.speak(0)
    b.speak(0)
    time.pass(20)
    if (i % 10 === 5) a.sent.shift()
    carry(a, b)
    time.pass(15)
    carry(b, a)
  }
  const { reported, deafReports, received } = a.session.state
  expect(reported?.lost).toBeGreaterThan(20)
  expect(reported?.roundTripMs).toBeGreaterThanOrEqual(0)
  expect([deafReports, received.lost, received.packets]).toEqual([0, 0, 600])
  expect(b.session.state.received.lost).toBe(60)
})

test('field report 4: who hears nothing is known by how long, and who is not heard by reports', () => {
  const [a, b] = openPair()
  for (let i = 0; i < 700; i += 1) {
    a.speak(0)
    b.speak(0)
    a.sent.length = 0
    carry(b, a)
  }
  expect(b.session.state).toMatchObject({ quietFrames: 700, isHeld: false })
  expect(a.session.state).toMatchObject({ quietFrames: 0, deafReports: 3 })
  a.session.agree(agreedWith('198.51.100.2', { direction: 'sendonly' }))
  expect(a.session.state).toMatchObject({ isHeld: true, wasOpen: true })
})

test('reports share the port where that was agreed on, and a goodbye ends the stream', () => {
  const [a, b] = openPair({ isMuxed: true })
  a.speak(0, 125)
  expect(a.sent.every(({ channel }) => channel === 'rtp')).toBe(true)
  carry(a, b)
  a.session.close()
  expect(a.sent).toHaveLength(1)
  a.speak(0)
  receive(a, packet())
  expect([a.sent.length, a.samples.length]).toEqual([1, 0])
})

test('before anything is agreed on nothing is sent or heard', () => {
  const a = openEnd('192.0.2.1')
  a.speak(0, 300)
  receive(a, packet())
  a.session.close()
  expect([a.sent, a.samples]).toEqual([[], []])
})
