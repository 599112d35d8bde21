import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RunEnded } from '../../src/domain/event.js'
import type { Sound } from '../../src/domain/sound.js'
import type { Moment } from '../../src/domain/transcript.js'
import { openWorkplace, type Workplace } from './workplace.js'

const bytes = Buffer.from('two tracks')
const sound: Sound = {
  rate: 8000,
  seconds: 9,
  stretches: [
    { by: 'agent', startS: 0.4, endS: 2, segment: 1 },
    { by: 'caller', startS: 2.6, endS: 3.6 },
    { by: 'agent', startS: 4.1, endS: 8, segment: 2 },
    { by: 'caller', startS: 6, endS: 8.5, kind: 'barge_in' },
  ],
  caller: { levelDbfs: -20, snrDb: 40, clipped: 0, dropouts: 0 },
  agent: { levelDbfs: -18, snrDb: 30, clipped: 0, dropouts: 0 },
  pacing: { p99Ms: 1, worstMs: 3, late: 0, lost: 0, frames: 450 },
  detector: 'energy',
  recording: {
    path: 'recordings/0-1.wav',
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    mediaType: 'audio/wav',
    channels: 2,
    rate: 8000,
    seconds: 9,
    peaks: [[0.5], [0.5]],
  },
}
const moments: readonly Moment[] = [
  { type: 'said', by: 'agent', turn: 0, startS: 0.4, endS: 2, text: 'Clinic. \u001B[2J' },
  { type: 'said', by: 'caller', turn: 1, startS: 2.6, endS: 3.6, text: 'Hi.' },
  { type: 'said', by: 'agent', turn: 1, startS: 4.1, endS: 8, text: 'hello' },
  { type: 'said', by: 'caller', turn: 2, startS: 6, endS: 8.5, text: 'Wait!' },
]

let place: Workplace
const recording = (): string => join(place.path, 'r', sound.recording!.path)

/** A result of two runs, of which the first is given sound. */
beforeAll(async () => {
  place = await openWorkplace()
  place.write('agent.mjs', `export default () => 'hello'\n`)
  const scenario = `{ script: { first_message: "Hi. <endcall/>" }, expect: [{ agent_says: { contains: hello } }] }`
  const agents = 'agents: { shop: { connection: { type: module, path: agent.mjs } } }'
  place.write('shop.yaml', `version: 1\nsuite: { name: Shop }\n${agents}\nscenarios:\n  greets: ${scenario}\n  asks: ${scenario}\n`)
  await place.run(['run', 'shop.yaml', '--out', 'text'])
  await place.run(['run', 'shop.yaml', '--out', 'r'])
  const journal = join(place.path, 'r/journal.jsonl')
  const lines = readFileSync(journal, 'utf8').trimEnd().split('\n')
  writeFileSync(journal, `${lines.map(line => (line.includes('"run.ended","index":0') ? withSound(line) : line)).join('\n')}\n`)
})
afterAll(() => place[Symbol.asyncDispose]())
beforeEach(() => {
  mkdirSync(join(place.path, 'r/recordings'), { recursive: true })
  writeFileSync(recording(), bytes)
})

function withSound(line: string): string {
  const run = JSON.parse(line) as RunEnded
  if (run.outcome.status !== 'passed') throw new Error(`The run ended ${run.outcome.status}.`)
  const { transcript } = run.outcome
  return JSON.stringify({ ...run, outcome: { ...run.outcome, transcript: { ...transcript, moments, sound } } })
}

