import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call, Channel } from '../../../src/ports/channel.js'
import type { ToolDesk } from '../../../src/ports/tool-desk.js'
import { startToolAgent } from '../../agents/tool-agent.js'
import { callWith, openCall, type OpenedCall } from '../channels/conduct-call.js'
import { deskOf, fails, gives, tool, toolAgentChannel } from './desk.js'

// The official client, and the bare protocol where it would not do what a client may.

const parameters = { type: 'object', properties: { id: { type: 'number' } }, required: ['id'] }
const tools = [
  tool('look_up', [gives({ name: 'Maria' }, { input: { id: 7 } })], { description: 'Finds a patient.', parameters }),
  tool('book', [gives('booked')], { otherwise: fails('Full.') }),
  tool('cancel', [{ input: {}, ...fails('The calendar is down.') }]),
]

let running: Awaited<ReturnType<typeof startToolAgent>>
let desk: ToolDesk
let channel: Channel
beforeAll(async () => {
  running = await startToolAgent()
  desk = await deskOf(tools)
  channel = desk.attend(await toolAgentChannel(running.url, 'nothing'), tools)
})
afterAll(async () => {
  await channel[Symbol.asyncDispose]()
  await desk[Symbol.asyncDispose]()
  await running.close()
})

const mcpUrl = (path = '/mcp'): URL => new URL(path, desk.environment['CALLSHEET_MCP_URL'])
const holdRun = (runId: string, more: Partial<Call> = {}): Promise<OpenedCall> => openCall(channel, callWith({ runId, ...more }))

async function connect(url: URL, headers: Record<string, string> = {}): Promise<Client & AsyncDisposable> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }))
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() })
}

async function post(message: unknown, { path = '/mcp', headers = {} }: { path?: string; headers?: Record<string, string> } = {}) {
  const body = typeof message === 'string' ? message : JSON.stringify(message)
  const response = await fetch(mcpUrl(path), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  const text = await response.text()
  return { status: response.status, json: text === '' ? undefined : (JSON.parse(text) as unknown) }
}

test('the official client connects, lists the tools and calls them; each call shows in its run', async () => {
  await using first = await holdRun('r1')
  await using second = await holdRun('r2')
  await using client = await connect(mcpUrl('/runs/r1/mcp'))
  expect(client.getServerVersion()?.name).toBe('callsheet-mock-tools')
  await client.ping()
  expect((await client.listTools()).tools).toEqual([
    { name: 'look_up', description: 'Finds a patient.', inputSchema: parameters },
    { name: 'book', inputSchema: { type: 'object' } },
    { name: 'cancel', inputSchema: { type: 'object' } },
  ])
  expect(await client.callTool({ name: 'look_up', arguments: { id: 7 } })).toEqual({
    content: [{ type: 'text', text: '{"name":"Maria"}' }],
    structuredContent: { name: 'Maria' },
    isError: false,
  })
  expect(await client.callTool({ name: 'book' })).toMatchObject({ content: [{ type: 'text', text: 'booked' }] })
  expect(await client.callTool({ name: 'cancel', arguments: {} })).toEqual({
    content: [{ type: 'text', text: 'The calendar is down.' }],
    isError: true,
  })
  expect(await client.callTool({ name: 'look_up', arguments: { id: 8 } })).toMatchObject({ isError: true })
  await expect(client.callTool({ name: 'look' })).rejects.toThrow('Unknown tool: look')
  expect(first.events.flatMap(event => (event.type === 'tool_called' ? [event.name] : []))).toEqual([
    'look_up',
    'book',
    'cancel',
    'look_up',
    'look',
  ])
  expect(first.events.filter(event => event.type === 'tool_returned').map(({ unmatched = false }) => unmatched)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ])
  expect(second.events).toEqual([])
})

