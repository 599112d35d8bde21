import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { consoleReport } from '../../../../src/adapters/reporters/console.js'
import { junit } from '../../../../src/adapters/reporters/junit.js'
import { textOf } from './report-text.js'
import {
  failed,
  passed,
  resultOf,
  runsWith,
  sampleResult,
  sampleRuns,
  sampleStarted,
  startedWith,
  transcriptOf,
  runAt,
} from './sample-result.js'

const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'a.yaml', line: 1 }
// oxlint-disable-next-line no-control-regex -- they are what it looks for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u

test('a result with every outcome', async () => {
  await expect(await textOf(consoleReport, sampleResult())).toMatchFileSnapshot('expected/console.txt')
})

test('in colour it says the same', async () => {
  const plain = await textOf(consoleReport, sampleResult())
  const colour = await textOf(consoleReport, sampleResult(), { colour: true })
  expect(colour).toContain('\u001b[1m\u001b[31mFAILED: 4 of 12 runs passed in 12.3 s')
  // oxlint-disable-next-line no-control-regex -- they are what it looks for
  expect(colour.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain)
})

test('nothing that was said, named or measured reaches the terminal as a control sequence, or a log as a command', async () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map(units => String.fromCharCode(...units)),
    fc
      .array(
        fc.constantFrom(
          '\u001b]0;title\u0007',
          '\u001b[2J',
          '\u009b31m',
          '\u202e',
          '\u2066',
          '\r',
          '\u0008',
          'a b ',
          '\n',
          ' ',
          '::',
          '##',
          '[',
          'error',
          '::stop-commands::',
        ),
        {
          maxLength: 60,
        },
      )
      .map(parts => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(texts, async text => {
      const odd = { ...scenario, name: text, folder: text, file: text }
      const started = startedWith([{ name: text, slug: 'a', scenarios: [[odd, 2]] }])
      const outcomes = [
        {
          ...failed,
          transcript: transcriptOf(text, text),
          verdict: { holds: 'no' as const, checks: [{ assertion: text, holds: 'no' as const, because: text, turn: 1 }], metrics: [] },
        } as typeof failed,
        {
          status: 'infra_error' as const,
          transcript: transcriptOf(text),
          fault: { by: 'infra' as const, code: 'tls' as const, message: text },
        },
      ]
      const result = resultOf({ ...started, suite: { name: text, file: text } }, runsWith(started, outcomes))
      const shown = await textOf(consoleReport, result)
      expect(shown.replaceAll('\n', '')).not.toMatch(control)
      expect(shown).not.toMatch(/^\s*::|##[\w.-]*\[/m)
    }),
    { numRuns: 60 },
  )
})

test('runs that failed for one cause are shown by one example', async () => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 300]] }])
  const text = await textOf(consoleReport, resultOf(started, runsWith(started, Array(300).fill(failed))))
  expect(text.match(/^✗ smoke\/a/gm)).toHaveLength(1)
  expect(text).toContain('300 runs of 1 case: agent_says contains "cancelled"')
})

test('an entry of many cases shows those that did not pass, and counts the others', async () => {
  const scenarios = Array.from({ length: 200 }, (_, i) => [{ ...scenario, key: `s${i}`, name: `S${i}` }, 1] as const)
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios }])
  const outcomes = scenarios.map((_, i) => (i < 120 ? passed() : failed))
  const text = await textOf(consoleReport, resultOf(started, runsWith(started, outcomes)))
  expect(text).toContain('  ✓ 120 cases passed every time\n  ✗ 0/1  S120 ')
  expect(text).toContain('and 30 more cases that did not pass')
})

test('a long conversation is shown around the turn that failed', async () => {
  const answers = Array.from({ length: 60 }, (_, i) => `answer ${i + 1}`)
  const verdict = { holds: 'no' as const, checks: [{ assertion: 'x', holds: 'no' as const, because: 'y', turn: 30 }], metrics: [] }
  const run = { ...runAt(1), outcome: { status: 'failed' as const, transcript: transcriptOf(...answers), verdict } }
  const text = await textOf(
    consoleReport,
    resultOf(
      sampleStarted,
      sampleRuns.map(one => (one.index === 1 ? run : one)),
    ),
  )
  expect(text).toContain('▶ [00:29] Main Agent: answer 30\n')
  expect(text).toContain('[00:26] Main Agent: answer 27\n')
  expect(text).not.toContain('answer 20\n')
  expect(text).toContain('... 50 more lines ...')
})

