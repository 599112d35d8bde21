import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApi, type Answer, type Api } from '../api.js'
import { clinic } from '../clinic.js'

let api: Api

beforeAll(async () => {
  // What speaks and hears is there, and never asked: no call gets that far.
  const speech = `{ engine: command, command: [${process.execPath}] }`
  api = await openApi({ ...clinic, suite: `${clinic.suite}models: { tts: ${speech}, stt: ${speech} }\n` })
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

/** A field, as it may be, and as it may not. */
interface Field {
  readonly right: fc.Arbitrary<unknown>
  readonly wrong: fc.Arbitrary<unknown>
}

const whole = (id: number): fc.Arbitrary<unknown> => fc.constantFrom(id, String(id), `0${id}`)
const noInteger = fc.constantFrom<unknown>(1.5, '1.5', 'x', '', ' 1', '1e3', true, {}, [], [1], '9'.repeat(16))
const notThere = fc.constantFrom<unknown>(99, '99', 0, -1, '-7', 2 ** 40)
const positive: Field = {
  right: fc.constantFrom<unknown>(1, 2, '2', '02'),
  wrong: fc.oneof(noInteger, fc.constantFrom<unknown>(0, -1, '0', '-1')),
}
const noText = fc.constantFrom<unknown>(7, true, {}, [], ['x'], 'a\0b')
const noTexts = fc.constantFrom<unknown>('x', 7, {}, [7], ['x', null], [['x']], ['\0'])
const noIds = fc.constantFrom<unknown>('3', 3, {}, [1.5], ['x'], [[3]], [3, 99], [99])
const phone: Field = {
  right: fc.constantFrom('+15555550100', '+441632960961', '+1 (555) 555-0100', ''),
  wrong: fc.oneof(noText, fc.constantFrom('5555', '+0123', '+1 555 CALL', '+1'.padEnd(20, '2'))),
}

const common: Record<string, Field> = {
  assistant_id: { right: fc.constant('asst_1'), wrong: fc.oneof(noText, fc.constantFrom('', 'asst_2')) },
  frequency: positive,
  name: {
    right: fc.string({ minLength: 1, maxLength: 50 }).filter(name => !name.includes('\0')),
    wrong: fc.oneof(noText, fc.constantFrom('', 'x'.repeat(501))),
  },
  outbound_phone_number: phone,
  agent_number: phone,
  mode: { right: fc.constantFrom('same_number', 'different_numbers'), wrong: fc.oneof(noText, fc.constant('both')) },
  personality_ids: { right: fc.constantFrom([3], ['7', 3], []), wrong: noIds },
  personality_id: { right: whole(3), wrong: fc.oneof(noInteger, notThere) },
  test_profile_ids: { right: fc.constantFrom([20], ['20'], []), wrong: noIds },
  test_profile_id: { right: whole(20), wrong: fc.oneof(noInteger, notThere) },
  concurrency_limit: positive,
  mock_tool_names: { right: fc.constant([]), wrong: noTexts },
}
const agentId: Field = { right: whole(12), wrong: fc.oneof(noInteger, notThere) }
const selected: Record<string, Field> = {
  agent_id: agentId,
  scenarios: {
    right: fc.constantFrom<unknown>([1, 3], ['1'], 3, '2', 'all'),
    wrong: fc.constantFrom<unknown>(
      {},
      true,
      '',
      0,
      '0',
      -1,
      1.5,
      [99],
      ['x'],
      [1, 99],
      [[1]],
      [1.5],
      Array.from({ length: 10_001 }, () => 1),
    ),
  },
  tags: { right: fc.constantFrom(['smoke'], ['smoke', 'none']), wrong: noTexts },
  project_id: { right: whole(1), wrong: fc.oneof(noInteger, notThere) },
  ...common,
}
const url = {
  right: fc.constant('wss://agent.example.com/'),
  wrong: fc.oneof(
    noText,
    fc.constantFrom(
      '',
      'x',
      'http://agent.example.com',
      'ws://',
      'ws://127.0.0.1:8080',
      'ws://[::1]/',
      'ws://localhost/',
      'ws://169.254.169.254/',
      'ws://a.example.com/#x',
      'ws://a b/',
    ),
  ),
}
const headers = {
  right: fc.constantFrom<unknown>({ Authorization: 'Bearer x' }, { 'X-Number': 7, 'X-Flag': true }),
  wrong: fc.constantFrom<unknown>(
    'x',
    [],
    { 'a b': 'x' },
    { '': 'x' },
    { a: null },
    { a: {} },
    { Host: 'x' },
    { 'X-VOCERA-RUN-ID': '1' },
    { 'sec-websocket-key': 'x' },
    { a: 'x\0' },
  ),
}
const withUrl = fc.constantFrom<unknown>(
  { scenario: 1 },
  { websocket_url: 'wss://a.example.com' },
  { scenario: 99, websocket_url: 'wss://a.example.com' },
  { scenario: 1, websocket_url: 'ws://127.0.0.1' },
  1,
  null,
)

/** Whatever starts runs. */
const endpoints: Record<string, { readonly fields: Record<string, Field> }> = {
  run_scenarios: { fields: selected },
  run_scenarios_text: { fields: { ...selected, websocket_url: url, websocket_headers: headers } },
  run_scenarios_sip: {
    fields: {
      ...selected,
      sip_endpoint: { right: fc.constant('sip:a@example.com'), wrong: fc.oneof(noText, fc.constantFrom('', 'x', 'http://x')) },
    },
  },
  run_scenarios_chirp: {
    fields: { ...selected, websocket_url: url },
  },
  run_scenarios_api_chat: {
    fields: {
      ...selected,
      timeout: { right: fc.constantFrom<unknown>(1, '3600'), wrong: fc.oneof(noInteger, fc.constantFrom<unknown>(0, 3601, '9999')) },
    },
  },
  run_scenarios_with_websockets: {
    fields: {
      ...common,
      agent_id: agentId,
      scenarios: {
        right: fc.constantFrom(
          [{ scenario: 1, websocket_url: 'wss://a.example.com' }],
          [
            { scenario: '1', websocket_url: 'wss://a.example.com' },
            { scenario: 2, websocket_url: 'ws://b.example.com' },
          ],
        ),
        wrong: fc.oneof(
          fc.array(withUrl, { minLength: 1, maxLength: 2 }),
          fc.constantFrom<unknown>(
            [],
            'all',
            3,
            {},
            Array.from({ length: 2 }, () => ({ scenario: 1, websocket_url: 'wss://a.example.com' })),
          ),
        ),
      },
    },
  },
  run_scenarios_json: {
    fields: {
      ...Object.fromEntries(Object.entries(common).filter(([name]) => !/^(personality|test_profile)_/.test(name))),
      agent_id: agentId,
      channel: { right: fc.constantFrom('voice', 'text'), wrong: fc.oneof(noText, fc.constantFrom('x', 'pipecat_v2')) },
      tags: { right: fc.constant([]), wrong: fc.constantFrom<unknown>(['x'], 'x', 7) },
      personality_id: { right: fc.constant(null), wrong: fc.constantFrom<unknown>(3, 'x') },
      spec: {
        right: fc.constant({
          version: '1',
          scenarios: [
            {
              name: 'x',
              type: 'conditional_actions',
              language: 'en',
              conditional_actions: {
                role: 'r',
                conditions: [{ id: 0, condition: 'FIRST_MESSAGE', action: 'Hi', type: 'standard', fixed_message: true }],
              },
            },
          ],
        }),
        wrong: fc.constantFrom<unknown>('x', 7, [], { version: '1\0' }),
      },
    },
  },
}

/** What must be there. */
const needed = ['agent_id', 'scenarios', 'spec', 'websocket_url', 'sip_endpoint']

async function send(path: string, body: unknown): Promise<Answer> {
  const answer = await api.post(`scenarios/${path}/`, body as object)
  expect(api.log).toEqual([])
  return answer
}

/** Starting takes time and does not matter here: no run starts. */
async function callOff({ status, body }: Answer): Promise<void> {
  if (status !== 201) return
  await api.post(`results/${body.id}/end_calls/`)
  await api.service.conductor.settled(body.id)
}

const whichRight = (fields: Record<string, Field>): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, { right }]) => [name, right])), {
    requiredKeys: needed.filter(name => name in fields),
  })

