import { describe, expect, test } from 'vitest'
import { parseExact } from '../../../../src/domain/exact-number.js'
import { writeMessages } from '../../../../src/domain/wire/message.js'
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
    expect(turns([caller('Bye.', { turn: 7 }), agent('Bye.'), agent('Bye, bye.', { turn: 7 })])).toEqual([7, 7, 7])
  })

  test('that go back are told, and the turn goes on', () => {
    const { moments, problems } = readMessages([caller('Bye.', { turn: 7 }), agent('Late.', { turn: 6 }), caller('No.')])
    expect(moments.map(({ turn }) => turn)).toEqual([7, 7, 8])
    expect(problems).toEqual([
      { index: 1, path: ['turn'], message: 'Turn 7 has begun before, so this cannot be in an earlier one.', isLost: false },
    ])
  })

  test('go back only where the times say so', () => {
    const messages = [
      caller('Bye.', { turn: 2, start_time: 3, end_time: 4 }),
      agent('Late.', { turn: 1, start_time: 2, end_time: 5 }),
      agent('Bye.', { turn: 2, start_time: 3, end_time: 3 }),
    ]
    expect(readMessages(messages)).toMatchObject({ moments: [{ turn: 1 }, { turn: 2 }, { turn: 2 }], problems: [] })
  })

  test('a message of the caller begins one, however many parts it has', () => {
    const parts = [
      { type: 'text', text: 'Hi.' },
      { type: 'tool_result', tool_use_id: 'c1', content: 'ok' },
      { type: 'text', text: 'Well?' },
    ]
    expect(turns([{ role: 'user', content: parts }, caller('Bye.')])).toEqual([1, 1, 1, 2])
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
    expect(read({ role: 'user', content: ['Hi.', { type: 'text', text: 'Bye.' }] })).toMatchObject([{ text: 'Hi.\nBye.' }])
    expect(read({ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] })).toMatchObject([{ text: 'No.' }])
    expect(read({ role: 'assistant', content: null, refusal: 'No.' })).toMatchObject([{ text: 'No.' }])
  })

  test('calls and results are read where they stand among texts', () => {
    const calling = [
      { type: 'text', text: 'One moment.' },
      { type: 'tool_use', id: 'c1', name: 'look_up', input: { name: 'Maria' } },
      { type: 'text', text: 'Here it is.' },
    ]
    const returning = [
      { type: 'tool_result', tool_use_id: 'c1', content: [{ type: 'text', text: '{"ok":true}' }] },
      { type: 'tool_result', tool_use_id: 'c2', content: 'gone', is_error: true },
      { type: 'text', text: 'Well?' },
    ]
    expect(read({ role: 'assistant', content: calling }, { role: 'user', content: returning })).toEqual([
      { type: 'said', by: 'agent', text: 'One moment.' },
      called,
      { type: 'said', by: 'agent', text: 'Here it is.' },
      { type: 'tool_returned', by: 'agent', id: 'c1', result: { ok: true } },
      { type: 'tool_returned', by: 'agent', id: 'c2', result: { is_error: true, content: 'gone' } },
      { type: 'said', by: 'caller', text: 'Well?' },
    ])
    const apart = [{ type: 'tool-call', toolCallId: 'c1', toolName: 'look_up', args: { name: 'Maria' } }]
    const result = [{ type: 'tool-result', toolCallId: 'c1', toolName: 'look_up', result: 5 }]
    expect(read({ role: 'assistant', content: apart }, { role: 'tool', content: result })).toEqual([
      called,
      { type: 'tool_returned', by: 'agent', id: 'c1', name: 'look_up', result: 5 },
    ])
    expect(read({ role: 'tool_call', content: calling.slice(1, 2) })).toEqual([called])
  })

  test.each(['arguments', 'args', 'input', 'parameters'])('arguments are read under the name %s, also as JSON', name => {
    for (const args of [{ name: 'Maria' }, '{"name":"Maria"}']) {
      const call = { id: 'c1', name: 'look_up', [name]: args }
      expect(read({ role: 'Function Call', data: call }, { role: 'assistant', tool_calls: [call] })).toEqual([called, called])
      expect(read({ role: 'assistant', content: [{ ...call, type: 'tool_use' }] })).toEqual([called])
    }
  })

  test.each([{ refunded: true }, 5, false, [1, { a: 2 }], [{ text: 'a' }], [], '12345678901234567890', '1.50'])(
    'a result %j stays the value that it is',
    result => {
      const shown = [{ type: 'tool_returned', by: 'agent', result }]
      expect(read({ role: 'tool', content: result })).toEqual(shown)
      expect(read({ role: 'Function Call Result', data: { result } })).toEqual(shown)
    },
  )

  test('numbers of JSON are read with all their digits, however many there are', () => {
    const json = '{"a":[9007199254740991,0.12345678901234567,1e21,"12345678901234567890"]}'
    const { moments, problems } = readMessages([{ role: 'tool', content: json }])
    expect([moments[0], problems]).toMatchObject([{ result: parseExact(json) }, []])
  })

  test('a tool may have an empty name', () => {
    expect(read({ role: 'Function Call', data: { id: null, name: '', arguments: '{}' } })).toEqual([
      { type: 'tool_called', by: 'agent', name: '', arguments: {} },
    ])
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
  test.each<[unknown, string | readonly (string | number)[] | undefined, string, boolean]>([
    ['Hi.', undefined, 'A message must be an object', true],
    [{ content: 'Hi.' }, 'role', 'This role is not known', true],
    [{ role: 'narrator', content: 'Hi.' }, 'role', 'This role is not known', true],
    [{ role: 'user', content: 7 }, 'content', 'This must be text', true],
    [{ role: 'user', content: [{ type: 'image' }] }, ['content', 0], 'This part is not text, but "image"', true],
    [{ role: 'user', content: [{ text: 'Hi.' }, { type: 'image', url: 'u' }] }, ['content', 1], 'This part is not text', true],
    [{ role: 'user', content: ['Hi.', 5] }, ['content', 1], 'This part is not text', true],
    [{ role: 'user', content: 'Hi.', tool_calls: [{ name: 'look_up' }] }, 'tool_calls', 'is not read here', true],
    [{ role: 'user', content: [{ type: 'tool_use', name: 'look_up' }] }, ['content', 0], 'Only the agent calls tools', true],
    [{ role: 'user' }, 'content', 'no content', false],
    [{ role: 'Function Call', content: 'x', data: {} }, undefined, 'names no function', true],
    [{ role: 'assistant', content: 'Hi.', tool_calls: [{}] }, ['tool_calls', 0], 'names no function', true],
    [{ role: 'assistant', content: 'Hi.', tool_calls: { name: 'a' } }, 'tool_calls', 'must be a list', true],
    [{ role: 'assistant', tool_calls: [{ name: 'a', kwargs: { b: 1 } }] }, ['tool_calls', 0, 'kwargs'], 'is not read here', true],
    [
      { role: 'assistant', tool_calls: [{ name: 'a', args: {}, input: { b: 1 }, parameters: { c: 1 } }] },
      ['tool_calls', 0, 'parameters'],
      'other arguments',
      true,
    ],
    [{ role: 'assistant', tool_calls: [{ name: 'a', args: '{"b"' }] }, ['tool_calls', 0, 'args'], 'are not JSON', false],
    [{ role: 'assistant', message: 'Hi.', content: '' }, 'message', 'is not read here', true],
    [{ role: 'assistant', content: 'Hi.', mood: 'glad' }, 'mood', 'is not read here', false],
    [
      { role: 'Function Call', content: 'I look it up.', data: { name: 'look_up', arguments: {} } },
      'content',
      'something else than the call',
      false,
    ],
    [{ role: 'tool', content: 'It failed.', data: { result: '{"ok":true}' } }, 'content', 'something else than the result', false],
    [{ role: 'tool', data: { output: 'It failed.' } }, ['data', 'output'], 'is not read here', true],
    [{ role: 'user', content: 'Hi.', start_time: '00:01' }, 'start_time', 'A time is a number of seconds', false],
    [{ role: 'user', content: 'Hi.', start_time: -0.5 }, 'start_time', 'A time is a number of seconds', false],
    [{ role: 'user', content: 'Hi.', start_time: Infinity }, 'start_time', 'A time is a number of seconds', false],
    [{ role: 'user', content: 'Hi.', end_time: NaN }, 'end_time', 'A time is a number of seconds', false],
    [{ role: 'user', content: 'Hi.', start_time: 1_764_000_000 }, 'start_time', 'A time is a number of seconds', false],
    [{ role: 'user', content: 'Hi.', start_time: 2, end_time: 1 }, 'end_time', 'ends before it starts', false],
    [{ role: 'user', content: 'Hi.', turn: -1 }, 'turn', 'A turn is a whole number', false],
    [{ role: 'user', content: 'Hi.', turn: 1.5 }, 'turn', 'A turn is a whole number', false],
    [{ role: 'user', content: 'Hi.', turn: Number.MAX_SAFE_INTEGER }, 'turn', 'A turn is a whole number', false],
    [{ role: 'user', content: 'Hi.', cause: { kind: 'instructions', reason: 5 } }, 'cause', 'This cause is not known', false],
    [{ role: 'user', digits: '1', cause: { kind: 'first_message' } }, 'cause', 'is not read here', false],
    [{ role: 'user', content: 'Hi.', digits: 5 }, 'digits', 'Telephone keys are', false],
    [{ role: 'user', content: 'Hi.', cause: 'step 2' }, 'cause', 'This cause is not known', false],
    [{ role: 'user', content: 'Hi.', digits: '' }, 'digits', 'A message has either words', false],
    [{ role: 'user', content: 'x', digits: 'x' }, 'digits', 'Telephone keys are', false],
    [{ role: 'user', content: 'Press', digits: '12' }, 'digits', 'A message has either words', false],
  ])('%j is told, with its place', (message, field, what, isLost) => {
    const { problems } = readMessages([{ role: 'agent', content: 'Hello.' }, message])
    expect(problems).toEqual([
      { index: 1, path: field === undefined ? [] : [field].flat(), message: expect.stringContaining(what) as string, isLost },
    ])
  })

  test('of a message with a mistake, the rest is read', () => {
    const { moments } = readMessages([{ role: 'assistant', content: 'Hi.', start_time: 'x', tool_calls: [{}, { name: 'look_up' }] }])
    expect(moments).toMatchObject([{ text: 'Hi.' }, { name: 'look_up' }])
  })
})

