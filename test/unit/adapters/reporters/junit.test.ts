import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { convertJUnitToCTRFReport } from 'junit-to-ctrf'
import { parse, type TestSuites } from 'junit2json'
import { afterAll, describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { junit } from '../../../../src/adapters/reporters/junit.js'
import { unfinishedJunit } from '../../../../src/adapters/reporters/unfinished.js'
import type { RunEnded } from '../../../../src/domain/event.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import type { Report } from '../../../../src/domain/report.js'
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
import { textOf } from './report-text.js'
import { jenkinsSchema } from '../../../support/junit-schema.js'

const schema = jenkinsSchema
const folder = mkdtempSync(join(tmpdir(), 'callsheet-junit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function problemsOf(...reports: string[]): Promise<string[]> {
  const xml = reports.map((contents, i) => ({ fileName: `${i}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema })
  return errors.map(({ rawMessage }) => rawMessage)
}

async function parsed(xml: string): Promise<TestSuites> {
  return (await parse(xml)) as TestSuites
}

const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'a.yaml', line: 1 }

test('a result with every outcome, grouped by case', async () => {
  await expect(await textOf(junit, sampleResult())).toMatchFileSnapshot('expected/junit.xml')
})

test('a result with every outcome, one testcase a run', async () => {
  await expect(await textOf(junit, sampleResult(), { junitPerRun: true })).toMatchFileSnapshot('expected/junit-per-run.xml')
})

test.each([false, true])('it is valid against the schema of Jenkins (per run: %s)', async junitPerRun => {
  expect(await problemsOf(await textOf(junit, sampleResult(), { junitPerRun }))).toEqual([])
})

test.each([
  [false, { tests: 7, failures: 2, errors: 3, skipped: 1 }],
  [true, { tests: 12, failures: 2, errors: 4, skipped: 2 }],
])('two readers that are not ours count what the headers say (per run: %s)', async (junitPerRun, expected) => {
  const xml = await textOf(junit, sampleResult(), { junitPerRun })
  const suites = await parsed(xml)
  const cases = suites.testsuite?.flatMap(suite => suite.testcase ?? []) ?? []
  const { skipped, ...atTop } = expected
  expect(suites).toMatchObject(atTop)
  expect(cases).toHaveLength(expected.tests)
  expect(cases.filter(one => one.failure)).toHaveLength(expected.failures)
  expect(cases.filter(one => one.error)).toHaveLength(expected.errors)
  expect(cases.filter(one => one.skipped)).toHaveLength(skipped)
  for (const suite of suites.testsuite ?? []) {
    expect(suite).toMatchObject({
      tests: suite.testcase?.length,
      failures: suite.testcase?.filter(one => one.failure).length,
      errors: suite.testcase?.filter(one => one.error).length,
      skipped: suite.testcase?.filter(one => one.skipped).length,
    })
  }

  const path = join(folder, 'junit.xml')
  writeFileSync(path, xml)
  const ctrf = await convertJUnitToCTRFReport(path)
  expect(ctrf?.results.summary).toMatchObject({
    tests: expected.tests,
    passed: expected.tests - expected.failures - expected.errors - skipped,
    failed: expected.failures + expected.errors,
    skipped,
  })
})

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map(units => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        ']]>',
        ']]',
        '>',
        '<',
        '&',
        '&#0;',
        '\u0000',
        '\u001b[31m',
        '\ud800',
        '\udc00',
        '\uffff',
        '\ufffe',
        '\r',
        '\n',
        '"',
        '<!--',
        '<?x?>',
      ),
      { maxLength: 20 },
    )
    .map(parts => parts.join('')),
)

test('it is well-formed and valid whatever is said, named or measured', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile, { minLength: 10, maxLength: 20 }), async texts => {
      expect(await problemsOf(...(await Promise.all(texts.map(hostileReport))))).toEqual([])
    }),
    { numRuns: 8 },
  )
})

test('the check that this rests on finds what is wrong in any of its files', async () => {
  const sound = await textOf(junit, sampleResult())
  expect((await problemsOf(sound, sound.replace('Hi, I', 'Hi,\u0001 I'), sound)).join('\n')).toMatch(/^1\.xml/m)
  expect(await problemsOf(sound, sound.replace('classname=', 'class='))).not.toEqual([])
})

test('nothing that was said, named or measured is a command of a CI runner or an attachment', async () => {
  const pieces = [
    '::',
    ':',
    '##',
    '[',
    '[[',
    ']]',
    '|',
    '=',
    'error',
    'ATTACHMENT',
    'PROPERTY',
    'a',
    ' ',
    '\n',
    '\t',
    '\r\n',
    '\u00a0',
    '\u2028',
  ]
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map(parts => parts.join(''))
  const plain = await Promise.all([0, 1, 2].map(i => hostileReport('a', i)))
  await fc.assert(
    fc.asyncProperty(texts, fc.integer({ min: 0, max: 2 }), async (text, i) => {
      const xml = (await hostileReport(text, i)).replaceAll('<![CDATA[', '')
      expect(xml).not.toMatch(/^\s*::|##[\w.-]*\[|\[\[(?!PROPERTY\|)\w+\|/m)
      expect(ownProperties(xml)).toBe(ownProperties(plain[i] ?? ''))
    }),
    { numRuns: 300 },
  )
})

function ownProperties(xml: string): number {
  return xml.match(/\[\[PROPERTY\|/g)?.length ?? 0
}

/** A result in which all that others have a say in is this text. */
function hostileReport(text: string, i: number): Promise<string> {
  const odd = { ...scenario, name: text, folder: text, file: text }
  const started = { ...startedWith([{ name: text, slug: 'a', scenarios: [[odd, 2]] }]), suite: { name: text, file: text } }
  const transcript = { ...transcriptOf(text, text), dialogue: text }
  const outcomes: Outcome[] = [
    {
      status: i % 2 === 0 ? 'failed' : 'unscored',
      transcript,
      verdict: {
        holds: 'no',
        checks: [{ assertion: text, holds: 'no', because: text }],
        metrics: [{ metric: text, type: 'numeric', value: 1 }],
      },
    },
    { status: 'infra_error', transcript, fault: { by: 'infra', code: 'tls', message: text } },
  ]
  return textOf(junit, resultOf(started, runsWith(started, outcomes)), { junitPerRun: i % 3 === 0 })
}

test('what an agent says is still there to read', async () => {
  const run = { ...runAt(1), outcome: { ...failed, transcript: transcriptOf('1 < 2 && "a" ]]> ]]>', '\u001b[31mred\u0000 \ud800') } }
  const runs = sampleRuns.map(one => (one.index === 1 ? (run as RunEnded) : one))
  const suites = await parsed(await textOf(junit, resultOf(sampleStarted, runs)))
  const output = suites.testsuite?.[0]?.testcase?.[0]?.['system-out']?.[0]
  expect(output).toContain('Main Agent: 1 < 2 && "a" ]]&gt; ]]&gt;')
  expect(output).toContain('Main Agent: ␛[31mred␀ \ufffd')
})

test('a case tells ten of its failing runs in full and names the rest', async () => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 13]] }])
  const suites = await parsed(await textOf(junit, resultOf(started, runsWith(started, Array(13).fill(failed)))))
  const only = suites.testsuite?.[0]?.testcase?.[0]
  expect(only?.failure?.[0]?.message).toContain('13 of 13 failed: ')
  const output = only?.['system-out']?.[0] ?? ''
  expect(output.match(/^--- smoke/gm)).toHaveLength(10)
  // Properties follow what a person wants to read.
  expect(output.split('\n\n[[PROPERTY|')[0]?.split('\n').at(-1)).toBe('--- Not shown, and no better: #11 #12 #13')
})

const green = { gate: { verdict: 'passed', lines: [] } } as const

test('a transcript over 64 KiB is cut in the middle, and says so', async () => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 1]] }])
  const long = { ...passed(), transcript: transcriptOf(`first ${'😀'.repeat(200_000)} last`) } as ReturnType<typeof passed>
  const xml = await textOf(junit, resultOf(started, runsWith(started, [long]), green), { junitOutput: 'all' })
  expect(xml.length).toBeLessThan(70_000)
  expect(xml).toMatch(/\n\[\.\.\. 33\d{4} characters cut \.\.\.\]\n/)
  expect(xml).toContain(' last\n[00:01] Ended')
  expect(await problemsOf(xml)).toEqual([])
})

test.each([
  ['recordings/0-1.wav', ['[[ATTACHMENT|r1/recordings/0-1.wav]]']],
  ['recordings/../../secret', []],
  ['https://store.example.com/0-1.wav', []],
  ['recordings/0]]\n[[ATTACHMENT|/etc/passwd', []],
])('the recording %s of a call is an attachment if it is in the folder of the result', async (path, expected) => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 1]] }])
  const call = { ...passed(), transcript: { ...transcriptOf('Hi.'), sound: { stretches: [], recording: { path } } } } as unknown as Outcome
  const xml = await textOf(junit, { ...resultOf(started, runsWith(started, [call]), green), place: 'r1' })
  expect(xml.match(/\[\[ATTACHMENT.*\]\]/g) ?? []).toEqual(expected)
  expect(await problemsOf(xml)).toEqual([])
})

test('cases that are called the same are told apart, since readers drop the second', async () => {
  const started = startedWith([
    {
      name: 'Smoke',
      slug: 'smoke',
      scenarios: [
        [scenario, 1],
        [{ ...scenario, key: 'b' }, 1],
      ],
    },
  ])
  const suites = await parsed(await textOf(junit, resultOf(started, runsWith(started, [passed(), passed()]), green)))
  expect(suites.testsuite?.[0]?.testcase?.map(({ name }) => name)).toEqual([
    'A [Calm, Maria Lopez] (smoke/a/calm/maria)',
    'A [Calm, Maria Lopez] (smoke/b/calm/maria)',
  ])
})

test('a gate that did not pass though no run failed is red all the same', async () => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 1]] }])
  const lines = [
    { scope: 'suite', rule: 'coverage', required: '>= 100.0 %', measured: '100.0 % (1 of 1)', verdict: 'met' },
    { scope: 'suite', rule: 'pass_rate', required: '>= 90.0 %', measured: 'lower bound 20.7 %', verdict: 'not_met', because: 'smoke/a' },
    { scope: 'suite', rule: 'metrics.empathy.mean', required: '>= 1', measured: 'nothing', verdict: 'could_not_tell' },
  ] as const
  const xml = await textOf(junit, resultOf(started, runsWith(started, [passed()]), { gate: { verdict: 'failed', lines } }))
  expect(await problemsOf(xml)).toEqual([])
  const suites = await parsed(xml)
  expect(suites).toMatchObject({ tests: 3, failures: 1, errors: 1 })
  expect(suites.testsuite?.map(({ name }) => name)).toEqual(['Smoke', 'Gate'])
  expect(suites.testsuite?.[1]?.testcase?.map(({ name }) => name)).toEqual(['suite pass_rate', 'suite metrics.empathy.mean'])
})

describe('of a gate that passed although a run failed', () => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 2]] }])
  const down: Outcome = {
    status: 'infra_error',
    transcript: transcriptOf(),
    fault: { by: 'infra', code: 'tls', message: 'no certificate' },
  }
  const lines = [{ scope: 'suite', rule: 'pass_rate', required: '>= 50.0 %', measured: '50.0 % (1 of 2)', verdict: 'met' }] as const
  const report = (outcome: Outcome, over: Partial<Report>, junitPerRun = false): Promise<string> =>
    textOf(junit, resultOf(started, runsWith(started, [passed(), outcome]), over), { junitFollowsGate: true, junitPerRun })

  test.each([
    ['a failed run', failed, false],
    ['a failed run', failed, true],
    ['an inconclusive one', down, false],
    ['an inconclusive one', down, true],
  ])('%s is skipped as allowed, with its reasons, and the file is valid', async (_what, outcome, perRun) => {
    const xml = await report(outcome, { gate: { verdict: 'passed', lines } }, perRun)
    expect(await problemsOf(xml)).toEqual([])
    const suites = await parsed(xml)
    expect(suites).toMatchObject({ failures: 0, errors: 0 })
    const cases = suites.testsuite?.[0]?.testcase ?? []
    expect(suites.testsuite?.[0]).toMatchObject({ failures: 0, errors: 0, skipped: 1, tests: cases.length })
    expect(cases.at(-1)?.failure ?? cases.at(-1)?.error).toBeUndefined()
    expect(xml).toMatch(/<skipped message="allowed: .+"\/>/)
    expect(cases.at(-1)?.['system-out']?.[0]).toContain('a.yaml:1\n')
  })

  test.each([
    ['failed', { gate: { verdict: 'failed', lines } }],
    ['is inconclusive', { gate: { verdict: 'could_not_tell', lines } }],
    ['passed, but the run was interrupted', { gate: { verdict: 'passed', lines }, stopped: 'cancelled' }],
  ] as const)('nothing is hidden if the gate %s', async (_what, over) => {
    expect(await report(failed, over)).toContain('<failure ')
    expect(await report(down, over)).toContain('<error ')
  })
})

test('transcripts are those of what did not pass, of all, or of none', async () => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 2]] }])
  const result = resultOf(started, runsWith(started, [passed(), failed]))
  const heads = async (junitOutput: 'failed' | 'all' | 'none'): Promise<string[]> =>
    (await textOf(junit, result, { junitPerRun: true, junitOutput })).match(/^--- smoke.*$/gm) ?? []
  expect(await heads('failed')).toEqual(['--- smoke/a/calm/maria#2: failed'])
  expect(await heads('all')).toEqual(['--- smoke/a/calm/maria#1: passed', '--- smoke/a/calm/maria#2: failed'])
  expect(await heads('none')).toEqual([])
})

test.each(['all', 'failed'] as const)('a file stays under 30 MB, and says what it leaves out (output: %s)', async junitOutput => {
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, 500]] }])
  const long = { ...failed, transcript: transcriptOf('é'.repeat(40_000)) } as Outcome
  const xml = await textOf(
    junit,
    resultOf(
      started,
      runsWith(
        started,
        Array.from({ length: 500 }, () => long),
      ),
    ),
    { junitPerRun: true, junitOutput },
  )
  expect(Buffer.byteLength(xml)).toBeLessThan(30_000_000)
  expect(Buffer.byteLength(xml)).toBeGreaterThan(25_000_000)
  expect(xml.match(/<failure /g)).toHaveLength(500)
  expect(xml).toContain('--- Transcripts left out: this file is kept under 30 MB.')
})

test('the extended dialect has file, line and properties on each testcase, and no lines that stand for them', async () => {
  const xml = await textOf(junit, sampleResult(), { junitDialect: 'extended' })
  expect(xml).not.toContain('[[PROPERTY|')
  expect(xml).toMatch(/<testcase name="Caller cancels[^>]* file="suites\/clinic.yaml" line="34">\n {6}<properties>/)
  expect(xml.match(/<testcase [^>]*>/g)?.filter(tag => !/ file="[^"]+" line="\d+"/.test(tag))).toEqual([])
})

test('what stands in for a file until the run is over is one red testcase, and valid', async () => {
  const xml = unfinishedJunit({ suite: 'a <b>]]>.yaml', callsheet: '0.1.0', startedAt: '2026-01-01T09:00:00.000Z' })
  expect(await problemsOf(xml)).toEqual([])
  const suites = await parsed(xml)
  expect(suites).toMatchObject({ tests: 1, failures: 0, errors: 1 })
  expect(suites.testsuite?.[0]?.testcase?.[0]).toMatchObject({ name: 'did not finish', error: [{ message: 'did not finish' }] })
})

test('what was not run says why, and the extended dialect has the attempts that failed before a pass', async () => {
  const xml = await textOf(junit, sampleResult(), { junitPerRun: true, junitDialect: 'extended' })
  expect(xml).toContain('<skipped message="not run: max_failures was reached"/>')
  expect(xml).toMatch(/<flakyFailure message="smoke\/cancel_appointment\/calm\/maria#3: agent_says contains [^"]*" type="failed"\/>/)
  expect(await textOf(junit, sampleResult())).not.toContain('flakyFailure')
})
