import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pcmFile } from '../../../../../../src/adapters/channels/voice/media/pcm-file.js'
import { Recorder } from '../../../../../../src/adapters/channels/voice/media/recorder.js'
import { writeWavRecording } from '../../../../../../src/adapters/channels/voice/media/write-recording.js'
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
  const facts = await writeWavRecording(pcm, rate, wav)

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
  const { peaks } = await writeWavRecording(pcm, rate, join(folder, 'call.wav'))
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
  await expect(writeWavRecording(pcm, rate, join(folder, 'none', 'call.wav'))).rejects.toThrow('ENOENT')
  expect(readdirSync(folder)).toEqual(['call.pcm'])
})
