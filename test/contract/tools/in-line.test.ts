import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openaiChannel } from '../../../src/adapters/channels/openai.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { OpenAiConnection } from '../../../src/domain/connection.js'
import type { Channel } from '../../../src/ports/channel.js'
import type { ToolDesk } from '../../../src/ports/tool-desk.js'
import { startOpenaiAgent } from '../../agents/openai-agent.js'
import { agent } from '../../support/build.js'
import { eventually, openCall, wordsIn } from '../channels/conduct-call.js'
import { deskOf, fails, gives, tool } from './desk.js'

// Chat completions whose tool calls the channel answers.

const parameters = { type: 'object', properties: { id: { type: 'number' } } }
const tools = [
  tool('look_up', [gives({ name: 'Maria' }, { input: { id: 7 }, delayMs: 60 })], { description: 'Finds a patient.', parameters }),
  tool('book', [gives('booked')], { otherwise: fails('Full.') }),
  tool('cancel', [{ input: {}, ...fails('The calendar is down.') }]),
  tool('stuck', [gives('never', { delayMs: 60_000 })]),
]

let running: Awaited<ReturnType<typeof startOpenaiAgent>>
let desk: ToolDesk
const open: Channel[] = []
beforeAll(async () => {
  running = await startOpenaiAgent()
  desk = await deskOf(tools)
})
afterEach(async () => {
  for (const channel of open.splice(0)) await channel[Symbol.asyncDispose]()
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await running.close()
})

async function channelWith(more: Partial<OpenAiConnection> = {}, picked = tools): Promise<Channel> {
  const connection = { type: 'openai', baseUrl: running.url, model: 'my-agent', ...more } as const
  const channel = desk.attend(await openaiChannel(agent({ connection }), { clock: systemClock, concurrency: 4 }), picked)
  open.push(channel)
  return channel
}

describe('mock tools behind chat completions', () => {
  test('are offered beside the own ones, and answered until the agent is done, in one turn', async () => {
    const own = { type: 'function', function: { name: 'own' } }
    await using call = await openCall(await channelWith({ tools: [own] }))
    const before = running.requests.length
    const events = await call.ask('/use look_up {"id":7}')
    expect(events).toMatchObject([
      { type: 'said', text: 'One moment.' },
      { type: 'tool_called', id: 'u1', name: 'look_up', arguments: { id: 7 } },
      { type: 'tool_returned', id: 'u1', name: 'look_up', result: { name: 'Maria' } },
      { type: 'said', text: 'It gave: {"name":"Maria"}' },
      { type: 'yielded' },
    ])
    const [called, returned] = events.slice(1, 3).map(event => ('atS' in event ? event.atS : NaN))
    expect(returned! - called!).toBeGreaterThanOrEqual(0.059)
    const [first, second] = running.requests.slice(before).map(({ body }) => body)
    expect(first.tools).toEqual([
      own,
      { type: 'function', function: { name: 'look_up', description: 'Finds a patient.', parameters } },
      ...['book', 'cancel', 'stuck'].map(name => ({
        type: 'function',
        function: { name, parameters: { type: 'object', properties: {} } },
      })),
    ])
    expect(second.messages.slice(1)).toMatchObject([
      { role: 'assistant', content: 'One moment.', tool_calls: [{ id: 'u1' }] },
      { role: 'tool', tool_call_id: 'u1', content: '{"name":"Maria"}' },
    ])
    // The conversation goes on from there.
    expect(wordsIn(await call.ask('Hi'))).toEqual(['You said: Hi'])
  })

  test('give errors, and say so where nothing is for a call or nobody has the tool', async () => {
    await using call = await openCall(await channelWith())
    const events = await call.ask('/use cancel; look_up {"id":8}; no_such_tool; book not json')
    const returned = events.flatMap(event => (event.type === 'tool_returned' ? [[event.name, event.unmatched ?? false]] : []))
    expect(Object.fromEntries(returned)).toEqual({ cancel: false, look_up: true, no_such_tool: true, book: true })
    expect(wordsIn(events)[1]).toContain('must be a JSON object')
  })

  test('are answered all at once where several are called, each to its id', async () => {
    await using call = await openCall(await channelWith())
    const events = await call.ask('/use look_up {"id":7}; look_up {"id":7}; book')
    const inOrder = events.flatMap(event => (event.type === 'tool_returned' ? [event.id] : []))
    expect(inOrder).toEqual(['u3', 'u1', 'u2'])
    const last = running.requests.at(-1)?.body.messages.slice(-3)
    expect(last.map((message: { tool_call_id: string }) => message.tool_call_id)).toEqual(['u1', 'u2', 'u3'])
  })

  test('leave the own tools as they are: reported, and not run', async () => {
    const own = ['own', 'book'].map(name => ({ type: 'function', function: { name } }))
    await using call = await openCall(await channelWith({ tools: own }))
    const alone = await call.ask('/use own')
    expect(alone.map(({ type }) => type)).toEqual(['tool_called', 'said', 'yielded'])
    const both = await call.ask('/use own; book')
    expect(both.filter(({ type }) => type === 'tool_returned')).toMatchObject([{ id: 'u2', result: 'booked' }])
    const [result] = running.requests.at(-1)?.body.messages.slice(-2) ?? []
    expect(result).toMatchObject({ tool_call_id: 'u1', content: '{"result":null}' })
    // Who defines a tool and mocks it has defined it once.
    expect(JSON.stringify(running.requests.at(-1)?.body.tools).split('"name":"book"')).toHaveLength(2)
  })

  test('are none where the run picks none', async () => {
    await using call = await openCall(await channelWith({}, []))
    expect((await call.ask('/use book')).map(({ type }) => type)).toEqual(['tool_called', 'said', 'yielded'])
    expect(running.requests.at(-1)?.body).not.toHaveProperty('tools')
  })

  test('an agent that calls them again and again, and never is done, erred', async () => {
    await using call = await openCall(await channelWith())
    const before = running.requests.length
    const last = (await call.ask('/tool', 'broke')).at(-1)
    expect(last).toMatchObject({ type: 'broke', fault: { by: 'agent', code: 'tool_loop', message: expect.stringContaining('20 times') } })
    expect(running.requests.length - before).toBe(21)
  })

  test('a call that is cut off while a tool takes its time asks no more', async () => {
    const call = await openCall(await channelWith())
    call.conversation.say({ type: 'text', text: '/use stuck' })
    expect(await eventually(() => call.events.some(({ type }) => type === 'tool_called'))).toBe(true)
    const before = running.requests.length
    call.abort(new Error('stopped'))
    await call.conversation[Symbol.asyncDispose]()
    expect(await eventually(() => running.underWay() === 0)).toBe(true)
    expect(running.requests.length).toBe(before)
    expect(call.events.map(({ type }) => type)).toEqual(['said', 'tool_called'])
  })
})
