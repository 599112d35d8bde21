import { describe, expect, test } from 'vitest'
import { readMessages } from '../../../../src/domain/wire/read-messages.js'

const turns = (messages: readonly unknown[]): number[] => readMessages(messages).moments.map(({ turn }) => turn)
const times = (messages: readonly unknown[]) => readMessages(messages).moments.map(({ startS, endS }) => [startS, endS])
const read = (...messages: unknown[]) => readMessages(messages).moments.map(({ turn: _, startS: __, endS: ___, ...moment }) => moment)
const caller = (content: string, more: object = {}) => ({ role: 'caller', content, ...more })
const agent = (content: string, more: object = {}) => ({ role: 'agent', content, ...more })

describe('turns', () => {
  test('are counted by what the caller says; the greeting is before the first', () => {
    expect(turns([agent('Hello.'), caller('Hi.'), agent('Yes?'), agent('Go on.'), caller('Bye.')])).toEqual([0, 1, 1, 1, 2])
  })

  test('each message of the caller begins another, where none says otherwise', () => {
    expect(turns([caller('I need'), caller('to cancel.'), agent('Yes?')])).toEqual([1, 2, 2])
  })

  test('keys and the words next to them are one utterance', () => {
    const keyed = caller('<dtmf digits="12#"/>')
    expect(turns([caller('It is'), keyed, caller('and that is it.'), agent('Thanks.'), keyed, keyed])).toEqual([1, 1, 1, 1, 2, 2])
  })

  test('that a message states are taken as they are, and counted on from', () => {
    expect(turns([caller('I need', { turn: 1 }), caller('to cancel.', { turn: 1 }), agent('Yes?'), caller('Bye.')])).toEqual([1, 1, 1, 2])
    expect(turns([caller('Bye.', { turn: 7 }), agent('Late.', { turn: 6 }), agent('Bye.')])).toEqual([7, 6, 7])
  })

  test('a moment belongs to the turn in which it began, whatever order it comes in', () => {
    const messages = [
      caller('Hi.', { start_time: 0, end_time: 1 }),
      caller('Hello?', { start_time: 4, end_time: 5 }),
      agent('One moment.', { start_time: 3, end_time: 6 }),
    ]
    expect(readMessages(messages).moments).toMatchObject([
      { text: 'Hi.', turn: 1 },
      { text: 'One moment.', turn: 1, startS: 3, endS: 6 },
      { text: 'Hello?', turn: 2 },
    ])
  })
})

describe('times', () => {
  test('without any, what happens is a second apart', () => {
    expect(times([{ role: 'system', content: 'Be kind.' }, caller('Hi.'), agent('Yes?')])).toEqual([
      [0, 0],
      [1, 1],
    ])
  })

  test('what has none among others begins when the one before it is over, but not after the next', () => {
    const call = { role: 'Function Call', data: { name: 'look_up' } }
    const messages = [caller('Hi.', { start_time: 1, end_time: 3 }), call, agent('Yes?', { start_time: 2 }), agent('Hello?')]
    expect(readMessages(messages).moments).toMatchObject([{ text: 'Hi.' }, { name: 'look_up' }, { text: 'Yes?' }, { text: 'Hello?' }])
    expect(times(messages)).toEqual([
      [1, 3],
      [2, 2],
      [2, 2],
      [2, 2],
    ])
  })
})

