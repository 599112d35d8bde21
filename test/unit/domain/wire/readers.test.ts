import { describe, expect, test } from 'vitest'
import { readHostedRun } from '../../../../src/adapters/clients/read-runs.js'
import { readTranscripts } from '../../../../src/adapters/exchange/transcript/read-transcript.js'
import type { Moment } from '../../../../src/domain/transcript.js'
import { writeMessages } from '../../../../src/domain/wire/message.js'
import { documentOfFiles, speaking, suiteOf } from '../../pipeline/load/suites.js'

/** The moments of a transcript, as each of those who read transcripts sees them. */
const readers: Readonly<Record<string, (messages: readonly unknown[]) => Promise<readonly Moment[]>>> = {
  'a judge control': async messages => {
    const files = { 'suite.yaml': controlOf('c.json'), 'c.json': JSON.stringify(runOf(messages)) }
    return (await documentOfFiles(files)).controls[0]!.transcript.moments
  },
  'a judge control with the messages in the suite': async messages => {
    const files = { 'suite.yaml': controlOf(JSON.stringify(messages)) }
    return (await documentOfFiles(files)).controls[0]!.transcript.moments
  },
  'import': async messages => {
    const { conversations, problems, losses } = readTranscripts(JSON.parse(JSON.stringify(runOf(messages))))
    expect([...problems, ...losses]).toEqual([])
    return conversations[0]!.moments.map(({ at: _, ...moment }) => moment)
  },
  'hosted': async messages => {
    const run = readHostedRun(JSON.parse(JSON.stringify(runOf(messages))), true)
    expect(run?.unread).toEqual([])
    return run!.transcript.moments
  },
}

const controlOf = (transcript: string): string =>
  suiteOf(`${speaking}, expected_outcome: It is solved.`, {
    models: '{ judge: { base_url: "http://127.0.0.1:1/v1", model: m } }',
    judge_controls: `{ c: { scenario: greets, transcript: ${transcript}, expect: { outcome: not_met } } }`,
  })

const runOf = (messages: readonly unknown[]): object => ({ id: 7, status: 'completed', success: true, transcript_object: messages })

const call = (id: string, args: unknown) => ({ role: 'Function Call', content: '', data: { id, name: 'look_up', arguments: args } })

