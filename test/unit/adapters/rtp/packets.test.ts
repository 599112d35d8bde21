import { expect, test } from 'vitest'
import { readRtcp, writeRtcp, type ReceptionReport } from '../../../../src/adapters/rtp/rtcp-packet.js'
import { ahead16, isRtcp, readRtp, writeRtp } from '../../../../src/adapters/rtp/rtp-packet.js'

const packet = {
  payloadType: 8,
  isMarked: true,
  sequence: 65_535,
  timestamp: 0xffff_fff0,
  ssrc: 0xdead_beef,
  payload: Buffer.from('sound'),
}

test('what is written is read', () => {
  const bytes = writeRtp(packet)
  expect(bytes.toString('hex')).toBe('8088fffffffffff0deadbeef736f756e64')
  expect(readRtp(bytes)).toEqual(packet)
})

test('contributing sources, an extension and padding are read over', () => {
  const head = writeRtp({ ...packet, payload: Buffer.alloc(0) })
  head[0] = 0x80 | 0x20 | 0x10 | 2
  const sources = Buffer.alloc(8, 1)
  const extension = Buffer.from('bede0001aabbccdd', 'hex')
  const bytes = Buffer.concat([head, sources, extension, Buffer.from('sound'), Buffer.from([0, 0, 3])])
  expect(readRtp(bytes)?.payload.toString()).toBe('sound')
})

test('field report 20: packets of another version are none, and neither are those shorter than they say', () => {
  const bytes = writeRtp(packet)
  const other = Buffer.from(bytes)
  other[0] = 0x40
  const cut = Buffer.from(bytes.subarray(0, 13))
  cut[0] = 0x80 | 5
  const extended = Buffer.from(bytes)
  extended[0] = 0x90
  extended.writeUInt16BE(500, 14)
  const padded = Buffer.from(bytes)
  padded[0] = 0xa0
  padded[padded.length - 1] = 200
  const unpadded = Buffer.from(padded)
  unpadded[unpadded.length - 1] = 0
  for (const wrong of [other, bytes.subarray(0, 11), cut, extended, padded, unpadded, Buffer.alloc(0)])
    expect(readRtp(wrong)).toBeUndefined()
})

test('numbers of 16 bits go round', () => {
  expect([ahead16(0, 65_535), ahead16(65_535, 0), ahead16(5, 5), ahead16(32_767, 0)]).toEqual([1, -1, 0, 32_767])
})

test('RTCP is told from RTP on a shared port', () => {
  expect(isRtcp(writeRtp(packet))).toBe(false)
  expect(isRtcp(writeRtcp({ type: 'report', ssrc: 1, reports: [] }, 'a@b', false))).toBe(true)
})

const report: ReceptionReport = {
  ssrc: 7,
  fractionLost: 0.25,
  packetsLost: -3,
  highestSequence: 0x1_0005,
  jitter: 80,
  lastReport: 0x1234_5678,
  sinceLastReport: 65_536,
}
const sender = { ntpSeconds: 0xe000_0000, ntpFraction: 0x8000_0000, timestamp: 160, packets: 50, bytes: 8000 }

test('reports, names and goodbyes are written and read', () => {
  const bytes = writeRtcp({ type: 'report', ssrc: 9, sender, reports: [report] }, 'nine@callsheet', true)
  expect(bytes.length % 4).toBe(0)
  expect(readRtcp(bytes)).toEqual([
    { type: 'report', ssrc: 9, sender, reports: [report] },
    { type: 'bye', ssrc: 9 },
  ])
  expect(readRtcp(writeRtcp({ type: 'report', ssrc: 9, reports: [] }, 'n', false))).toEqual([{ type: 'report', ssrc: 9, reports: [] }])
})

test('nothing is read behind a packet that is longer than what came', () => {
  const bytes = writeRtcp({ type: 'report', ssrc: 9, reports: [report] }, 'n', true)
  bytes.writeUInt16BE(5000, 2)
  expect(readRtcp(bytes)).toEqual([])
  expect(readRtcp(Buffer.from('80c80000', 'hex'))).toEqual([])
})
