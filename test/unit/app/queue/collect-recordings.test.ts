import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { besideResult } from '../../../../src/adapters/recordings/beside-result.js'
import { createRecordingCollector } from '../../../../src/app/queue/collect-recordings.js'
import type { RunEnded } from '../../../../src/domain/event.js'
import type { Recording } from '../../../../src/domain/recording.js'
import type { WorkerEvent } from '../../../../src/ports/run-queue.js'

let place: string
beforeEach(() => (place = mkdtempSync(join(tmpdir(), 'callsheet-collect-'))))
afterEach(() => rmSync(place, { recursive: true, force: true }))

const sound = Buffer.from('sound of a call')

function recordingAt(path: string, change: Partial<Recording> = {}): Recording {
  const sha256 = createHash('sha256').update(sound).digest('hex')
  const facts = { path, sha256, bytes: sound.length, mediaType: 'audio/wav', channels: 2, rate: 8000, seconds: 1 } as const
  return { ...facts, peaks: [[], []], ...change }
}

const outcomeOf = (recording: Recording): RunEnded['outcome'] =>
  ({ status: 'failed', transcript: { moments: [], metadata: {}, sound: { recording } } }) as unknown as RunEnded['outcome']

function endWith(recording: Recording, earlier: readonly Recording[] = []): RunEnded {
  const attempts = earlier.map(each => ({ startedAt: '', durationMs: 0, outcome: outcomeOf(each) }))
  return { type: 'run.ended', index: 0, outcome: outcomeOf(recording), earlier: attempts } as unknown as RunEnded
}

function queueWith(stored: Readonly<Record<string, readonly Uint8Array[]>>) {
  const dropped: string[] = []
  return {
    dropped,
    async *recording(_: string, name: string) {
      yield* stored[name] ?? []
    },
    async dropRecordings(_: string, names: readonly string[]) {
      dropped.push(...names)
    },
  }
}

const recordingOf = (event: WorkerEvent | undefined): Recording | undefined =>
  ((event as RunEnded).outcome as { transcript: { sound: { recording?: Recording } } }).transcript.sound.recording

test('a recording is fetched once, by whichever event speaks of it, and dropped from the queue when asked', async () => {
  const queue = queueWith({ '1-1.wav': [sound.subarray(0, 4), sound.subarray(4)], '1-2.wav': [sound] })
  const collector = createRecordingCollector('order', { recordings: besideResult(place) }, queue)
  const { events, drop } = await collector.collect([endWith(recordingAt('queue:1-2.wav'), [recordingAt('queue:1-1.wav')])])
  expect(recordingOf(events[0])?.path).toBe('recordings/1-2.wav')
  expect((events[0] as RunEnded).earlier.map(({ outcome }) => recordingOf({ outcome } as never)?.path)).toEqual(['recordings/1-1.wav'])
  for (const name of ['1-1.wav', '1-2.wav']) expect(readFileSync(join(place, 'recordings', name))).toEqual(sound)
  expect(queue.dropped).toEqual([])
  await drop()
  expect(queue.dropped.toSorted()).toEqual(['1-1.wav', '1-2.wav'])
  const again = await collector.collect([endWith(recordingAt('queue:1-2.wav'))])
  expect(recordingOf(again.events[0])?.path).toBe('recordings/1-2.wav')
})

test.each<[string, readonly Uint8Array[]]>([
  ['lost with the queue', []],
  ['short', [sound.subarray(1)]],
  ['another one', [Buffer.from('sound of a bell')]],
  ['too long', [sound, sound]],
])('a recording that is %s is left out, and nothing of it stays', async (_, pieces) => {
  const collector = createRecordingCollector('order', { recordings: besideResult(place) }, queueWith({ '1-1.wav': pieces }))
  const { events } = await collector.collect([endWith(recordingAt('queue:1-1.wav'))])
  expect(recordingOf(events[0])).toBeUndefined()
  expect(readdirSync(join(place, 'recordings'))).toEqual([])
})

test('a name that is no name of a recording is not written to', async () => {
  const queue = queueWith({ '../x.wav': [sound] })
  const { events } = await createRecordingCollector('order', { recordings: besideResult(place) }, queue).collect([
    endWith(recordingAt('queue:../x.wav')),
  ])
  expect(recordingOf(events[0])).toBeUndefined()
  expect(existsSync(join(place, 'x.wav'))).toBe(false)
})

test('a recording that a worker keeps in a shared folder stays where it is', async () => {
  const collector = createRecordingCollector('order', { recordings: besideResult(place) }, queueWith({}))
  const { events } = await collector.collect([endWith(recordingAt('file:///shared/7/1-1.wav'))])
  expect(recordingOf(events[0])?.path).toBe('file:///shared/7/1-1.wav')
})