test.each(Object.entries(endpoints))('%s takes what is right', async (path, { fields }) => {
  await fc.assert(
    fc.asyncProperty(whichRight(fields), async body => {
      const answer = await send(path, body)
      const wrong = answer.status === 400 ? Object.keys(answer.body) : []
      expect({ status: answer.status, wrong }).toEqual({ status: 201, wrong: [] })
      await callOff(answer)
    }),
    { numRuns: 6 },
  )
})

test.each(Object.entries(endpoints))('%s names the one field that is wrong', async (path, { fields }) => {
  const wrong = fc.constantFrom(...Object.keys(fields)).chain(name => fc.tuple(fc.constant(name), fields[name]!.wrong, whichRight(fields)))
  await fc.assert(
    fc.asyncProperty(wrong, async ([name, value, right]) => {
      const answer = await send(path, { ...right, [name]: value })
      expect(answer).toMatchObject({ status: 400 })
      expect(Object.keys(answer.body)).toEqual([name])
    }),
    { numRuns: 60 },
  )
})

test.each(Object.entries(endpoints))('%s names all fields that are wrong at once', async (path, { fields }) => {
  const all = fc.record(Object.fromEntries(Object.entries(fields).map(([name, { wrong }]) => [name, wrong])))
  await fc.assert(
    fc.asyncProperty(all, async body => {
      const answer = await send(path, body)
      expect(answer.status).toBe(400)
      expect(Object.keys(answer.body)).toEqual(expect.arrayContaining(Object.keys(fields)))
    }),
    { numRuns: 6 },
  )
})

