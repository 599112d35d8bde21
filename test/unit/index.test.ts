import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
