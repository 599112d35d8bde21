import { Decoder } from '@evan/opus'
import { expect, test } from 'vitest'
import { dbfsOf, powerOf } from '../../../../src/adapters/audio/level.js'
import { loadOggOpus } from '../../../../src/adapters/audio/ogg-opus.js'
import { OggPages } from '../../../../src/adapters/audio/ogg-pages.js'
import { inParts, joined, silence, voiceLike } from '../../../support/voice-like.js'

interface Page {
  readonly flags: number
  readonly position: number
  readonly sequence: number
  readonly packets: Buffer[]
}

/** Reads the pages of a file, and checks their sums bit by bit. */
function pagesOf(bytes: Buffer): Page[] {
  const pages: Page[] = []
  for (let at = 0; at < bytes.length;) {
    expect(bytes.toString('latin1', at, at + 4)).toBe('OggS')
    const segments = bytes[at + 26]!
    const lacing = bytes.subarray(at + 27, at + 27 + segments)
    const packets: Buffer[] = []
    let [from, to] = [at + 27 + segments, at + 27 + segments]
    for (const length of lacing) {
      to += length
      if (length === 255) continue
      packets.push(bytes.subarray(from, to))
      from = to
    }
    const page = Buffer.from(bytes.subarray(at, to))
    const sum = page.readUInt32LE(22)
    page.writeUInt32LE(0, 22)
    expect(bitwiseSum(page)).toBe(sum)
    pages.push({ flags: bytes[at + 5]!, position: Number(bytes.readBigInt64LE(at + 6)), sequence: bytes.readUInt32LE(at + 18), packets })
    at = to
  }
  return pages
}

function bitwiseSum(bytes: Buffer): number {
  let sum = 0
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      const top = (sum >>> 31) ^ ((byte >> bit) & 1)
      sum = ((sum << 1) ^ (top ? 0x04c1_1db7 : 0)) >>> 0
    }
  }
  return sum
}

function interleaved(left: Int16Array, right: Int16Array): Int16Array {
  return Int16Array.from({ length: left.length * 2 }, (_, i) => (i % 2 === 0 ? left : right)[i >> 1]!)
}

async function encoded(sound: Int16Array, rate: number, blockLength: number): Promise<Buffer> {
  const writer = (await loadOggOpus())(rate)
  return Buffer.concat([writer.head(), ...inParts(sound, blockLength).map(block => writer.add(block)), writer.end()])
}

/** Plays a file as RFC 7845 has it: what was skipped and what is beyond the end is left out. */
function played(bytes: Buffer, rate: number): [Int16Array, Int16Array] {
  const [head, tags, ...pages] = pagesOf(bytes)
  expect([head!.flags, tags!.flags, pages.at(-1)!.flags]).toEqual([2, 0, 4])
  expect([head, tags, ...pages].map(page => page!.sequence)).toEqual(Array.from({ length: pages.length + 2 }, (_, i) => i))
  const [opusHead] = head!.packets
  expect(opusHead!.toString('latin1', 0, 8)).toBe('OpusHead')
  expect(tags!.packets[0]!.toString('latin1', 0, 8)).toBe('OpusTags')
  const skip = opusHead!.readUInt16LE(10)
  const decoder = new Decoder({ channels: 2, sample_rate: rate as 48_000 })
  const both = joined(
    ...pages.flatMap(({ packets }) => packets.map(packet => new Int16Array(Uint8Array.from(decoder.decode(packet)).buffer))),
  )
  const place = (position: number): number => (position * rate) / 48_000
  const track = (channel: number): Int16Array => both.filter((_, i) => i % 2 === channel).slice(place(skip), place(pages.at(-1)!.position))
  return [track(0), track(1)]
}

test.each([
  [8000, 8000 * 3 + 160],
  [16_000, 16_000 * 2 + 7],
  [24_000, 24_000],
  [48_000, 48_000],
  [8000, 0],
])('at %i Hz, %i samples stay as many, and where they were', async (rate, length) => {
  const caller = joined(silence(200, rate), voiceLike(5000, rate)).subarray(0, length)
  const agent = joined(silence(700, rate), voiceLike(5000, rate, { hz: 200 })).subarray(0, length)
  const [left, right] = played(await encoded(interleaved(caller, agent), rate, 1000), rate)
  expect([left.length, right.length]).toEqual([length, length])
  for (const [track, startS] of length === 0
    ? []
    : ([
        [left, 0.2],
        [right, 0.7],
      ] as const)) {
    const first = track.findIndex(sample => Math.abs(sample) > 2000)
    expect(Math.abs(first / rate - startS)).toBeLessThan(0.01)
  }
})

test('nothing of one side is heard on the other', async () => {
  const voice = voiceLike(3000, 8000)
  const [left, right] = played(await encoded(interleaved(voice, silence(3000, 8000)), 8000, 960), 8000)
  expect(dbfsOf(powerOf(left))).toBeGreaterThan(-30)
  expect(dbfsOf(powerOf(right))).toBeLessThan(-70)
})

test('the blocks that it comes in do not matter', async () => {
  const sound = interleaved(voiceLike(2000, 8000), voiceLike(2000, 8000, { hz: 200 }))
  const [one, two, three] = await Promise.all([32_000, 322, 2].map(length => encoded(sound, 8000, length)))
  expect(one!.equals(two!)).toBe(true)
  expect(one!.equals(three!)).toBe(true)
})

test('a packet of a multiple of 255 bytes ends with a segment of nothing', () => {
  const packets = [Buffer.alloc(255, 1), Buffer.alloc(510, 2), Buffer.alloc(0), Buffer.alloc(1, 3)]
  expect(pagesOf(new OggPages(9).page(packets, 960))).toEqual([{ flags: 0, position: 960, sequence: 0, packets }])
  expect(OggPages.fits(Array.from({ length: 255 }, () => Buffer.alloc(254)))).toBe(true)
  expect(OggPages.fits(Array.from({ length: 128 }, () => Buffer.alloc(255)))).toBe(false)
})
