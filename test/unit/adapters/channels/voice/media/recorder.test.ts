import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pcmFile } from '../../../../../../src/adapters/channels/voice/media/pcm-file.js'
import { Recorder } from '../../../../../../src/adapters/channels/voice/media/recorder.js'
import { writeRecording } from '../../../../../../src/adapters/channels/voice/media/write-recording.js'
import { inParts, voiceLike } from '../../../../../support/voice-like.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callsheet-recorder-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const rate = 8000

async function record(caller: Int16Array, agent: Int16Array): Promise<string> {
  const pcm = join(folder, 'call.pcm')
  const recorder = new Recorder(pcmFile(pcm))
  const theirs = inParts(agent, 160)
  for (const [i, part] of inParts(caller, 160).entries()) recorder.add(part, theirs[i]!)
  await recorder.close()
  return pcm
}

test.each([0, 160, 160 * 50, 32_768, 32_768 * 5 + 160])('a recording of %i samples has both tracks, sample for sample', async length => {
  const [caller, agent] = [voiceLike(60_000, rate).subarray(0, length), voiceLike(60_000, rate, { hz: 200 }).subarray(0, length)]
  const pcm = await record(caller, agent)
  const wav = join(folder, 'call.wav')
  const facts = await writeRecording({ pcm, rate }, wav, 'wav')

  const bytes = readFileSync(wav)
  const both = new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length))
  expect(both.length).toBe(length * 2)
  expect(both.every((sample, i) => sample === (i % 2 === 0 ? caller : agent)[i >> 1])).toBe(true)
  expect(bytes.readUInt32LE(40)).toBe(length * 4)
  expect(bytes.readUInt16LE(22)).toBe(2)
  expect(facts).toMatchObject({ bytes: bytes.length, channels: 2, rate, seconds: length / rate, mediaType: 'audio/wav' })
  expect(facts.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(readdirSync(folder)).toEqual(['call.wav'])
})

test('peaks are the loudest samples of 400 parts', async () => {
  const [caller, agent] = [new Int16Array(4000), new Int16Array(4000)]
  caller[5] = -32_768
  agent[3999] = 16_384
  const pcm = await record(caller, agent)
  const { peaks } = await writeRecording({ pcm, rate }, join(folder, 'call.wav'), 'wav')
  expect(peaks.map(track => track.length)).toEqual([400, 400])
  expect(peaks[0].flatMap((peak, part) => (peak > 0 ? [[part, peak]] : []))).toEqual([[0, 1]])
  expect(peaks[1].flatMap((peak, part) => (peak > 0 ? [[part, peak]] : []))).toEqual([[399, 0.5]])
})

test('a disk that cannot be written to fails at the end, and not in the call', async () => {
  const recorder = new Recorder(pcmFile(join(folder, 'no', 'such', 'folder.pcm')))
  for (let i = 0; i < 1000; i += 1) recorder.add(new Int16Array(160), new Int16Array(160))
  await expect(recorder.close()).rejects.toThrow('ENOENT')
})

test('a recording that cannot be written leaves no half of it, and the sound stays', async () => {
  const pcm = await record(voiceLike(100, rate), voiceLike(100, rate))
  await expect(writeRecording({ pcm, rate }, join(folder, 'none', 'call.wav'), 'wav')).rejects.toThrow('ENOENT')
  expect(readdirSync(folder)).toEqual(['call.pcm'])
})

test('a recording in Opus says what it is, and is a tenth of the size', async () => {
  const pcm = await record(voiceLike(10_000, rate), voiceLike(10_000, rate, { hz: 200 }))
  const file = join(folder, 'call.opus')
  const facts = await writeRecording({ pcm, rate }, file, 'opus')
  const bytes = readFileSync(file)
  expect(facts).toMatchObject({ mediaType: 'audio/ogg', bytes: bytes.length, rate, seconds: 10, channels: 2 })
  expect(facts.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(bytes.length).toBeLessThan(32_000)
  expect(readdirSync(folder)).toEqual(['call.opus'])
})

test('Opus does not know every rate', async () => {
  const pcm = await record(voiceLike(100, rate), voiceLike(100, rate))
  await expect(writeRecording({ pcm, rate: 11_025 }, join(folder, 'call.opus'), 'opus')).rejects.toThrow(RangeError)
  expect(readdirSync(folder)).toEqual(['call.pcm'])
})