test('the command to run one again has the cassette, also that of a rescored result that was replayed', async () => {
  const first = startedWith([{ name: 'A', slug: 'a', scenarios: [[scenario, 1]] }])
  const rescored = { ...first, rescoredFrom: first.result }
  const command = async (mode: 'recorded' | 'replayed') => {
    const result = resultOf({ ...rescored, cassette: { mode, file: 'tape.jsonl' } }, runsWith(rescored, [failed]))
    return /Run one again: .*/.exec(await textOf(consoleReport, result))?.[0]
  }
  expect(await command('replayed')).toMatch(/ --filter \S+ --replay tape\.jsonl$/)
  expect(await command('recorded')).toMatch(/ --filter \S+$/)
})

test('the command to run one again is one that a shell takes', async () => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[{ ...scenario, key: "it's" }, 1]] }])
  const text = await textOf(
    consoleReport,
    resultOf({ ...started, suite: { name: 'S', file: 'my suite.yaml' } }, runsWith(started, [failed])),
  )
  expect(text).toContain(`callsheet run 'my suite.yaml' --filter 'smoke/it'\\''s/calm/maria'\n`)
})

test('what is to be typed next says where models answer from; one case alone is not recorded', async () => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 1]] }])
  const steps = async (mode: 'recorded' | 'replayed', stopped?: 'cancelled' | 'max_cost') => {
    const result = resultOf({ ...started, cassette: { mode, file: 'a tape.jsonl' } }, runsWith(started, [failed]), stopped && { stopped })
    return (await textOf(consoleReport, result))
      .split('\n')
      .filter(line => /^(Resume|Run one)/.test(line))
      .map(line => line.replace(/^.* smoke\/a\S*|^.*-1f3a/, ''))
  }
  expect(await steps('replayed')).toEqual([" --replay 'a tape.jsonl'"])
  expect(await steps('recorded')).toEqual([" --replay 'a tape.jsonl'"])
  expect(await steps('replayed', 'cancelled')).toEqual([" --replay 'a tape.jsonl'", " --replay 'a tape.jsonl'"])
  // under the same max_cost nothing more may run
  expect(await steps('recorded', 'max_cost')).toEqual([" --replay 'a tape.jsonl'"])
  expect(await steps('recorded', 'cancelled')).toEqual([" --record 'a tape.jsonl'", ''])
})

test('of the controls that a judge got wrong each has a line of its own', async () => {
  const gate = {
    verdict: 'could_not_tell' as const,
    lines: [
      {
        scope: 'suite',
        rule: 'judge_controls',
        required: 'all of them',
        measured: 'right about 1 of 3 controls',
        verdict: 'could_not_tell' as const,
        because: 'a: no; c: perhaps',
      },
    ],
  }
  const controls = [
    { control: 'a', holds: 'no' as const, because: 'no' },
    { control: 'b', holds: 'yes' as const, because: '' },
    { control: 'c', holds: 'unknown' as const, because: 'perhaps' },
  ]
  const text = await textOf(consoleReport, resultOf(sampleStarted, sampleRuns, { gate, controls }))
  expect(text).toContain('right about 1 of 3 controls, required all of them\n      a: no\n      c: perhaps\n\n')
})

test('a reason that comes from a judge is told as its own', async () => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 1]] }])
  const check = {
    assertion: 'expected outcome: It refunds.',
    holds: 'no' as const,
    because: 'It does not.',
    turn: 1,
    line: 7,
    judged: true as const,
  }
  const run = {
    status: 'failed' as const,
    transcript: transcriptOf('No.'),
    verdict: { holds: 'no' as const, checks: [check], metrics: [] },
  }
  const result = resultOf(started, runsWith(started, [run]))
  expect(await textOf(consoleReport, result)).toContain('  expected outcome: It refunds. (turn 1, line 7)\n    judge: It does not.\n')
  expect(await textOf(junit, result)).toContain('  expected outcome: It refunds. (turn 1, a.yaml:7)\n    judge: It does not.')
})

test('a result that was cut off says how to resume it', async () => {
  const text = await textOf(consoleReport, resultOf(sampleStarted, sampleRuns, { stopped: 'crashed' }))
  expect(text).toContain('Resume it:     callsheet run suites/clinic.yaml --resume .callsheet/2026-11-24T20-27-28Z-1f3a\n')
})
