import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { json } from '../../../../src/adapters/reporters/json.js'
import type { SuiteEvent } from '../../../../src/domain/event.js'
import { eventVersion } from '../../../../src/domain/event.js'
import { textOf } from './report-text.js'
import { sampleResult, sampleRuns, sampleStarted, runAt } from './sample-result.js'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../../../schemas/${name}.schema.json`, import.meta.url), 'utf8'))
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false })
addFormats.default(ajv)
const isReport = ajv.compile(read('report'))
const isEvent = ajv.compile(read('event'))

const sampleReport = async () => JSON.parse(await textOf(json, sampleResult()))

test('a result with every outcome', async () => {
  await expect(await textOf(json, sampleResult())).toMatchFileSnapshot('expected/report.json')
})

test('it is as the schema says', async () => {
  isReport(await sampleReport())
  expect(isReport.errors).toBeNull()
})

test('each run stands on a line of its own, in plan order', async () => {
  const lines = (await textOf(json, sampleResult())).split('\n').filter(line => line.startsWith('    {"run":'))
  expect(lines.map(line => JSON.parse(line.replace(/,$/, '')).run)).toEqual(sampleRuns.map(({ run }) => run))
})

// oxlint-disable-next-line typescript/no-explicit-any -- it is spoilt on purpose
test.each<[string, (report: any) => void]>([
  [
    'an unknown key',
    report => {
      report.extra = 1
    },
  ],
  [
    'an unknown key of a run',
    report => {
      report.runs[0].extra = 1
    },
  ],
  [
    'a missing gate',
    report => {
      delete report.gate
    },
  ],
  [
    'a passed run with a fault',
    report => {
      report.runs[0].fault = { by: 'agent', code: 'closed', message: 'x' }
    },
  ],
  [
    'a failed run without checks',
    report => {
      delete report.runs[1].checks
    },
  ],
  [
    'a run that was not run and has a transcript',
    report => {
      report.runs[11].transcript = report.runs[0].transcript
    },
  ],
  [
    'a status that is not one',
    report => {
      report.runs[0].status = 'skipped'
    },
  ],
  [
    'a time that is not one',
    report => {
      report.startedAt = 'yesterday'
    },
  ],
  [
    'a moment by nobody',
    report => {
      delete report.runs[0].transcript.moments[0].by
    },
  ],
])('%s is refused', async (_name, spoil) => {
  const spoilt = await sampleReport()
  spoil(spoilt)
  expect(isReport(spoilt)).toBe(false)
})

const at = sampleStarted.at
const first = runAt(0)
const events: SuiteEvent[] = [
  sampleStarted,
  { type: 'suite.resumed', total: 9, done: 2, at },
  { type: 'agent.ready', at, agent: 'clinic', tookMs: 312.5 },
  { type: 'run.started', at, index: 0, run: first.run, attempt: 1 },
  { type: 'run.turn', index: 0, attempt: 1, moment: { type: 'dtmf', by: 'caller', turn: 1, startS: 0, endS: 1, digits: '12#' } },
  {
    type: 'run.retrying',
    index: 0,
    run: first.run,
    attempt: 1,
    status: 'infra_error',
    because: 'refused',
    inMs: 1000,
    made: { startedAt: at, durationMs: 1, outcome: first.outcome },
  },
  ...sampleRuns,
  { type: 'case.decided', at, case: 0, verdict: 'met' },
  { type: 'entry.decided', at, entry: 0 },
  { type: 'suite.stopping', at, reason: 'cancelled' },
  { type: 'suite.ended', at, report: sampleResult().report },
]

test('every event of a journal is as the schema says', () => {
  for (const event of events) {
    isEvent(event)
    expect({ type: event.type, errors: isEvent.errors }).toEqual({ type: event.type, errors: null })
  }
})

test.each<[string, object]>([
  ['an unknown event', { type: 'run.paused', at }],
  ['an unknown key', { ...first, extra: 1 }],
  ['another version', { ...sampleStarted, version: eventVersion + 1 }],
  ['a pass without a verdict', { ...first, outcome: { ...first.outcome, verdict: undefined } }],
  ['a reason that is not one', { type: 'suite.stopping', at, reason: 'bored' }],
])('%s is refused in a journal', (_name, event) => {
  expect(isEvent(JSON.parse(JSON.stringify(event)))).toBe(false)
})

test('every property of both schemas is described', () => {
  const missing: string[] = []
  const look = (node: unknown, path: string) => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties' && !/\/(if|then)$/.test(path)) {
        for (const [name, property] of Object.entries(value as Record<string, { description?: string }>)) {
          if (!property.description) missing.push(`${path}/${name}`)
        }
      }
      look(value, `${path}/${key}`)
    }
  }
  look(read('report'), 'report')
  look(read('event'), 'event')
  expect(missing).toEqual([])
})
