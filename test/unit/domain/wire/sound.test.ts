import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHostedRun } from '../../../../src/adapters/clients/read-runs.js'
import type { Sound, Stretch, TrackQuality } from '../../../../src/domain/sound.js'
import { writeMetadata } from '../../../../src/domain/wire/run-metadata.js'
import { readSound, writeSound } from '../../../../src/domain/wire/sound.js'
import { agentAt, callerAt, soundOf } from '../../../support/sounds.js'

const seconds = fc.double({ min: 0, max: 1e6, noNaN: true }).map(at => at + 0)
const times = { startS: seconds, endS: seconds }
const yes = fc.constant(true as const)
const stretch: fc.Arbitrary<Stretch> = fc.record(
  {
    by: fc.constantFrom('agent' as const, 'caller' as const),
    ...times,
    segment: fc.nat(),
    kind: fc.constantFrom('barge_in' as const, 'backchannel' as const, 'tic' as const, 'idle_prompt' as const),
    cut: yes,
  },
  { requiredKeys: ['by', 'startS', 'endS'] },
)
const decibels = fc.option(fc.double({ min: -120, max: 120, noNaN: true }).map(db => db + 0))
const track: fc.Arbitrary<TrackQuality> = fc.record({ levelDbfs: decibels, snrDb: decibels, clipped: fc.nat(), dropouts: fc.nat() })
const sound: fc.Arbitrary<Sound> = fc.record(
  {
    rate: fc.nat(),
    seconds,
    stretches: fc.array(stretch),
    caller: track,
    agent: track,
    pacing: fc.record({ p99Ms: seconds, worstMs: seconds, late: fc.nat(), lost: fc.nat(), frames: fc.nat() }),
    detector: fc.constantFrom('energy' as const, 'fvad' as const, 'silero' as const),
    mouth: fc.string(),
    ears: fc.string(),
    waits: fc.array(fc.record(times)),
    claimed: fc.array(fc.record({ text: fc.string(), atS: seconds })),
    warnings: fc.array(fc.string()),
    selfHeard: fc.record({ said: fc.array(fc.record({ text: fc.string(), heard: fc.string() })), usualWer: seconds }),
  },
  { requiredKeys: ['rate', 'seconds', 'stretches', 'caller', 'agent', 'pacing', 'detector'] },
)

test('any sound, written and read, is the same', () => {
  fc.assert(
    fc.property(sound, each => {
      expect(readSound(JSON.parse(JSON.stringify(writeSound(each))))).toEqual(each)
    }),
  )
})

test('half a measurement is none, and nothing throws', () => {
  const whole: unknown = JSON.parse(JSON.stringify(writeSound(soundOf([agentAt(0, 1), callerAt(2, 3)]))))
  for (const key of ['rate', 'seconds', 'stretches', 'caller', 'agent', 'pacing', 'detector']) {
    expect(readSound({ ...(whole as object), [key]: undefined })).toBe(undefined)
    expect(readSound({ ...(whole as object), [key]: [{ by: 'nobody' }] })).toBe(undefined)
  }
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      readSound(value)
    }),
  )
})

test('the recording stays where it is', () => {
  const recording = {
    path: 'r.wav',
    sha256: '',
    bytes: 1,
    mediaType: 'audio/wav',
    channels: 2,
    rate: 1,
    seconds: 1,
    peaks: [[], []],
  } as const
  expect(JSON.stringify(writeSound(soundOf([], { recording })))).not.toContain('r.wav')
})

test("a run of another Callsheet keeps its sound; another service's does not have ours", () => {
  const measured = soundOf([agentAt(0, 1), callerAt(2, 3)])
  const transcript = { metadata: {}, ending: { by: 'agent', reason: 'Main agent-ended-call', atS: 4 }, sound: measured } as const
  const run = { id: 1, status: 'completed', metadata: JSON.parse(JSON.stringify(writeMetadata(transcript, {}))) as unknown }
  expect(readHostedRun(run, true)?.transcript.sound).toEqual(measured)
  expect(readHostedRun(run, false)?.transcript.sound).toBe(undefined)
})
