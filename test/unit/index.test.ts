import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, expectTypeOf, test } from 'vitest'
import * as callsheet from '../../src/index.js'
import type {
  Adapters,
  Comparison,
  Destination,
  Diagnostic,
  Executed,
  FinishedResult,
  Gate,
  Outcome,
  PlanOptions,
  Prepared,
  Report,
  RunEnded,
  SuiteEvent,
} from '../../src/index.js'

import { root } from '../suites/callsheet.js'

// What is promised to programs, used as one would use it: nothing here imports anything but the promised names.

const { compareResults, defaultAdapters, executeSuite, makeReports, prepare, rescoreResult, storedResult, toFile } = callsheet

const folder = mkdtempSync(join(tmpdir(), 'callsheet-index-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
writeFileSync(join(folder, 'agent.mjs'), `export default message => message === 'Hi' ? { content: 'Good morning.', end: true } : 'What?'\n`)
const suiteText = (wanted: string): string => `version: 1
suite: { name: Greetings }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
scenarios:
  greets:
    script: { first_message: Hi }
    expect: [{ agent_says: { contains: ${wanted} } }]
`

test('the promised names are these, and no others', () => {
  expect(Object.keys(callsheet).toSorted()).toEqual([
    'compareResults',
    'defaultAdapters',
    'executeSuite',
    'makeReports',
    'prepare',
    'rescoreResult',
    'storedResult',
    'toFile',
  ])
})

test('a CommonJS program can require them', () => {
  const program = `console.log(Object.keys(require(${JSON.stringify(join(root, 'dist/index.js'))})).join())`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=commonjs', '--eval', program], { encoding: 'utf8' })
  expect([stderr, stdout.trim().split(',').toSorted()]).toEqual(['', Object.keys(callsheet).toSorted()])
})

test('no sentence that they return names a flag of the command line', async () => {
  const use = await defaultAdapters({ CALLSHEET_LOGICAL_CLOCK: '2026-01-01T09:00:00Z' })
  await ended(use, 'morning', 'full')
  writeFileSync(join(folder, 'damaged'), '')
  const attempt = async (options: PlanOptions, destination: Destination): Promise<string> => {
    const suite = await prepare({ path: 'suite.yaml', cwd: folder, environment: {}, options }, use)
    if ('diagnostics' in suite) return suite.diagnostics.map(({ message, hint }) => `${message} ${hint}`).join(' ')
    const executed = await executeSuite({ prepared: suite, use, destination })
    return executed.status === 'ended' ? 'ended' : executed.message
  }
  const out = join(folder, 'full')
  const sentences = [
    [await attempt({}, { out }), 'already contains a result'],
    [await attempt({}, { out: join(folder, 'damaged/x') }), 'Cannot make the folder'],
    [await attempt({ frequency: 2 }, { resume: out }), 'The plan has changed'],
    [await attempt({ baseline: join(folder, 'nowhere') }, {}), 'The baseline cannot be used'],
    [await attempt({ tags: ['none'] }, {}), 'The option tag "none" matches nothing'],
    [await attempt({ filter: ['none'] }, {}), 'The option filter "none" matches nothing'],
    [await attempt({ shard: { nth: 2, of: 2 } }, {}), 'None of 1 case matches'],
    [await attempt({ agents: { nobody: 'ws://127.0.0.1:1' } }, {}), 'The option agent names "nobody"'],
    [await attempt({ agents: { shop: 'ws://127.0.0.1:1' } }, {}), "does not fit the agent's connection"],
  ] as const
  for (const [sentence, about] of sentences) {
    expect(sentence).toContain(about)
    expect(sentence).not.toMatch(/(^|\s)--\w/)
  }
})

test('a program runs a suite, reads its result, rescores and compares it', async () => {
  const use = await defaultAdapters({ CALLSHEET_LOGICAL_CLOCK: '2026-01-01T09:00:00Z' })
  const first = await ended(use, 'morning', 'first')
  expect(first.report.gate.verdict).toBe('passed')
  expect((await runsOf(first)).map(({ run, outcome }) => [run, outcome.status])).toEqual([['greetings/greets#1', 'passed']])

  const found = await storedResult(join(folder, 'first'), use)
  if ('problem' in found) throw new Error(found.problem.message)
  expect(found.result.report).toEqual(first.report)
  const junit = join(folder, 'again.xml')
  await makeReports([{ reporter: 'junit', to: toFile(junit) }], found.result, { colour: false, junitPerRun: true })
  expect(readFileSync(junit, 'utf8')).toContain('<testsuites')

  const rescored = await rescoreResult(await prepared(use, 'evening'), first, { out: join(folder, 'second') }, use)
  if (rescored.status !== 'ended') throw new Error(rescored.message)
  expect(rescored.result.report.gate.verdict).toBe('failed')
  expect((await compareResults(first, rescored.result, 0.05, use)).new.result).toBe(rescored.result.report.result)
})

test('events are told as they happen, and a stopped suite calls nobody', async () => {
  const use = await defaultAdapters({})
  const told: string[] = []
  const onEvent = ({ type }: SuiteEvent): void => void told.push(type)
  const greeting = await prepared(use, 'morning')
  await executeSuite({ prepared: greeting, use, destination: { out: join(folder, 'told') }, onEvent })
  expect(told[0]).toBe('suite.started')
  expect(told.at(-1)).toBe('suite.ended')
  expect(told).toContain('run.turn')

  const stopped = AbortSignal.abort()
  const destination = { out: join(folder, 'stopped') }
  const executed = await executeSuite({ prepared: greeting, use, destination, stop: { gently: stopped, now: stopped } })
  if (executed.status !== 'ended') throw new Error(executed.message)
  expect(executed.result.report.totals).toMatchObject({ runs: 1, not_run: 1 })
})

test('mistakes of a suite are data, and a result that is not there is told', async () => {
  const use = await defaultAdapters({})
  writeFileSync(join(folder, 'wrong.yaml'), 'version: 1\nsuite: { nam: Wrong }\n')
  const wrong = await prepare({ path: 'wrong.yaml', cwd: folder, environment: {}, options: {} }, use)
  if (!('diagnostics' in wrong)) throw new Error('It was prepared.')
  const [diagnostic] = wrong.diagnostics
  expectTypeOf(diagnostic).toEqualTypeOf<Diagnostic | undefined>()
  expect(diagnostic).toMatchObject({ severity: 'error', code: expect.any(String) as string, at: { file: { path: 'wrong.yaml' } } })
  expect(await storedResult(join(folder, 'nowhere'), use)).toMatchObject({ problem: { code: 'not_found' } })
})

test('options that no suite could follow are mistakes, all of them told', async () => {
  const use = await defaultAdapters({})
  writeFileSync(join(folder, 'suite.yaml'), suiteText('morning'))
  const told = async (options: object): Promise<string[]> => {
    const suite = await prepare({ path: 'suite.yaml', cwd: folder, environment: {}, options }, use)
    return 'diagnostics' in suite ? suite.diagnostics.map(({ message }) => message) : []
  }
  const wrong = {
    frequency: [-1, 0, 1.5, NaN, Infinity, '2', 2 ** 60],
    concurrency: [0, -2, 1.5],
    maxFailures: [0, -1],
    seed: ['x', -1, 0.5],
    tags: ['smoke', [1]],
    filter: ['greets'],
    cases: [{}],
    shard: [{ nth: 0, of: 2 }, { nth: 3, of: 2 }, { nth: 1 }, '1/2'],
    baseline: ['', 7],
    agents: ['shop=ws://127.0.0.1', { shop: 1 }],
  }
  for (const [option, values] of Object.entries(wrong)) {
    for (const value of values) {
      expect(await told({ [option]: value })).toEqual([expect.stringMatching(new RegExp(`^The option ${option} is .+, but it must be `))])
    }
  }
  expect(await told({ frequency: 0, seed: -1, maxfailures: 1 })).toEqual([
    'The option frequency is 0, but it must be a whole number, 1 or more.',
    'The option seed is -1, but it must be a whole number, 0 or more.',
    'There is no option "maxfailures".',
  ])
  const right = {
    frequency: 2,
    concurrency: 1,
    maxFailures: 1,
    seed: 0,
    filter: ['greets'],
    shard: { nth: 1, of: 1 },
    tags: undefined,
    agents: {},
  }
  expect(await told(right)).toEqual([])
})

test('what only a program can get wrong is thrown, before anything is called', async () => {
  const use = await defaultAdapters({ CALLSHEET_LOGICAL_CLOCK: '2026-01-01T09:00:00Z' })
  const result = await ended(use, 'morning', 'misused')
  for (const alpha of [0, 1, 5, -1, NaN]) {
    await expect(compareResults(result, result, alpha, use)).rejects.toThrow(
      new RangeError(`alpha is ${alpha}, but it must be a number between 0 and 1, such as 0.05.`),
    )
  }
  const reports = [{ reporter: 'junot' as 'junit', to: toFile(join(folder, 'x.xml')) }]
  const unknown = /There is no reporter "junot". Known reporters: /
  await expect(makeReports(reports, result, { colour: false, junitPerRun: false })).rejects.toThrow(unknown)
  const told: string[] = []
  const destination = { out: join(folder, 'misused-too'), reports }
  const suite = await prepared(use, 'morning')
  await expect(executeSuite({ prepared: suite, use, destination, onEvent: ({ type }) => void told.push(type) })).rejects.toThrow(unknown)
  await expect(rescoreResult(suite, result, destination, use)).rejects.toThrow(unknown)
  expect(told).toEqual([])
  expect(existsSync(destination.out)).toBe(false)
})

test('why nobody was called, or the result cannot be finished, is a code', async () => {
  const use = await defaultAdapters({})
  const morning = await prepared(use, 'morning')
  const codeOf = async (destination: Destination, suite = morning): Promise<string> => {
    const executed = await executeSuite({ prepared: suite, use, destination })
    return executed.status === 'ended' ? executed.status : `${executed.status} ${executed.code}`
  }
  await ended(use, 'morning', 'taken')
  writeFileSync(join(folder, 'file'), '')
  expect(await codeOf({ out: join(folder, 'taken') })).toBe('refused exists')
  expect(await codeOf({ out: join(folder, 'file', 'below') })).toBe('refused unwritable')
  expect(await codeOf({ resume: join(folder, 'nowhere') })).toBe('refused not_found')
  expect(await codeOf({ resume: join(folder, 'taken') }, await prepared(use, 'evening'))).toBe('refused plan_changed')
})

test('the types of what is given and returned are those that are promised', () => {
  expectTypeOf(executeSuite).returns.resolves.toEqualTypeOf<Executed>()
  expectTypeOf<Extract<Executed, { status: 'ended' }>['result']>().toEqualTypeOf<FinishedResult>()
  expectTypeOf<FinishedResult['report']>().toEqualTypeOf<Report>()
  expectTypeOf<Report['gate']>().toEqualTypeOf<Gate>()
  expectTypeOf<ReturnType<FinishedResult['runs']>>().toEqualTypeOf<AsyncIterable<readonly RunEnded[]>>()
  expectTypeOf<RunEnded['outcome']>().toEqualTypeOf<Outcome>()
  expectTypeOf(compareResults).returns.resolves.toEqualTypeOf<Comparison>()
  // A program may pass process.env, and leave out all that has a default.
  expectTypeOf(defaultAdapters).toBeCallableWith(process.env)
  expectTypeOf<{ prepared: Prepared; use: Adapters }>().toExtend<Parameters<typeof executeSuite>[0]>()
  expectTypeOf<Record<string, never>>().toExtend<callsheet.PlanOptions>()
})

async function prepared(use: Adapters, wanted: string): Promise<Prepared> {
  writeFileSync(join(folder, 'suite.yaml'), suiteText(wanted))
  const suite = await prepare({ path: 'suite.yaml', cwd: folder, environment: {}, options: {} }, use)
  if ('diagnostics' in suite) throw new Error(suite.diagnostics.map(({ message }) => message).join('\n'))
  return suite
}

async function ended(use: Adapters, wanted: string, out: string): Promise<FinishedResult> {
  const executed = await executeSuite({ prepared: await prepared(use, wanted), use, destination: { out: join(folder, out) } })
  if (executed.status !== 'ended') throw new Error(executed.message)
  return executed.result
}

async function runsOf(result: FinishedResult): Promise<RunEnded[]> {
  const runs: RunEnded[] = []
  for await (const batch of result.runs()) runs.push(...batch)
  return runs
}