describe('a transcript of any size', () => {
  test('is read', () => {
    const { moments } = readMessages(Array.from({ length: 300_000 }, () => caller('Hi.')))
    expect(moments.at(-1)).toMatchObject({ turn: 300_000, startS: 299_999 })
  })

  test('has the first problems of each kind, and how many more there are', () => {
    const wrong = Array.from({ length: 3000 }, (_, index) => ({ role: index % 3 === 0 ? 'narrator' : 'user', content: 'Hi.', turn: -1 }))
    const { problems } = readMessages(wrong)
    expect(problems.filter(({ isLost }) => isLost)).toHaveLength(21)
    expect(problems.filter(({ isLost }) => !isLost)).toHaveLength(21)
    expect(problems.filter(({ path }) => path.length === 0)).toEqual([
      { index: 20, path: [], message: 'And 2,980 more, in this message and later ones.', isLost: false },
      { index: 60, path: [], message: 'And 980 more, in this message and later ones.', isLost: true },
    ])
  })
})

const deep = (open: string, close: string): string => open.repeat(200_000) + close.repeat(200_000)

describe('what nests too deeply', () => {
  const said = '(left out: nested more than 100 deep)'

  test.each([deep('[', ']'), JSON.parse(deep('[', ']')) as unknown, deep('{"a":', '}').replace('{"a":}', '{}')])(
    'is told and left out (%#)',
    value => {
      const { moments, problems } = readMessages([
        { role: 'Function Call', data: { name: 'look_up', arguments: value } },
        { role: 'tool', content: value },
        { role: 'assistant', content: [{ type: 'tool_use', name: 'look_up', input: value }] },
      ])
      expect(moments).toMatchObject([{ arguments: said }, { result: said }, { arguments: said }])
      expect(problems).toMatchObject([
        { index: 0, path: ['data', 'arguments'], message: 'It is nested more than 100 levels deep.', isLost: true },
        { index: 1, path: ['content'], isLost: true },
        { index: 2, path: ['content', 0, 'input'], isLost: true },
      ])
    },
  )

  test('is left out when it is written', () => {
    const result = JSON.parse(deep('[', ']')) as unknown
    const [message] = writeMessages([{ type: 'tool_returned', by: 'agent', turn: 0, startS: 0, endS: 0, result }])
    expect(message?.data?.result).toBe(JSON.stringify(said))
  })
})
