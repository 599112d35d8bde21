import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { commandChannel } from '../../../src/adapters/channels/command.js'
import { websocketChannel } from '../../../src/adapters/channels/websocket.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { Connection } from '../../../src/domain/connection.js'
import { FaultError } from '../../../src/domain/fault.js'
import type { AgentEvent, Channel } from '../../../src/ports/channel.js'
import type { ToolDesk } from '../../../src/ports/tool-desk.js'
import { startToolAgent } from '../../agents/tool-agent.js'
import { startWebSocketAgent } from '../../agents/websocket-agent.js'
import { agent } from '../../support/build.js'
import { callWith, eventually, openCall, wordsIn } from '../channels/conduct-call.js'
import { deskOf, fails, gives, tool, toolAgentChannel } from './desk.js'

// A real agent, a real channel to it, and the desk that answers for its tools.

const tools = [
  tool('look_up', [gives({ name: 'Maria', id: '{{input.id}}' }, { input: { id: 7 } })], { otherwise: fails('No such patient.') }),
  tool('book', [gives('booked', { input: { at: '10:00' } })], { description: 'Books.', parameters: { type: 'object' } }),
  tool('slow', [gives('at last', { delayMs: 150 })]),
  tool('stuck', [gives('never', { delayMs: 60_000 })]),
]

let running: Awaited<ReturnType<typeof startToolAgent>>
let desk: ToolDesk
const open: AsyncDisposable[] = []

beforeAll(async () => {
  running = await startToolAgent()
  desk = await deskOf(tools)
  // Tools are where the environment says, where a turn does not say so.
  Object.assign(process.env, desk.environment)
})
afterEach(async () => {
  for (const each of open.splice(0)) await each[Symbol.asyncDispose]()
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await running.close()
})

async function channelTold(told: Parameters<typeof toolAgentChannel>[1], picked = tools): Promise<Channel> {
  const channel = desk.attend(await toolAgentChannel(running.url, told), picked)
  open.push(channel)
  return channel
}

const url = (path = ''): string => `${desk.environment['CALLSHEET_MOCK_TOOLS_URL']}${path}`

const toolEvents = (events: readonly AgentEvent[]) => events.filter(({ type }) => type.startsWith('tool_'))

