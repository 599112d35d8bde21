import { expect, test } from 'vitest'
import { unfinishedIn } from '../../../../../src/adapters/channels/openai/finish-reason.js'

test.each([undefined, null, '', 'stop', 'STOP', 'tool_calls', 'function_call', 'end_turn', 'eos', 'stop_sequence', 'tool-use'])(
  'an answer with the finish_reason %s is complete',
  reason => {
    expect(unfinishedIn({}, { finish_reason: reason })).toBeUndefined()
  },
)

test.each([
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'content_filter'],
  ['Content-Filter', 'content_filter'],
  ['error', undefined],
  ['out_of_memory', undefined],
])('an answer with the finish_reason %s is not complete', (reason, cutOff) => {
  expect(unfinishedIn({}, { finish_reason: reason })).toEqual({ said: `finish_reason: ${reason}`, cutOff })
})

test.each([
  [{}, { finish_reason: { type: 'length' } }, 'finish_reason: length', 'length'],
  [{}, { finish_reason: 'stop', native_finish_reason: 'length' }, 'native_finish_reason: length', 'length'],
  [{ status: 'incomplete' }, { finish_reason: 'stop' }, 'status: incomplete', 'length'],
  [
    { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
    { finish_reason: 'stop' },
    'incomplete_details.reason: content_filter',
    'content_filter',
  ],
] as const)('what else says so: %j %j', (completion, choice, said, cutOff) => {
  expect(unfinishedIn(completion, choice)).toEqual({ said, cutOff })
})

test('native words and statuses that nobody knows say nothing', () => {
  expect(unfinishedIn({ status: 'ok' }, { finish_reason: 'stop', native_finish_reason: 'FINISHED_WELL' })).toBeUndefined()
})