test('a client may connect and list before anyone has called, and name its run by a header', async () => {
  await using client = await connect(mcpUrl())
  expect((await client.listTools()).tools).toHaveLength(3)
  await using call = await holdRun('r3')
  await using _other = await holdRun('r4')
  await using named = await connect(mcpUrl(), { 'X-Callsheet-Run-Id': 'r3' })
  await named.callTool({ name: 'book' })
  expect(call.events).toHaveLength(2)
})

test('a call that could be of several runs is refused, and says what to do', async () => {
  await using _first = await holdRun('r5')
  await using _second = await holdRun('r6')
  await using client = await connect(mcpUrl())
  await expect(client.callTool({ name: 'book' })).rejects.toMatchObject({
    code: 409,
    message: expect.stringMatching(/2 calls are in progress.*runs\/<run id>\/mcp/s),
  })
})

test.each([
  ['2025-06-18', '2025-06-18'],
  ['2025-03-26', '2025-03-26'],
  ['2024-11-05', '2025-06-18'],
  ['2099-01-01', '2025-06-18'],
])('a client that asks for version %s gets %s', async (asked, got) => {
  const params = { protocolVersion: asked, capabilities: {}, clientInfo: { name: 'test', version: '1' } }
  const { json } = await post({ jsonrpc: '2.0', id: 1, method: 'initialize', params })
  expect(json).toMatchObject({ id: 1, result: { protocolVersion: got, capabilities: { tools: {} } } })
})

test.each([
  ['no JSON', '{', 400, -32700],
  ['no message', '"hello"', 200, -32600],
  ['no version', { id: 1, method: 'ping' }, 200, -32600],
  ['no method', { jsonrpc: '2.0', id: 1 }, 200, -32600],
  ['an empty batch', [], 200, -32600],
  ['an unknown method', { jsonrpc: '2.0', id: 1, method: 'prompts/list' }, 200, -32601],
])('what is %s is answered by its error', async (_what, message, status, code) => {
  const answer = await post(message)
  expect(answer).toMatchObject({ status, json: { jsonrpc: '2.0', error: { code } } })
})

test('a call without a name is an error of the protocol, and no call', async () => {
  await using call = await holdRun('r7')
  const { json } = await post({ jsonrpc: '2.0', id: 'a', method: 'tools/call', params: {} })
  expect(json).toMatchObject({ id: 'a', error: { code: -32602 } })
  expect(call.events).toEqual([])
})

test.each([null, true, {}, [1]])('a call whose id is %j is refused, and is no call', async id => {
  await using call = await holdRun('r9')
  const { json } = await post({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'look_up', arguments: { id: 7 } } })
  expect(json).toEqual({ jsonrpc: '2.0', id: null, error: { code: -32600, message: 'The id must be a string or a number.' } })
  expect(call.events).toEqual([])
})

test('notifications, and answers to what was never asked, get no answer', async () => {
  for (const message of [
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    { jsonrpc: '2.0', id: 9, result: {} },
  ]) {
    expect(await post(message)).toEqual({ status: 202, json: undefined })
  }
})

test('a batch, as 2025-03-26 has them, is answered as one', async () => {
  await using call = await holdRun('r8')
  const { json } = await post([
    { jsonrpc: '2.0', id: 1, method: 'ping' },
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'look_up', arguments: { id: 7 } } },
  ])
  expect(json).toEqual([
    { jsonrpc: '2.0', id: 1, result: {} },
    { jsonrpc: '2.0', id: 2, result: { content: [{ type: 'text', text: '{"name":"Maria"}' }], isError: false } },
  ])
  expect(call.events).toHaveLength(2)
})

test('a version that is not spoken, a stream and a session are refused', async () => {
  expect((await post({ jsonrpc: '2.0', id: 1, method: 'ping' }, { headers: { 'mcp-protocol-version': '1999' } })).status).toBe(400)
  expect((await fetch(mcpUrl(), { headers: { accept: 'text/event-stream' } })).status).toBe(405)
  expect((await fetch(mcpUrl(), { method: 'DELETE' })).status).toBe(405)
})