describe('an agent over HTTP that is told where its tools are', () => {
  test('gets outputs as JSON, and the call shows what was called and what came back', async () => {
    await using call = await openCall(await channelTold('tools'))
    const events = await call.ask('use look_up {"id":7,"why":"cancel"}')
    expect(wordsIn(events)).toEqual(['200 {"name":"Maria","id":7}'])
    expect(events.slice(0, 2)).toEqual([
      { type: 'tool_called', id: 'mock-1', name: 'look_up', arguments: { id: 7, why: 'cancel' }, atS: expect.any(Number) },
      { type: 'tool_returned', id: 'mock-1', name: 'look_up', result: { name: 'Maria', id: 7 }, atS: expect.any(Number) },
    ])
  })

  test('gets an error with 500', async () => {
    await using call = await openCall(await channelTold('tools'))
    const events = await call.ask('use look_up {"id":8}')
    expect(wordsIn(events)).toEqual(['500 {"error":"No such patient."}'])
    expect(events[1]).toMatchObject({ type: 'tool_returned', result: { error: 'No such patient.' } })
    expect(events[1]).not.toHaveProperty('unmatched')
  })

  test.each(['use book {"at":"11:00"}', 'use no_such_tool'])('sees, as the call does, that nothing is for it: %s', async words => {
    await using call = await openCall(await channelTold('tools'))
    const events = await call.ask(words)
    expect(wordsIn(events)[0]).toMatch(/^404 \{"error":"/)
    expect(events[0]).toMatchObject({ type: 'tool_called' })
    expect(events[1]).toMatchObject({ type: 'tool_returned', unmatched: true, result: { error: expect.any(String) } })
  })

  test('waits for a tool that takes its time, which the call shows', async () => {
    await using call = await openCall(await channelTold('tools'))
    const [called, returned] = toolEvents(await call.ask('use slow'))
    if (called?.type !== 'tool_called' || returned?.type !== 'tool_returned') throw new Error('Nothing was called.')
    expect(returned.atS - called.atS).toBeGreaterThanOrEqual(0.149)
  })

  test('is heard once, where it tells of its calls itself', async () => {
    await using call = await openCall(await channelTold('tools'))
    const events = await call.ask('report look_up {"id":7}; report book {"at":"10:00"}')
    expect(toolEvents(events).map(event => [event.type, 'id' in event && event.id])).toEqual([
      ['tool_called', 'mock-1'],
      ['tool_returned', 'mock-1'],
      ['tool_called', 'mock-2'],
      ['tool_returned', 'mock-2'],
    ])
  })

  test('has only the tools that the run picks, and is told of none where it picks none', async () => {
    await using some = await openCall(await channelTold('tools', tools.slice(1, 2)))
    expect(wordsIn(await some.ask('use look_up {"id":7}'))[0]).toContain('There is no tool \\"look_up\\", only: book.')
    await using none = await openCall(await channelTold('tools', []))
    // Without an address of the call's own it asks where the environment says, and two calls are open.
    expect(wordsIn(await none.ask('use look_up {"id":7}'))[0]).toMatch(/^409 /)
  })

  test('of fifty calls conducted at once, each is heard in its own', async () => {
    const channel = await channelTold('tools')
    const calls = await Promise.all(Array.from({ length: 50 }, () => openCall(channel)))
    const heard = await Promise.all(calls.map((call, n) => call.ask(`use slow {"call":${n}}; use look_up {"id":7,"call":${n}}`)))
    for (const [n, events] of heard.entries()) {
      const numbers = events.flatMap(event => (event.type === 'tool_called' ? [event.arguments] : []))
      expect(numbers).toEqual([{ call: n }, { id: 7, call: n }])
      expect(toolEvents(events)).toHaveLength(4)
    }
    for (const call of calls) await call[Symbol.asyncDispose]()
  })
})

describe('whose call it is', () => {
  test('a request may say by a header, also where several are open', async () => {
    const channel = await channelTold('run')
    await using first = await openCall(channel)
    await using second = await openCall(channel)
    expect(wordsIn(await second.ask('use book {"at":"10:00"}'))).toEqual(['200 "booked"'])
    expect(toolEvents(second.events)).toHaveLength(2)
    expect(first.events).toEqual([])
  })

  test('where it does not say, it is the only one there is; of several none is guessed, and the answer says what to do', async () => {
    const channel = await channelTold('nothing')
    await using first = await openCall(channel)
    expect(wordsIn(await first.ask('use book {"at":"10:00"}'))).toEqual(['200 "booked"'])
    await using second = await openCall(channel)
    const [refused = ''] = wordsIn(await second.ask('use book {"at":"10:00"}'))
    expect(refused).toMatch(/^409 .*2 calls are in progress.*X-Callsheet-Run-Id/)
    expect(toolEvents([...second.events, ...first.events])).toHaveLength(2)
  })

  test('a request may say by its query', async () => {
    await using call = await openCall(await channelTold('nothing'), callWith({ runId: 'run a' }))
    await using _other = await openCall(await channelTold('nothing'))
    const response = await fetch(url('/book?run=run%20a'), { method: 'POST', body: '{"at":"10:00"}' })
    expect([response.status, await response.json()]).toEqual([200, 'booked'])
    expect(toolEvents(call.events)).toHaveLength(2)
  })

  test.each(['hung up', 'was cut off', 'broke'])('a call that %s takes no more', async how => {
    const call = await openCall(await channelTold('tools'), callWith({ runId: 'gone' }))
    if (how === 'hung up') await call.conversation.end('')
    else if (how === 'was cut off') call.abort(new Error('stopped'))
    else {
      const { port } = running
      await running.close()
      await call.ask('Hi', 'broke')
      running = await startToolAgent({ port })
    }
    const before = call.events.length
    const response = await fetch(url('/book'), {
      method: 'POST',
      headers: { 'X-Callsheet-Run-Id': 'gone' },
      body: '{"at":"10:00"}',
    })
    expect(response.status).toBe(410)
    expect(call.events.length).toBe(before)
    await call[Symbol.asyncDispose]()
  })

  test('a tool that has not answered when the call ends is given up, and not heard', async () => {
    const call = await openCall(await channelTold('tools'), callWith({ runId: 'short' }))
    const asked = fetch(url('/stuck?run=short'), { method: 'POST' })
    expect(await eventually(() => call.events.length === 1)).toBe(true)
    await call.conversation.end('')
    expect((await asked).status).toBe(410)
    expect(call.events.map(({ type }) => type)).toEqual(['tool_called'])
    await call[Symbol.asyncDispose]()
  })
})

describe('a program on standard input and output', () => {
  test.each(['use', 'report'])('finds its tools in its environment, and each call is heard once: %s', async verb => {
    const connection: Connection = { type: 'command', command: ['node', 'test/agents/tool-agent.js', 'lines'] }
    const channel = commandChannel(agent({ connection, folder: process.cwd() }), { clock: systemClock, concurrency: 2 })
    const attended = desk.attend(await channel, tools)
    open.push(attended)
    await using first = await openCall(attended)
    await using second = await openCall(attended)
    const events = await Promise.all([first.ask(`${verb} look_up {"id":7}`), second.ask(`${verb} book {"at":"10:00"}`)])
    expect(events.map(wordsIn)).toEqual([['200 {"name":"Maria","id":7}'], ['200 "booked"']])
    expect(events.map(each => toolEvents(each).map(event => 'name' in event && event.name))).toEqual([
      ['look_up', 'look_up'],
      ['book', 'book'],
    ])
  })
})

describe('an agent behind a WebSocket', () => {
  test('is told where its tools are by headers, and not told where its run picks none', async () => {
    const socketAgent = await startWebSocketAgent()
    const connection: Connection = { type: 'websocket', url: socketAgent.url }
    const channel = await websocketChannel(agent({ connection }), { clock: systemClock, concurrency: 2 })
    await using call = await openCall(desk.attend(channel, tools))
    await using _none = await openCall(desk.attend(channel, []))
    const [told, untold] = socketAgent.calls.slice(-2).map(({ headers }) => headers)
    expect(untold).not.toHaveProperty('x-callsheet-mock-tools-url')
    const asked = await fetch(`${String(told?.['x-callsheet-mock-tools-url'])}/look_up`, { method: 'POST', body: '{"id":7}' })
    expect(await asked.json()).toEqual({ name: 'Maria', id: 7 })
    expect(told?.['x-callsheet-mcp-url']).toMatch(/\/runs\/run-\d+\/mcp$/)
    expect(toolEvents(call.events)).toHaveLength(2)
    await channel[Symbol.asyncDispose]()
    await socketAgent.close()
  })
})

describe('the desk itself', () => {
  test('lists the tools, before anyone has called too', async () => {
    const listed = await (await fetch(url())).json()
    expect(listed).toEqual({
      tools: [
        { name: 'look_up' },
        { name: 'book', description: 'Books.', parameters: { type: 'object' } },
        { name: 'slow' },
        { name: 'stuck' },
      ],
    })
  })

  test.each([
    ['another method', () => fetch(url('/book')), 405],
    ['another address', () => fetch(new URL('/nothing', url())), 404],
    ['a bad encoding', () => fetch(url('/%E0%A4%A'), { method: 'POST' }), 400],
    ['too much', () => fetch(url('/book'), { method: 'POST', body: `"${'x'.repeat(10 << 20)}"` }), 413],
    ['a page elsewhere', () => fetch(url(), { headers: { origin: 'https://example.com' } }), 403],
    ['a page here', () => fetch(url(), { headers: { origin: 'http://localhost:3000' } }), 200],
  ])('answers %s with what fits', async (_what, ask, status) => {
    await using _call = await openCall(await channelTold('tools'))
    expect((await ask()).status).toBe(status)
  })

  test.each([
    ['no JSON', '{"at":', '{"at":'],
    ['nested too deep', `${'[['.repeat(5_000)}${']]'.repeat(5_000)}`, expect.stringContaining('nested')],
  ])('shows arguments that are %s, which match nothing', async (_what, body, shown) => {
    await using call = await openCall(await channelTold('tools'))
    expect((await fetch(url('/book'), { method: 'POST', body })).status).toBe(404)
    expect(call.events).toMatchObject([
      { type: 'tool_called', arguments: shown },
      { type: 'tool_returned', unmatched: true },
    ])
  })

  test('listens on the loopback interface, at the port that the suite names; one that is taken is our fault', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => taken.once('listening', resolve))
    const address = taken.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const fault = await deskOf(tools, port).then(
      () => undefined,
      error => (error instanceof FaultError ? error.fault : error),
    )
    expect(fault).toMatchObject({ by: 'infra', code: 'not_started', message: expect.stringContaining(`127.0.0.1:${port}`) })
    await new Promise(resolve => taken.close(resolve))
    await using own = await deskOf(tools, port)
    expect(own.environment['CALLSHEET_MOCK_TOOLS_URL']).toBe(`http://127.0.0.1:${port}/tools`)
  })

  test('closes at once, with what it had not answered', async () => {
    const own = await deskOf(tools)
    const channel = own.attend(await toolAgentChannel(running.url, 'tools'), tools)
    const call = await openCall(channel, callWith({ runId: 'last' }))
    const asked = fetch(`${own.environment['CALLSHEET_MOCK_TOOLS_URL']}/stuck`, { method: 'POST' }).catch(() => undefined)
    expect(await eventually(() => call.events.length === 1)).toBe(true)
    await own[Symbol.asyncDispose]()
    await asked
    await call[Symbol.asyncDispose]()
    await channel[Symbol.asyncDispose]()
  })
})