const samples: Readonly<Record<string, { readonly messages: readonly object[]; readonly turns: readonly number[] }>> = {
  'a greeting, then turns, with times': {
    messages: [
      { role: 'Main Agent', content: 'Hello.', start_time: 0, end_time: 1.2 },
      { role: 'Testing Agent', content: 'Cancel it.', start_time: 1.5, end_time: 2 },
      { role: 'Main Agent', content: 'Done.', start_time: 2.25, end_time: 3 },
    ],
    turns: [0, 1, 1],
  },
  'messages of the caller that follow one another': {
    messages: [
      { role: 'Testing Agent', content: 'I need' },
      { role: 'Testing Agent', content: 'to cancel.' },
      { role: 'Testing Agent', content: 'Hello?' },
      { role: 'Main Agent', content: 'Yes.' },
    ],
    turns: [1, 2, 3, 3],
  },
  'keys, and words beside them': {
    messages: [
      { role: 'Main Agent', content: 'Your number?' },
      { role: 'Testing Agent', content: 'It is' },
      { role: 'Testing Agent', content: '<dtmf digits="12#"/>' },
      { role: 'Main Agent', content: 'And your pin?' },
      { role: 'Testing Agent', content: '<dtmf digits="4021" />' },
    ],
    turns: [0, 1, 1, 1, 2],
  },
  'calls and their results, with arguments as JSON or as they are': {
    messages: [
      { role: 'Testing Agent', content: 'Where is my order?' },
      call('1', '{"order":4711}'),
      { role: 'Function Call Result', content: '{}', data: { id: '1', result: '{"found":true}' } },
      call('2', { order: 4712 }),
      { role: 'Function Call Result', data: { id: '2', name: 'look_up', result: { found: false } } },
      { role: 'Main Agent', content: 'It is lost.' },
    ],
    turns: [1, 1, 1, 1, 1, 1],
  },
  'numbers that a double cannot hold': {
    messages: [
      { role: 'Testing Agent', content: 'Where is my order?' },
      call('1', '{"order":9007199254740993,"rates":[1e400]}'),
      { role: 'Function Call Result', content: '{"order":9007199254740993}', data: { id: '1', result: '{"order":9007199254740993}' } },
      { role: 'Main Agent', content: 'It is lost.' },
    ],
    turns: [1, 1, 1, 1],
  },
  'chat completions': {
    messages: [
      { role: 'system', content: 'You are a clinic.' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: [{ type: 'text', text: 'Cancel it.' }] },
      { role: 'assistant', content: null, tool_calls: [{ id: '1', function: { name: 'cancel', arguments: '{"id":7}' } }] },
      { role: 'tool', tool_call_id: '1', content: '{"ok":true}' },
      { role: 'assistant', content: 'Done.' },
    ],
    turns: [0, 1, 1, 1, 1],
  },
  'calls and results among texts': {
    messages: [
      { role: 'user', content: 'Cancel it.' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'One moment.' },
          { type: 'tool_use', id: '1', name: 'cancel', input: { id: 7 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: '1', content: '{"ok":true}' },
          { type: 'text', text: 'Well?' },
        ],
      },
    ],
    turns: [1, 1, 1, 1, 2],
  },
  'other names of roles': {
    messages: [
      { role: 'bot', content: 'Hello.' },
      { role: 'CUSTOMER', content: 'Hi.' },
      { role: 'ai', content: 'Yes?' },
      { role: 'human', content: 'Bye.' },
      { role: 'tool_call', data: { name: 'hang_up' } },
    ],
    turns: [0, 1, 1, 2, 2],
  },
  'an agent that spoke before the caller that is listed first': {
    messages: [
      { role: 'caller', content: 'Hi.', start_time: 0, end_time: 1 },
      { role: 'caller', content: 'Hello?', start_time: 4, end_time: 5 },
      { role: 'agent', content: 'One moment, please.', start_time: 3.5, end_time: 5.5 },
    ],
    turns: [1, 1, 2],
  },
  'what Callsheet writes': {
    messages: writeMessages([
      { type: 'said', by: 'caller', turn: 1, startS: 0, endS: 1, text: 'My number is', cause: { kind: 'step', number: 2 } },
      { type: 'said', by: 'caller', turn: 1, startS: 1, endS: 2, text: 'as follows.', cause: { kind: 'step', number: 2 } },
      { type: 'dtmf', by: 'caller', turn: 1, startS: 2, endS: 3, digits: '12#' },
      { type: 'tool_called', by: 'agent', turn: 1, startS: 3, endS: 3, name: 'look_up', arguments: 'no JSON' },
      { type: 'tool_returned', by: 'agent', turn: 1, startS: 3, endS: 3, result: null, unmatched: true },
    ]),
    turns: [1, 1, 1, 1, 1],
  },
}

describe.each(Object.entries(samples))('%s', (_title, { messages, turns }) => {
  test('is the same to a judge control, to import and to hosted', async () => {
    const [control, ...others] = await Promise.all(Object.values(readers).map(read => read(messages)))
    expect(control!.map(({ turn }) => turn)).toEqual(turns)
    expect(others).toEqual([control, control, control])
    expect(await readers['hosted']!(writeMessages(control!))).toEqual(control)
  })
})

test('a hosted run of any size or depth is read', () => {
  const messages = Array.from({ length: 300_000 }, () => ({ role: 'user', content: 'Hi.' }))
  const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as unknown
  const run = readHostedRun({ ...runOf(messages), metadata: { note: deep, callsheet: { outcome: 'passed', checks: [deep] } } }, true)
  expect(run?.transcript.ending.atS).toBe(299_999)
  expect(run?.transcript.metadata).toEqual({ note: '(left out: nested more than 100 deep)' })
  expect(run).not.toHaveProperty('details')
})

test('a hosted run whose text names no known role says that it was not read', () => {
  const run = readHostedRun({ id: 7, status: 'completed', transcript: 'Operator: Hello.' }, false)
  expect(run).toMatchObject({ transcript: { moments: [] }, unread: [{ index: 0, path: ['role'], isLost: true }] })
})
