import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { importSuite } from '../../../../src/app/exchange/import-suite.js'
import { json, openBench, told } from './bench.js'

interface Replayed {
  readonly script: { readonly first_message: string; readonly steps?: readonly { readonly when: string; readonly say: string }[] }
  readonly expect: readonly unknown[]
  readonly max_turns?: number
}

/** What becomes of a transcript; it may be run, or this throws. */
async function replayOf(name: string, text: string, how: { readonly agentUrl?: string } = {}) {
  const bench = openBench()
  const read = await bench.import(name, text, how)
  await bench.prepare(read.text)
  const { scenarios } = parse(read.text) as { scenarios: Record<string, Replayed> }
  const replays = Object.values(scenarios)
  return { ...read, keys: Object.keys(scenarios), replays, replay: replays[0] as Replayed }
}

const says = ({ script: { first_message, steps = [] } }: Replayed): string[] => [first_message, ...steps.map(({ say }) => say)]

/** One conversation, in the forms that it is found in: the caller cancels, the agent looks up, cancels and says so. */
const forms: readonly [what: string, name: string, text: string][] = [
  [
    'a run of the run-scenarios API',
    'run.json',
    json({
      id: 274,
      scenario_name: 'Cancel',
      metadata: { ended_reason: 'Main agent-ended-call' },
      transcript_object: [
        { role: 'Main Agent', content: 'Hello, clinic.', start_time: 0, end_time: 1 },
        { role: 'Testing Agent', content: 'I need to', start_time: 1, end_time: 2 },
        { role: 'Testing Agent', content: 'cancel.', start_time: 2, end_time: 3 },
        { role: 'Function Call', data: { id: '1', name: 'look_up', arguments: '{"name": "Maria"}' } },
        { role: 'Function Call Result', data: { id: '1', result: '{}' } },
        { role: 'Main Agent', content: 'Shall I cancel it?', start_time: 3, end_time: 4 },
        { role: 'Testing Agent', content: 'Yes.', start_time: 4, end_time: 5 },
        { role: 'Main Agent', content: 'It is cancelled.', start_time: 5, end_time: 6 },
      ],
    }),
  ],
  [
    'messages of chat completions',
    'chat.json',
    json([
      { role: 'system', content: 'You are a clinic.' },
      { role: 'assistant', content: 'Hello, clinic.' },
      { role: 'user', content: [{ type: 'text', text: 'I need to' }] },
      { role: 'user', content: 'cancel.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: '1', type: 'function', function: { name: 'look_up', arguments: '{"name": "Maria"}' } }],
      },
      { role: 'tool', tool_call_id: '1', content: '{}' },
      { role: 'assistant', content: 'Shall I cancel it?' },
      { role: 'user', content: 'Yes.' },
      { role: 'assistant', content: 'It is cancelled.' },
    ]),
  ],
  [
    'plain text with times',
    'call.txt',
    '[00:01] Main Agent: Hello, clinic.\n[00:02] Testing Agent: I need to\n[00:03] Testing Agent: cancel.\n[00:04] Function Call: look_up({"name": "Maria"})\n[00:04] Function Call Result: {}\n[00:05] Main Agent: Shall I cancel it?\n[00:06] Testing Agent: Yes.\n[00:07] Main Agent: It is\n\ncancelled.\n',
  ],
  [
    'plain text without times',
    'call.log',
    'Agent: Hello, clinic.\r\nCaller: I need to\r\nCALLER: cancel.\r\nTool call: look_up\r\nagent: Shall I cancel it?\r\nCaller: Yes.\r\nAgent: It is cancelled.\r\n',
  ],
]

const tooDeep = /^0:0 \S+ nests more than 100 levels deep\.$/

