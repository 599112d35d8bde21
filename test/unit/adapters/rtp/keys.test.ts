import { expect, test } from 'vitest'
import { readKeyEvent, writeKeyEvent } from '../../../../src/adapters/rtp/key-event.js'
import { KeyReader } from '../../../../src/adapters/rtp/key-reader.js'
import { KeySender } from '../../../../src/adapters/rtp/key-sender.js'

interface Sent {
  readonly key: string
  readonly isEnd: boolean
  readonly duration: number
  readonly timestamp: number
  readonly sequence: number
  readonly isMarked: boolean
}

/** What a sender sends for keys. */
function packetsOf(digits: string): Sent[] {
  const sender = new KeySender()
  sender.press(digits)
  const packets: Sent[] = []
  for (let frame = 0; frame < digits.length * 15; frame += 1) {
    const packet = sender.next(160)
    if (packet)
      packets.push({
        ...readKeyEvent(packet.payload)!,
        timestamp: (frame - packet.framesSince) * 160,
        sequence: frame,
        isMarked: packet.isFirst,
      })
  }
  return packets
}

function read(packets: readonly Sent[]): string {
  const reader = new KeyReader()
  let keys = ''
  for (const [index, packet] of packets.entries()) {
    const passed = packet.sequence - (packets[index - 1]?.sequence ?? packet.sequence)
    for (let frame = 0; frame < passed; frame += 1) keys += reader.tick()
    keys += reader.take(packet, packet.timestamp, packet.sequence)
  }
  for (let frame = 0; frame < 10; frame += 1) keys += reader.tick()
  return keys
}

test('field report 15: a key grows, keeps its timestamp, and ends with three packets', () => {
  const packets = packetsOf('7')
  expect(packets.map(({ duration }) => duration / 160)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 8])
  expect(packets.map(({ isEnd }) => isEnd)).toEqual([...Array.from({ length: 8 }, () => false), true, true, true])
  expect(new Set(packets.map(({ timestamp }) => timestamp)).size).toBe(1)
  expect(packets.filter(({ isMarked }) => isMarked)).toHaveLength(1)
  expect(KeySender.secondsOf('7 7')).toBeCloseTo(0.6)
})

test('all keys go there and back, also the same twice', () => {
  expect(read(packetsOf('0123456789*#ABCD1155'))).toBe('0123456789*#ABCD1155')
  expect(read(packetsOf('a-1'))).toBe('A1')
})

test('field report 15: a key is heard whatever is lost or comes twice, without a mark', () => {
  const packets = packetsOf('55')
  const [first, second] = [packets.slice(0, 11), packets.slice(11)]
  expect(read([...first.slice(3), ...second.slice(10)])).toBe('55')
  expect(read(packets.filter(({ isEnd }) => !isEnd))).toBe('55')
  expect(read(packets.filter(({ isEnd }) => isEnd))).toBe('55')
  expect(read(packets.flatMap(packet => [packet, packet]))).toBe('55')
  expect(read([first[0]!, ...second])).toBe('55')
})

test('field report 15: a sender that gives each packet a timestamp of its own presses once', () => {
  expect(read(packetsOf('5').map(packet => ({ ...packet, timestamp: packet.sequence * 160 })))).toBe('5')
})

test('what is no key is none', () => {
  expect(readKeyEvent(Buffer.of(16, 0, 0, 160))).toBeUndefined()
  expect(readKeyEvent(Buffer.of(1, 0, 0))).toBeUndefined()
  expect(readKeyEvent(writeKeyEvent({ key: 'd', isEnd: true, duration: 65_535 }))).toEqual({ key: 'D', isEnd: true, duration: 65_535 })
})
