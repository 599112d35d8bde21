import { describe, expect, test } from 'vitest'
import { timeline, timelineHead } from '../../../../src/adapters/reporters/timeline.js'
import type { TimelineCall, TimelineOptions } from '../../../../src/adapters/reporters/timeline/call.js'
import { scaleFor, timeText } from '../../../../src/adapters/reporters/timeline/scale.js'
import type { RunKey } from '../../../../src/domain/ids.js'
import type { Sound } from '../../../../src/domain/sound.js'
import type { Moment } from '../../../../src/domain/transcript.js'

const plain: TimelineOptions = { colour: false, width: 80, isPlain: true }

const said = (by: 'agent' | 'caller', turn: number, startS: number, endS: number, text: string): Moment => ({
  type: 'said',
  by,
  turn,
  startS,
  endS,
  text,
})

const sound: Sound = {
  rate: 8000,
  seconds: 12,
  stretches: [
    { by: 'agent', startS: 0.4, endS: 2, segment: 1 },
    { by: 'caller', startS: 2.6, endS: 3.6 },
    { by: 'agent', startS: 4.22, endS: 8, segment: 2 },
    { by: 'caller', startS: 7, endS: 9, kind: 'barge_in' },
  ],
  caller: { levelDbfs: -20.04, snrDb: 31.5, clipped: 0, dropouts: 1 },
  agent: { levelDbfs: null, snrDb: null, clipped: 0, dropouts: 0 },
  pacing: { p99Ms: 0.84, worstMs: 3.2, late: 0, lost: 0, frames: 1200 },
  detector: 'energy',
  mouth: 'command voice',
  waits: [{ startS: 9.5, endS: 10.5 }],
}

const call: TimelineCall = {
  run: 'smoke/cancel#1' as RunKey,
  attempt: 1,
  attempts: 1,
  status: 'passed',
  transcript: {
    moments: [
      said('agent', 0, 0.4, 2, 'Cedarwood clinic.'),
      said('caller', 1, 2.6, 3.6, 'Please cancel.'),
      said('caller', 2, 7, 9, 'No, wait!'),
      { type: 'dtmf', by: 'caller', digits: '12#', turn: 2, startS: 11, endS: 11 },
    ],
    metadata: {},
    ending: { by: 'caller', reason: 'Testing agent-ended-call', atS: 12 },
  },
  sound,
  answers: [{ startS: 4.22, latencyMs: 620 }],
  bargeIns: [sound.stretches[3]!],
}

describe('the timeline of a call', () => {
  test('has two lanes, latencies, barge-ins, keys, waits, words and quality', () => {
    expect(timeline(call, plain)).toBe(`smoke/cancel#1  passed, 12.0 s

          0:00      0:02      0:04      0:06      0:08      0:10
  caller  .............#####.................!#########..~~~~~~..*....
  agent   ..########...........###################....................
                        0.62 s ^
  # speech, ^ latency, ! barge-in, * keys, ~ the caller lets the agent wait, 0.2
  s per column

   0:00.4  agent            Cedarwood clinic.
   0:02.6  caller           Please cancel.
   0:04.2  agent   +0.62 s  (speaks for 3.78 s; no words were made out)
   0:07.0  caller           No, wait! [barge-in]
   0:09.5  caller           (lets the agent wait for 1.00 s)
   0:11.0  caller           (keys) 12#
   0:12.0                   Ended: Testing agent-ended-call

Answers: 1, after 0.62 s at the median and 0.62 s at most; 1 barge-in
Quality: caller -20.0 dBFS, SNR 31.5 dB, 0 clipped samples, 1 dropout; agent
  without speech; speech told by energy
Pacing: p99 0.8 ms, worst 3.2 ms; of 1,200 frames, 0 late and 0 lost
Engines: spoken by command voice
`)
  })

  test('is as wide as the terminal, in rows where a call is long', () => {
    for (const width of [40, 80, 200]) {
      const lines = timeline({ ...call, sound: { ...sound, seconds: 300 } }, { ...plain, width }).split('\n')
      const lanes = lines.filter(line => line.startsWith('  caller  '))
      expect(lanes.length).toBeGreaterThan(1)
      expect(lanes.length).toBeLessThanOrEqual(8)
      expect(lanes[0]).toHaveLength(width)
      expect(Math.max(...lanes.map(line => line.length))).toBe(width)
    }
  })

  test('shows loudness where the terminal can and there is a recording', () => {
    const peaks = Array.from({ length: 400 }, (_, i) => (i < 100 ? 1 : 0.1))
    const recording = { path: 'r.wav', sha256: '', bytes: 1, mediaType: 'audio/wav', channels: 2, rate: 8000, seconds: 12 } as const
    const drawn = timeline(
      { ...call, sound: { ...sound, recording: { ...recording, peaks: [peaks, peaks] } } },
      { ...plain, isPlain: false },
    )
    expect(drawn).toContain('  caller  ·············██▅▅▅')
  })

  test('an agent cannot act on the terminal', () => {
    const text = 'a\u001B[2Jb\n  0:00.1  caller  forged \u202E'
    const { transcript } = call
    const drawn = timeline({ ...call, transcript: { ...transcript, moments: [said('agent', 0, 0.4, 2, text)] } }, plain)
    expect(['\u001B', '\u202E'].filter(sign => drawn.includes(sign))).toEqual([])
    expect(drawn).toContain('a␛[2Jb ⏎')
    expect(drawn).not.toMatch(/^ *0:00\.1/m)
  })

  test('colours only where it may, and paints neighbours at once', () => {
    expect(timeline(call, plain)).not.toContain('\u001B')
    expect(timeline(call, { ...plain, colour: true })).toContain('\u001B[32m#####\u001B[39m')
  })

  test('a call of no time, without words, is drawn too', () => {
    const silent = { ...call, answers: [], bargeIns: [], sound: { ...sound, seconds: 0, stretches: [], waits: [] } }
    const drawn = timeline({ ...silent, transcript: { ...call.transcript, moments: [] } }, plain)
    expect(drawn).toContain('  caller  .\n  agent   .\n')
    expect(drawn).toContain('Answers: none; 0 barge-ins')
  })

  test('says which attempt it is, of several', () => {
    expect(timelineHead({ ...call, attempt: 2, attempts: 3 })).toBe('smoke/cancel#1  passed, 12.0 s, attempt 2 of 3')
  })
})

test.each([
  [3, { stepS: 0.05, columns: 70, rows: 1 }],
  [14, { stepS: 0.2, columns: 70, rows: 1 }],
  [112, { stepS: 0.2, columns: 70, rows: 8 }],
  [113, { stepS: 0.5, columns: 70, rows: 4 }],
  [1e9, { columns: 70, rows: 8 }],
])('a call of %d s in 70 columns', (seconds, scale) => {
  expect(scaleFor(seconds, 70)).toMatchObject(scale)
})

test('times have minutes and tenths of seconds', () => {
  expect([timeText(0.04), timeText(59.96), timeText(61.25), timeText(3600, true)]).toEqual(['0:00.0', '1:00.0', '1:01.3', '60:00'])
})