describe('a conversation', () => {
  test.each(forms)('in the form of %s becomes the same calls in the same order, and asks what held', async (_what, name, text) => {
    const { replay, losses, keys } = await replayOf(name, text)
    const endedByAgent = name === 'run.json'
    expect(says(replay)).toEqual(['', 'I need to cancel.', 'Yes.', ...(endedByAgent ? [] : ['<endcall/>'])])
    expect(replay.script.steps?.every(({ when }) => when === 'any')).toBe(true)
    expect(replay.expect).toEqual([
      { tool_called: { name: 'look_up' } },
      ...(endedByAgent ? [{ turns: { min: 2 } }, { ended_by: 'agent' }] : [{ ended_by: 'caller' }]),
    ])
    expect(losses).toEqual([])
    expect(keys).toEqual([endedByAgent ? 'cancel' : name.replace(/\..*/, '')])
  })

  test('proposes in a comment what else held, and warns of personal data', async () => {
    const { text, warnings } = await replayOf(
      'chat.json',
      json([
        { role: 'user', content: 'I am Maria, born 1990-04-02; mail maria@example.com or call +1 (555) 010-0100.' },
        { role: 'assistant', content: 'Welcome.', tool_calls: [{ function: { name: 'look_up', arguments: '{"name": "${Maria}"}' } }] },
      ]),
    )
    expect(text).toContain(`
    expect:
      - tool_called: { name: look_up }
      - ended_by: caller
      # This was true as well. Copy what must always be true:
      # - { tool_called: { name: look_up, arguments: { name: "$\${Maria}" } } }
      # - { agent_says: { contains: Welcome. } }
`)
    expect(text).toContain('# From a real conversation: check it for personal data before you commit it.')
    expect(told(warnings).map(each => each.replace(/^\S*\//, ''))).toEqual([
      'chat.json: A real conversation may contain personal data. Read it before you commit it.',
      '[0]: This looks like an e-mail address. Check that it is not personal data.',
      '[0]: This looks like a long number, such as a telephone, card or account number. Check that it is not personal data.',
      '[0]: This looks like a date, such as a date of birth. Check that it is not personal data.',
    ])
  })

  test('is said word by word: nothing in it acts, whatever the caller wrote', async () => {
    const { replay, losses } = await replayOf(
      'chat.json',
      json([
        { role: 'user', content: 'Is <endcall/> {{{name}} ${HOME} a <b>tag</b>?\n# no comment' },
        { role: 'assistant', content: 'No.' },
      ]),
    )
    expect(replay.script.first_message).toBe('Is < endcall/> { { {name}} $${HOME} a < b>tag< /b>?\n# no comment')
    expect(told(losses)).toEqual([
      '[0]: Text that looks like a tag or a template now has a space in it, so that the caller says it literally.',
    ])
  })

  test('is replayed without what the caller only said to end a silence; what has no meaning here is told', async () => {
    const { replay, losses } = await replayOf(
      'run.json',
      json({
        transcript_object: [
          { role: 'Testing Agent', content: 'Hi.', cause: { kind: 'first_message' } },
          { role: 'Main Agent', content: null },
          { role: 'Testing Agent', content: 'Are you there?', cause: { kind: 'idle_prompt' } },
          { role: 'Main Agent', content: 'Yes.', start_time: 'soon' },
        ],
      }),
    )
    expect(says(replay)).toEqual(['Hi.', '<endcall/>'])
    expect(told(losses)).toEqual([
      'transcript_object[1].content: It has no content.',
      'transcript_object[3].start_time: A time is a number of seconds from the start of the call.',
    ])
  })

  test('with the last word of the caller ends with it', async () => {
    const { replay } = await replayOf(
      'chat.json',
      json([
        { role: 'user', content: 'Hi.' },
        { role: 'assistant', content: 'Hello.' },
        { role: 'user', content: 'Bye.' },
      ]),
    )
    expect(says(replay)).toEqual(['Hi.', 'Bye. <endcall/>'])
    const alone = await replayOf('chat.json', json([{ role: 'user', content: 'Hi.' }]))
    expect(says(alone.replay)).toEqual(['Hi.', '<endcall/>'])
  })

  test('that the agent began is begun by the caller where the agent can only answer', async () => {
    const { replay, losses } = await replayOf('call.txt', 'Agent: Hello.\nCaller: Hi.\nTool call: look_up\nAgent: Bye.\n', {
      agentUrl: 'http://127.0.0.1:1/chat',
    })
    expect(says(replay)).toEqual(['Hi.', '<endcall/>'])
    expect(told(losses)).toEqual(['line 1: The agent spoke first, but over HTTP it only answers, so the caller opens the call.'])
  })

  test('that was long may be as long again', async () => {
    const lines = Array.from({ length: 40 }, (_, nth) => `Caller: ${nth}\nAgent: ${nth}`).join('\n')
    expect((await replayOf('call.txt', lines)).replay.max_turns).toBe(45)
  })

  test('is found in results, in lists of runs, and in lines of JSON; each becomes a scenario', async () => {
    const messages = [
      { role: 'user', content: 'Hi.' },
      { role: 'assistant', content: 'Hello.' },
    ]
    const run = { scenario_name: 'Greets', transcript: '[00:01] Testing Agent: Hi.\n[00:02] Main Agent: Hello.' }
    const inResult = await replayOf('result.json', json({ id: 1, status: 'completed', runs: { 274: run, 275: run } }))
    expect(inResult.keys).toEqual(['greets', 'greets_2'])
    expect(inResult.replays.map(says)).toEqual([
      ['Hi.', '<endcall/>'],
      ['Hi.', '<endcall/>'],
    ])
    const inLines = await replayOf('chats.jsonl', `${JSON.stringify({ messages })}\n${JSON.stringify({ messages })}\n`)
    expect(inLines.keys).toEqual(['chats_1', 'chats_2'])
    const oneLineEach = await replayOf('chat.jsonl', messages.map(each => `${JSON.stringify(each)}\n`).join(''))
    expect(oneLineEach.replays.map(says)).toEqual([['Hi.', '<endcall/>']])
  })

  test('that never took place is left out of several, and is refused alone', async () => {
    const failed = { scenario_name: 'Fails', status: 'failed', transcript_object: [] }
    const silent = { scenario_name: 'Silent', transcript: '[00:01] Main Agent: Hello?' }
    const { keys, losses } = await replayOf('result.json', json({ runs: { 1: { transcript: 'User: Hi.' }, 2: failed, 3: silent } }))
    expect(keys).toEqual(['result'])
    expect(told(losses)).toEqual([
      'runs.2: It has no conversation: no messages with a role and a content.',
      'runs.3: The caller says nothing in it.',
    ])
    expect(await openBench().refusal('run.json', json(silent))).toEqual(['1:1 conversation: The caller says nothing in it.'])
  })

  test('is told everything that is wrong with it at once', async () => {
    const text = json([{ role: 'user', content: 7 }, { role: 'narrator' }, 'Hi.', { role: 'Function Call', data: {} }])
    expect(await openBench().refusal('chat.json', text)).toEqual([
      '4:16 [0].content: This must be text, or a list of parts with a text.',
      expect.stringContaining('7:13 [1].role: This role is not known.') as string,
      '9:3 [2]: A message must be an object with a role and a content.',
      '10:3 [3]: This call names no function: data has no name.',
    ])
  })

  test('is refused where a part of it, or a call of the caller, would be lost', async () => {
    const text = json([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See?' },
          { type: 'image_url', image_url: { url: 'u' } },
        ],
      },
      { role: 'user', content: 'Hi.', tool_calls: [{ name: 'look_up' }] },
    ])
    expect(await openBench().refusal('chat.json', text)).toEqual([
      expect.stringContaining('[0].content[1]: This part is not text, but "image_url".') as string,
      expect.stringContaining('[1].tool_calls: The key "tool_calls" is not read here.') as string,
    ])
  })

  test('is refused for its first mistakes only, with a count of the others', async () => {
    const wrong = Array.from({ length: 3017 }, () => ({ role: 'narrator', content: 'Hi.' }))
    const refusal = await openBench().refusal('chat.json', JSON.stringify(wrong))
    expect(refusal).toHaveLength(21)
    expect(refusal.at(-1)).toContain('[20]: And 2,997 more, in this message and later ones.')
  })

  test.each([
    ['deep.json', '['.repeat(100_000) + ']'.repeat(100_000), /^1:1 The document: This must be an object/],
    ['deep.jsonl', `{"role":"user","content":"Hi."}\n${'['.repeat(100_000)}${']'.repeat(100_000)}\n`, tooDeep],
    ['deep.json', `{"messages":[{"role":"tool","content":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}]}`, tooDeep],
  ])('is refused if it nests too deeply (%#)', async (name, text, refusal) => {
    const [first, ...others] = await openBench().refusal(name, text)
    expect(first).toMatch(refusal)
    expect(others).toEqual([])
  })

  test('of very many messages is read', async () => {
    const messages = Array.from({ length: 130_000 }, () => ({ role: 'user', content: 'a' }))
    const { scenarios } = await openBench().import('chat.json', JSON.stringify(messages))
    expect(scenarios).toBe(1)
  })

  test('in plain text keeps the lines of a result together, and refuses lines of nobody', async () => {
    const { text } = await replayOf(
      'call.txt',
      'Caller: Hi.\nTool call: look_up({\n  "name": "Maria"\n})\nTool result: {\n  "ok": true\n}\n',
    )
    expect(text).toContain('tool_called: { name: look_up, arguments: { name: Maria } }')
    const bench = openBench()
    const imported = importSuite({ sources: [{ path: bench.write('call.txt', 'Call 7\nCaller: Hi.\n'), kind: 'transcript' }], schema: 's' })
    expect(await imported).toMatchObject({
      diagnostics: [{ message: expect.stringContaining('line 1: This role is not known.') as string }],
    })
  })
})
