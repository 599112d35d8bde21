import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHostedRun } from '../../../../src/adapters/clients/read-runs.js'
import { readTranscripts } from '../../../../src/adapters/exchange/transcript/read-transcript.js'
import { cutOffs } from '../../../../src/domain/cut-off.js'
import type { EndedReason, Ending } from '../../../../src/domain/transcript.js'
import { hungUpBy, readEnding, writeEnding } from '../../../../src/domain/wire/ending.js'
import { diagnosticsOf, documentOfFiles, folderOf, loadIn, speaking, suiteOf } from '../../pipeline/load/suites.js'

const reasons: readonly EndedReason[] = [
  'Main agent-ended-call',
  'Main agent-ended-call-after-message-spoken',
  'Testing agent-ended-call',
  'Main agent-silence-timed-out',
  'Main agent-call-not-connected',
  'call-failed-unknown-error',
  'exceeded-max-duration',
  'exceeded-max-turns',
  'run-cancelled-by-user',
]

const ending: fc.Arbitrary<Ending> = fc.record(
  {
    by: fc.constantFrom('agent', 'caller', 'limit'),
    reason: fc.constantFrom(...reasons),
    atS: fc.double({ min: 0, max: 1e6, noNaN: true }).map(at => at + 0),
    cutOff: fc.constantFrom(...cutOffs),
    thoughtS: fc.double({ min: 0, max: 1e6, noNaN: true }).map(at => at + 0),
  },
  { requiredKeys: ['by', 'reason', 'atS'] },
)

const said = [
  { role: 'Testing Agent', content: 'Hi.' },
  { role: 'Main Agent', content: 'Hello.' },
]

/** A run as the API answers it. */
function runThatEnded(how: Ending): object {
  const { ended_reason, ending: written } = writeEnding(how)
  return runWith({ metadata: { ended_reason, callsheet: { outcome: 'passed', ending: written } } })
}

const runWith = (more: object): object => ({ id: 7, status: 'completed', success: true, transcript_object: said, ...more })

test('any ending, written and read, is the same ending', () => {
  fc.assert(
    fc.property(ending, how => {
      expect(readEnding(JSON.parse(JSON.stringify(runThatEnded(how))))).toEqual(how)
    }),
  )
})

test('whatever an ending is written as, reading it does not throw', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (reason, written) => {
      expect(() => readEnding({ metadata: { ended_reason: reason, callsheet: { ending: written } } })).not.toThrow()
    }),
  )
})

const controlled = (ended = ''): string =>
  suiteOf(`${speaking}, expected_outcome: It is solved.`, {
    models: '{ judge: { base_url: "http://127.0.0.1:1/v1", model: m } }',
    judge_controls: `{ c: { scenario: greets, ${ended} transcript: run.json, expect: { outcome: not_met } } }`,
  })

test('a control, import and hosted read how a run ended alike', async () => {
  for (const how of fc.sample(ending, { numRuns: 20, seed: 5 })) {
    const run = runThatEnded(how)
    const { controls } = await documentOfFiles({ 'suite.yaml': controlled(), 'run.json': JSON.stringify(run) })
    expect(controls[0]?.transcript.ending).toEqual(how)
    expect(readHostedRun(run, true)?.transcript.ending).toEqual(how)
    expect(readTranscripts(run).conversations[0]?.endedBy).toEqual(hungUpBy(how))
  }
})

test.each([
  ['Main agent-ended-call', 'agent'],
  ['assistant-said-end-call-phrase', 'agent'],
  ['customer-ended-call', 'caller'],
  ['Main agent-silence-timed-out', 'limit'],
  ['silence-timed-out', 'limit'],
  ['exceeded-max-duration', 'limit'],
])('"%s" alone means ended by %s, to each reader', async (reason, by) => {
  const side = by === 'limit' ? undefined : by
  for (const run of [runWith({ metadata: { ended_reason: reason } }), runWith({ ended_reason: reason })]) {
    const { controls } = await documentOfFiles({ 'suite.yaml': controlled(), 'run.json': JSON.stringify(run) })
    expect(controls[0]?.transcript.ending.by).toBe(by)
    expect(readHostedRun(run, false)).toMatchObject({ transcript: { ending: { by } }, saysWhoEnded: true })
    expect(readTranscripts(run).conversations[0]?.endedBy).toBe(side)
  }
})

test.each(['call-failed-unknown-error', 'pipeline-error', ''])('"%s" does not tell who ended the call', reason => {
  const run = runWith({ metadata: { ended_reason: reason } })
  expect(readHostedRun(run, false)).toMatchObject({ saysWhoEnded: false, transcript: { ending: { by: 'limit' } } })
  expect(readTranscripts(run).conversations[0]?.endedBy).toBeUndefined()
})

test('nobody hung up in a call that was cut off, or in which the agent fell silent', () => {
  expect(hungUpBy({ by: 'agent', reason: 'call-failed-unknown-error', cutOff: 'going_away' })).toBeUndefined()
  expect(hungUpBy({ by: 'agent', reason: 'Main agent-silence-timed-out' })).toBeUndefined()
  expect(hungUpBy({ by: 'agent' })).toBe('agent')
})

test("another service's callsheet key is the agent's, and ends no call", () => {
  const run = runWith({ metadata: { callsheet: { ending: { by: 'agent', end_time: 9 } } } })
  expect(readHostedRun(run, false)).toMatchObject({ saysWhoEnded: false, transcript: { ending: { by: 'limit', atS: 1 } } })
})

test.each([
  ['Main agent-silence-timed-out', 'ended_by: agent,', 'run.json says that the conversation was ended by limit, but ended_by is agent.'],
  ['pipeline-error', '', 'The ended_reason of run.json, "pipeline-error", does not tell who ended the conversation.'],
  ['call-failed-unknown-error', '', 'The ended_reason of run.json, "call-failed-unknown-error", does not tell who ended the conversation.'],
])('a control from a run that ended as %s, with "%s", is a mistake', async (reason, ended, message) => {
  const files = { 'suite.yaml': controlled(ended), 'run.json': JSON.stringify(runWith({ metadata: { ended_reason: reason } })) }
  const mistakes = diagnosticsOf(await loadIn(folderOf(files))).filter(({ severity }) => severity === 'error')
  expect(mistakes.map(mistake => mistake.message)).toEqual([message])
})

test('a control may say who ended a run that does not', async () => {
  const run = runWith({ metadata: { ended_reason: 'pipeline-error' } })
  const { controls } = await documentOfFiles({ 'suite.yaml': controlled('ended_by: agent,'), 'run.json': JSON.stringify(run) })
  expect(controls[0]?.transcript.ending.by).toBe('agent')
})