test('whatever is sent as JSON to whatever starts runs, the answer is no mistake of ours', async () => {
  const names = [
    ...new Set(Object.values(endpoints).flatMap(({ fields }) => Object.keys(fields))),
    'file',
    'folder_path',
    'freq',
    '__proto__',
    'constructor',
  ]
  const body = fc.oneof(
    fc.anything({ maxDepth: 4 }),
    fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.jsonValue(), fc.constantFrom(12, 'all', [1]))),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(endpoints), 'validate_scenarios_json'), body, async (path, sent) => {
      const payload = JSON.stringify(sent, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? ''
      const answer = await api.send({
        method: 'POST',
        url: `/test_framework/v1/scenarios/${path}/`,
        headers: { 'content-type': 'application/json' },
        payload,
      })
      expect([200, 201, 400]).toContain(answer.status)
      expect(api.log).toEqual([])
      await callOff(answer)
    }),
    { numRuns: 80 },
  )
})

test('whatever bytes come as whatever type, the answer is no mistake of ours', async () => {
  const type = fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=----x',
    'multipart/form-data',
    'text/plain',
    'application/xml',
    'x',
    '',
  )
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map(each => Buffer.from(each)),
    fc
      .string({ maxLength: 200 })
      .map(each => Buffer.from(`------x\r\nContent-Disposition: form-data; name="agent_id"\r\n\r\n${each}\r\n------x--`)),
    fc.string().map(each => Buffer.from(`agent_id=${each}&scenarios=all`)),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(endpoints)), type, bytes, async (path, contentType, payload) => {
      const answer = await api.send({
        method: 'POST',
        url: `/test_framework/v1/scenarios/${path}/`,
        headers: { 'content-type': contentType },
        payload,
      })
      expect([201, 400, 415]).toContain(answer.status)
      expect(api.log).toEqual([])
      await callOff(answer)
    }),
    { numRuns: 80 },
  )
})