describe('callsheet listen', () => {
  test('without a run lists those that have sound', async () => {
    expect(await place.run(['listen', 'r'])).toEqual({
      exit: 0,
      stdout: 'shop/greets#1  passed, 9.0 s\n\n1 call with sound. Show one with: callsheet listen r <run>\n',
      stderr: '',
    })
  })

  test('shows a call in two lanes, its words, and the recording that the journal knows', async () => {
    const { exit, stdout, stderr } = await place.run(['listen', 'r', 'shop/greets#1'])
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(stdout).toContain('  caller  .............#####............!############..')
    expect(stdout).toContain('   0:04.1  agent   +0.50 s  hello\n   0:06.0  caller           Wait! [barge-in]\n')
    expect(stdout).toContain(`Recording: ${recording()}\n  10 bytes, audio/wav, 8000 Hz`)
    expect(stdout).toContain(`${sound.recording!.sha256}, as in the journal\n`)
    expect(stdout).not.toContain('\u001B')
  })

  test('draws with more than ASCII in a coloured terminal of UTF-8', async () => {
    const [unicode, ascii] = ['de_DE.UTF-8', 'C'].map(LANG => ({ NO_COLOR: '', FORCE_COLOR: '1', LANG }))
    expect((await place.run(['listen', 'r', 'greets'], unicode)).stdout).toContain('▇')
    const { stdout } = await place.run(['listen', 'r', 'greets'], ascii)
    expect(stdout).toContain('\u001B[32m#####')
    expect(stdout).not.toContain('▇')
  })

  test('a page plays it: copied beside, or by default in a folder, or not at all, and never if it was changed', async () => {
    const report = (...args: string[]) => place.run(['report', 'r', '--reporter', 'none', ...args])
    const page = (file: string): string => readFileSync(join(place.path, file), 'utf8')
    expect(await report('--html', 'a.html', '--html-audio', 'beside')).toMatchObject({ exit: 0, stderr: '' })
    expect(readFileSync(join(place.path, 'a-recordings/0-1.wav'))).toEqual(bytes)
    await report('--html', 'page/')
    expect(readFileSync(join(place.path, 'page/recordings/0-1.wav'))).toEqual(bytes)
    await report('--html', 'b.html')
    expect(existsSync(join(place.path, 'b-recordings'))).toBe(false)
    await report('--html', 'c.html', '--html-audio', 'failed')
    expect(page('c.html')).not.toContain('id="audio-')
    writeFileSync(recording(), 'two tricks')
    await report('--html', 'd.html', '--html-audio', 'beside')
    expect(existsSync(join(place.path, 'd-recordings'))).toBe(false)
  })

  test('a recording that was changed is told, with exit code 1', async () => {
    writeFileSync(recording(), 'two tricks')
    const { exit, stdout, stderr } = await place.run(['listen', 'r', 'shop/greets#1'])
    expect(exit).toBe(1)
    expect(stdout).toContain('hello')
    expect(stderr).toMatch(/^error: \S+ is not the recording of this call: its sha256 is \w+, and the journal says \w+\.\n$/)
  })

  test('a recording that is gone is told, with exit code 3', async () => {
    rmSync(recording())
    const { exit, stderr } = await place.run(['listen', 'r', 'shop/greets#1'])
    expect(exit).toBe(3)
    expect(stderr).toBe(`error: The recording is gone: ${recording()}. Put the file back, or run the case again with recordings: all.\n`)
  })

  test.each([
    [['listen', 'nowhere'], 'There is no result "nowhere"'],
    [['listen', 'text'], 'No run of text has sound. Read what was said with: callsheet report text.'],
    [['listen', 'r', 'shop/asks#1'], 'No attempt of run shop/asks#1 has sound.'],
    [['listen', 'r', 'sings'], 'There is no run "sings" in r. List the runs with: callsheet listen r'],
    [['listen', 'r', 'shop'], '2 runs of r have "shop" in their key.'],
    [['listen', 'r', 'greets', '--attempt', '2'], 'Attempt 2 of run shop/greets#1 has no sound. These have: 1.'],
    [['listen', 'r', '--attempt', '2'], '--attempt needs a run.'],
  ])('%j is one line that says what to do, and exit code 2', async (args, message) => {
    const { exit, stdout, stderr } = await place.run(args)
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(stderr).toContain(`error: ${message}`)
    expect(stderr.trimEnd()).not.toContain('\n')
  })
})