describe('what happens', () => {
  test.each([
    ['Testing Agent', 'caller'],
    ['caller', 'caller'],
    ['user', 'caller'],
    ['Customer', 'caller'],
    ['human', 'caller'],
    ['Main Agent', 'agent'],
    ['agent', 'agent'],
    ['ASSISTANT', 'agent'],
    ['bot', 'agent'],
    ['ai', 'agent'],
  ])('%s is the %s', (role, by) => {
    expect(read({ role, content: 'Hi.' })).toEqual([{ type: 'said', by, text: 'Hi.' }])
  })

  const called = { type: 'tool_called', by: 'agent', id: 'c1', name: 'look_up', arguments: { name: 'Maria' } }
  test.each<[string, object]>([
    ['data', { role: 'Function Call', data: { id: 'c1', name: 'look_up', arguments: { name: 'Maria' } } }],
    ['data, as JSON', { role: 'tool_call', data: { id: 'c1', name: 'look_up', arguments: '{"name":"Maria"}' } }],
    ['content as JSON', { role: 'Function Call', content: '{"id":"c1","name":"look_up","arguments":{"name":"Maria"}}' }],
    ['content as a call', { role: 'Function Call', id: 'c1', content: 'look_up({"name":"Maria"})' }],
    ['the message', { role: 'function_call', id: 'c1', name: 'look_up', arguments: '{"name":"Maria"}' }],
    [
      'tool_calls',
      { role: 'assistant', content: null, tool_calls: [{ id: 'c1', function: { name: 'look_up', arguments: '{"name":"Maria"}' } }] },
    ],
    ['tool_calls without function', { role: 'assistant', tool_calls: [{ id: 'c1', name: 'look_up', arguments: { name: 'Maria' } }] }],
  ])('a call is found in %s', (_where, message) => {
    expect(read(message)).toEqual([called])
  })

  test('a function_call of chat completions has no id', () => {
    const { id: _, ...nameless } = called
    expect(read({ role: 'assistant', content: '', function_call: { name: 'look_up', arguments: '{"name":"Maria"}' } })).toEqual([nameless])
  })

  test.each<[string, object]>([
    ['data', { role: 'Function Call Result', data: { id: 'c1', name: 'look_up', result: '{"ok":true}' } }],
    ['content', { role: 'tool', tool_call_id: 'c1', name: 'look_up', content: '{"ok":true}' }],
    ['tool_result', { role: 'tool_result', data: { id: 'c1', name: 'look_up', result: { ok: true } } }],
  ])('a result is found in %s', (_where, message) => {
    expect(read(message)).toEqual([{ type: 'tool_returned', by: 'agent', id: 'c1', name: 'look_up', result: { ok: true } }])
  })

  test('the words of a message come before its calls; blank ones are nothing said', () => {
    const call = { function: { name: 'look_up' } }
    expect(read({ role: 'assistant', content: 'One moment.', tool_calls: [call] }, { role: 'user', content: ' ' })).toMatchObject([
      { text: 'One moment.' },
      { name: 'look_up', arguments: {} },
    ])
  })

  test('the parts of a message are one text', () => {
    expect(read({ role: 'user', content: [{ text: 'Hi.' }, { type: 'image' }, { text: 'Bye.' }] })).toMatchObject([{ text: 'Hi.\nBye.' }])
  })
})

test('keys that the agent pressed part two turns of the caller', () => {
  const { moments } = readMessages([
    { role: 'user', content: 'One.' },
    { role: 'assistant', digits: '1' },
    { role: 'user', content: 'Two.' },
    { role: 'user', digits: '2' },
  ])
  expect(moments.map(({ turn }) => turn)).toEqual([1, 1, 2, 2])
})

describe('what is not understood', () => {
  test.each<[unknown, string | undefined, string, boolean]>([
    ['Hi.', undefined, 'A message must be an object', true],
    [{ content: 'Hi.' }, 'role', 'This role is not known', true],
    [{ role: 'narrator', content: 'Hi.' }, 'role', 'This role is not known', true],
    [{ role: 'user', content: 7 }, 'content', 'This must be text', true],
    [{ role: 'user', content: [{ type: 'image' }] }, 'content', 'This must be text', true],
    [{ role: 'user' }, 'content', 'no content', false],
    [{ role: 'Function Call', content: 'x', data: {} }, undefined, 'names no function', true],
    [{ role: 'assistant', content: 'Hi.', tool_calls: [{}] }, 'tool_calls', 'names no function', true],
    [{ role: 'user', content: 'Hi.', start_time: '00:01' }, 'start_time', 'A time is a number of seconds', false],
    [{ role: 'user', content: 'Hi.', turn: -1 }, 'turn', 'A turn is a whole number', false],
    [{ role: 'user', content: 'Hi.', cause: 'step 2' }, 'cause', 'This cause is not known', false],
    [{ role: 'user', content: 'Hi.', digits: '' }, 'digits', 'A message has either words', false],
    [{ role: 'user', content: 'x', digits: 'x' }, 'digits', 'Telephone keys are', false],
    [{ role: 'user', content: 'Press', digits: '12' }, 'digits', 'A message has either words', false],
  ])('%j is told, with its place', (message, field, what, isLost) => {
    const { problems } = readMessages([{ role: 'agent', content: 'Hello.' }, message])
    expect(problems).toEqual([
      { index: 1, ...(field !== undefined && { field }), message: expect.stringContaining(what) as string, isLost },
    ])
  })

  test('of a message with a mistake, the rest is read', () => {
    const { moments } = readMessages([{ role: 'assistant', content: 'Hi.', start_time: 'x', tool_calls: [{}, { name: 'look_up' }] }])
    expect(moments).toMatchObject([{ text: 'Hi.' }, { name: 'look_up' }])
  })
})
