import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApi, type Answer, type Api } from '../api.js'

let api: Api

beforeAll(async () => {
  api = await openApi({
    suite: `version: 1
suite: { name: Clinic }
agents:
  clinic: { id: 12, connection: { type: module, path: agent.mjs } }
  equipped:
    id: 13
    connection: { type: module, path: agent.mjs }
    mock_tools: { look_up: { cases: [{ output: P-1 }] } }
runs: [{ name: All, agent: clinic, scenarios: all }]
scenarios:
  books:
    id: 1
    script:
      first_message: I want an appointment.
      steps:
        - { when: { contains: name }, say: Maria. }
        - { when: { contains: booked }, say: 'Thank you. <endcall/>' }
    expect: [{ agent_says: { contains: booked } }]
  listens:
    id: 2
    script: { first_message: '', steps: [{ when: any, say: Hello. }] }
    expect: [{ agent_says: { contains: Clinic } }, { tool_called: { name: look_up } }, { metadata: { pointer: /region, equals: eu } }]
`,
    agent: 'export default () => { throw new Error("Nobody is to be called") }\n',
  })
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

/** Starts a chat, and gives the ids of its result and run. */
async function startChat(scenario: number, more: object = {}): Promise<{ result: number; run: number }> {
  const answer = await api.post('scenarios/run_scenarios_api_chat/', { agent_id: 12, scenarios: [scenario], ...more })
  expect(answer).toMatchObject({ status: 201 })
  return { result: answer.body.id, run: answer.body.runs[0].id }
}

/** Polls a turn until it is there. */
async function poll(run: number, turn: number): Promise<Answer['body']> {
  for (;;) {
    const answer = await api.get(`runs/${run}/chat/${turn}/`)
    expect(answer).toMatchObject({ status: 200 })
    if (answer.body.status !== 'generating') return answer.body
    await wait(5)
  }
}

const say = (run: number, message: object): Promise<Answer> => api.post(`runs/${run}/chat/`, message)

async function ended({ result, run }: { result: number; run: number }): Promise<Answer['body']> {
  await api.service.conductor.settled(result)
  return (await api.get(`runs/${run}/`)).body
}

test('a client that polls speaks the agent to its end, and is scored', async () => {
  const chat = await startChat(1)
  expect(await poll(chat.run, 0)).toMatchObject({
    run_id: chat.run,
    result_id: chat.result,
    turn_id: 0,
    status: 'ready',
    message: 'I want an appointment.',
    ended: false,
    ended_reason: null,
  })

  const first = await say(chat.run, { content: 'What is your name?' })
  expect(first).toMatchObject({ status: 202, body: { turn_id: 1 } })
  expect(await poll(chat.run, 1)).toMatchObject({ message: 'Maria.', ended: false })

  await say(chat.run, { content: 'It is booked.' })
  expect(await poll(chat.run, 2)).toMatchObject({ turn_id: 2, status: 'ready', message: 'Thank you.', ended: true })

  const run = await ended(chat)
  expect(run).toMatchObject({ status: 'completed', success: true })
  expect(run.transcript_object.map((turn: { role: string; content: string }) => `${turn.role}: ${turn.content}`)).toEqual([
    'Testing Agent: I want an appointment.',
    'Main Agent: What is your name?',
    'Testing Agent: Maria.',
    'Main Agent: It is booked.',
    'Testing Agent: Thank you.',
  ])
  expect(await poll(chat.run, 2)).toMatchObject({ message: 'Thank you.', ended: true, ended_reason: 'Testing agent-ended-call' })
  expect((await say(chat.run, { content: 'More?' })).status).toBe(409)
})

test('a chat with an agent that has mock tools ends when the caller hangs up, with its last words', async () => {
  const chat = await startChat(1, { agent_id: 13, timeout: '20' })
  await poll(chat.run, 0)
  await say(chat.run, { content: 'What is your name?' })
  await poll(chat.run, 1)
  await say(chat.run, { content: 'It is booked.' })
  expect(await poll(chat.run, 2)).toMatchObject({ message: 'Thank you.', ended: true })
  expect(await ended(chat)).toMatchObject({ status: 'completed', success: true })
  expect(await poll(chat.run, 2)).toMatchObject({ ended_reason: 'Testing agent-ended-call' })
})

test('an agent that speaks first does, calls tools, tells about itself, and hangs up', async () => {
  const chat = await startChat(2)
  expect(await poll(chat.run, 0)).toMatchObject({ status: 'ready', message: null })
  expect((await say(chat.run, { metadata: { region: 'eu' } })).body).toMatchObject({ turn_id: 0, status: 'ready' })
  expect((await say(chat.run, { role: 'Function Call', data: { id: 'c1', name: 'look_up', arguments: '{"id": 7}' } })).body).toMatchObject({
    turn_id: 0,
  })
  expect((await say(chat.run, { content: 'Clinic, hello?' })).body).toMatchObject({ turn_id: 1 })
  expect(await poll(chat.run, 1)).toMatchObject({ message: 'Hello.' })
  await say(chat.run, { content: 'Goodbye.' })

  const hungUp = await api.post(`runs/${chat.run}/end-chat/`, { reason: 'main_agent_ended_call' })
  expect(hungUp).toMatchObject({ status: 200, body: { run_id: chat.run, result_id: chat.result, status: 'evaluating' } })
  expect(await ended(chat)).toMatchObject({ success: true, metadata: { region: 'eu', ended_reason: 'Main agent-ended-call' } })
  expect((await api.post(`runs-external/${chat.run}/end-chat`)).body).toMatchObject({ status: 'completed' })
})

test('the last words of an agent may come with its hanging up', async () => {
  const chat = await startChat(2)
  await poll(chat.run, 0)
  await say(chat.run, { content: 'Clinic. We are closed.', type: 'end_call' })
  expect(await ended(chat)).toMatchObject({ metadata: { ended_reason: 'Main agent-ended-call-after-message-spoken' } })
})

test('of messages that follow at once, the last has the answer to all', async () => {
  const chat = await startChat(1)
  await poll(chat.run, 0)
  const answers = await Promise.all([say(chat.run, { content: 'One moment.' }), say(chat.run, { content: 'What is your name?' })])
  const ids = answers.map(({ body }) => body.turn_id as number)
  const turns = await Promise.all(ids.map(id => poll(chat.run, id)))
  // Whether the first was answered before the second came is a matter of microseconds.
  expect(['dropped', 'ready']).toContain(turns[0].status)
  expect(turns[1].status).toBe('ready')
  await api.post(`results/${chat.result}/end_calls/`)
  const run = await ended(chat)
  expect(run.transcript).toContain('One moment.')
  expect(run.transcript).toContain('What is your name?')
})

test('a chat that takes longer than its timeout is scored as it stands', async () => {
  const chat = await startChat(1, { timeout: '1' })
  await poll(chat.run, 0)
  await say(chat.run, { content: 'It is booked, what is your name?' })
  await poll(chat.run, 1)
  const run = await ended(chat)
  expect(run).toMatchObject({ status: 'completed', success: true, metadata: { ended_reason: 'exceeded-max-duration' } })
  expect(await poll(chat.run, 1)).toMatchObject({ ended: true, ended_reason: 'exceeded-max-duration' })
})

test('a chat that is ended from outside is cancelled', async () => {
  const chat = await startChat(1)
  await poll(chat.run, 0)
  await api.post(`runs/${chat.run}/end_call/`)
  expect(await ended(chat)).toMatchObject({ status: 'cancelled' })
})

const unread = (why: string): string => `The message cannot be read, because ${why}. Correct it, and send it again.`

describe('refused are', () => {
  test('messages that are none, by field', async () => {
    const { run } = await startChat(1)
    await poll(run, 0)
    expect(await say(run, { content: 7, metadata: 'x', role: 'Nobody', data: [], type: 'x' })).toMatchObject({
      status: 400,
      body: {
        content: ['Must be a text.'],
        metadata: ['Must be an object.'],
        role: ['Must be "Function Call" or "Function Call Result".'],
        data: ['Must be an object.'],
        type: ['Must be end_call.'],
      },
    })
    const messages: [object, string][] = [
      [{}, unread('it has no content, no metadata and no role of a tool')],
      [{ content: ' ' }, 'The message has no words. Send words as content, or metadata.'],
      [{ role: 'Function Call' }, unread('data.name is missing')],
      [{ role: 'Function Call Result', data: {} }, unread('data.result is missing')],
    ]
    for (const [message, why] of messages) {
      expect(await say(run, message)).toMatchObject({ status: 400, body: { non_field_errors: [why] } })
    }
    await api.post(`runs/${run}/end_call/`)
  })

  test('timeouts that are none', async () => {
    for (const timeout of [0, 3601, '4000', 'x', 1.5]) {
      expect((await api.post('scenarios/run_scenarios_api_chat/', { agent_id: 12, scenarios: [1], timeout })).body).toEqual({
        timeout: ['Must be an integer from 1 to 3600.'],
      })
    }
  })

  test('turns and chats that are not there', async () => {
    const { run } = await startChat(1)
    await poll(run, 0)
    expect((await api.get(`runs/${run}/chat/5/`)).status).toBe(404)
    expect((await api.get(`runs/${run}/chat/x/`)).status).toBe(404)
    expect((await api.get('runs/99999/chat/0/')).status).toBe(404)
    expect((await say(99_999, { content: 'Hi' })).status).toBe(404)
    const other = await api.post('scenarios/run_scenarios/', { agent_id: 12, scenarios: [1] })
    expect((await say(other.body.runs[0].id, { content: 'Hi' })).status).toBe(404)
    await api.post(`runs/${run}/end_call/`)
    await api.service.conductor.settled(other.body.id)
  })
})

test('many chats are open at once, whatever the suite limits', async () => {
  const { body } = await api.post('scenarios/run_scenarios_api_chat/', { agent_id: 12, scenarios: [1], frequency: 30 })
  const openings = await Promise.all(body.runs.map(({ id }: { id: number }) => poll(id, 0)))
  expect(openings.every(({ message }) => message === 'I want an appointment.')).toBe(true)
  await api.post(`results/${body.id}/end_calls/`)
  await api.service.conductor.settled(body.id)
})

test('nothing of this was a mistake of ours', () => {
  expect(api.log).toEqual([])
})
