import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { openApi, type Answer, type Api } from '../api.js'

/** A real agent, and what it was told as it was connected to. */
interface RealAgent extends AsyncDisposable {
  readonly url: string
  readonly calls: IncomingHttpHeaders[]
}

async function startAgent(says: string): Promise<RealAgent> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise(resolve => server.once('listening', resolve))
  const calls: IncomingHttpHeaders[] = []
  server.on('connection', (socket, request) => {
    calls.push(request.headers)
    socket.on('message', () => socket.send(JSON.stringify({ content: says })))
  })
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async [Symbol.asyncDispose]() {
      for (const client of server.clients) client.terminate()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

let [own, other]: RealAgent[] = []
let api: Api
let guarded: Api

beforeAll(async () => {
  ;[own, other] = [await startAgent('the usual one'), await startAgent('the other one')]
  const suite = `version: 1
suite: { name: Sockets }
agents:
  ours: { id: 1, connection: { type: websocket, url: "${own.url}", secret: "\${AGENT_SECRET}", headers: { Authorization: "\${AGENT_TOKEN}", X-Stage: production } } }
scenarios:
  a: { id: 1, script: { first_message: Hi, steps: [{ when: any, say: 'Bye <endcall/>' }] }, expect: [{ agent_says: { contains: one } }] }
  b: { id: 2, script: { first_message: Hi, steps: [{ when: any, say: 'Bye <endcall/>' }] }, expect: [{ agent_says: { contains: one } }] }
retries: { infra_error: 0 }
`
  const options = { suite, agent: '', environment: { AGENT_SECRET: 'the-secret-of-ours', AGENT_TOKEN: 'the-token-of-ours' } }
  api = await openApi({ ...options, allowedHosts: ['127.0.0.1'] })
  guarded = await openApi(options)
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
  await guarded[Symbol.asyncDispose]()
  await own![Symbol.asyncDispose]()
  await other![Symbol.asyncDispose]()
})

async function run(path: string, body: object, at = api): Promise<Answer['body']> {
  const answer = await at.post(`scenarios/${path}/`, { agent_id: 1, ...body })
  expect(answer).toMatchObject({ status: 201 })
  const started = answer.body
  await at.service.conductor.settled(started.id)
  return (await at.get(`results/${started.id}/`)).body
}

describe('a request may have the agent reached', () => {
  test('at its own address, with headers in place of its own of the same name', async () => {
    await run('run_scenarios_text', { scenarios: [1], websocket_headers: { 'x-stage': 'preview', 'X-Branch': 7 } })
    expect(own!.calls.pop()).toMatchObject({
      'authorization': 'the-token-of-ours',
      'x-vocera-secret': 'the-secret-of-ours',
      'x-stage': 'preview',
      'x-branch': '7',
      'x-vocera-scenario-id': '1',
    })
  })

  test('at another path of its own address, where it is told the same', async () => {
    await run('run_scenarios_text', { scenarios: [1], websocket_url: `${own!.url}/preview` })
    expect(own!.calls.pop()).toMatchObject({ 'authorization': 'the-token-of-ours', 'x-vocera-secret': 'the-secret-of-ours' })
  })

  test('at another address, which is told no secret of its own', async () => {
    const result = await run('run_scenarios_text', {
      scenarios: [1],
      websocket_url: other!.url,
      websocket_headers: { Authorization: 'preview-token-1234' },
    })
    expect(result).toMatchObject({ status: 'completed', success_rate: 100 })
    const told = other!.calls.pop()!
    expect(told).toMatchObject({ 'authorization': 'preview-token-1234', 'x-vocera-result-id': String(result.id) })
    expect(JSON.stringify(told)).not.toMatch(/of-ours/)
    expect(told).not.toHaveProperty('x-vocera-secret')
    expect(told).not.toHaveProperty('x-stage')
  })

  test('at an address for each scenario', async () => {
    const result = await run('run_scenarios_with_websockets', {
      frequency: 2,
      scenarios: [
        { scenario: 1, websocket_url: other!.url },
        { scenario: '2', websocket_url: own!.url, websocket_headers: { 'X-Which': 'b' } },
      ],
    })
    expect(result).toMatchObject({ success_rate: 100, total_runs_count: 4 })
    expect(other!.calls.splice(0)).toHaveLength(2)
    expect(own!.calls.splice(0).map(headers => headers['x-which'])).toEqual(['b', 'b'])
  })
})

test('headers of a request are secrets, and in nothing that is answered', async () => {
  const result = await run('run_scenarios_text', {
    scenarios: [1],
    websocket_url: other!.url,
    websocket_headers: { Authorization: 'never-tell-this-1' },
  })
  other!.calls.length = 0
  for (const path of [`results/${result.id}/`, `runs/${Object.keys(result.runs)[0]}/`, 'results/'])
    expect((await api.get(path)).text).not.toContain('never-tell-this-1')
})

test('so are user, password and query of an address', async () => {
  const url = other!.url.replace('ws://', 'ws://caller:never-tell-this-2@')
  const result = await run('run_scenarios_text', { scenarios: [1], websocket_url: `${url}/?key=never-tell-this-3&stage=preview` })
  expect(result).toMatchObject({ success_rate: 100 })
  other!.calls.length = 0
  await using journal = await api.service.database.journal(result.id)
  const stored = (await journal.stored())!
  const events = [JSON.stringify(stored.started)]
  for await (const event of stored.events()) events.push(JSON.stringify(event))
  expect(events.join('\n')).toContain('[redacted websocket_url]')
  expect(events.join('\n')).not.toMatch(/never-tell|stage=preview/)
  for (const path of [`results/${result.id}/`, `runs/${Object.keys(result.runs)[0]}/`])
    expect((await api.get(path)).text).not.toContain('never-tell')
})

describe('nobody is led where only the server can go:', () => {
  test.each([
    'ws://127.0.0.1:1',
    'ws://localhost:1',
    'ws://[::1]:1',
    'ws://0.0.0.0:1',
    'ws://2130706433:1',
    'ws://[::ffff:7f00:1]:1',
    'ws://10.1.2.3',
    'ws://169.254.169.254/latest',
    'ws://user@192.168.0.1',
  ])('%s is refused at once', async url => {
    for (const [path, body] of [
      ['run_scenarios_text', { scenarios: [1], websocket_url: url }],
      ['run_scenarios_with_websockets', { scenarios: [{ scenario: 1, websocket_url: url }] }],
    ] as const) {
      const { status, body: answer } = await guarded.post(`scenarios/${path}/`, { agent_id: 1, ...body })
      expect(status).toBe(400)
      expect(JSON.stringify(answer)).toContain('not an address of the public network')
    }
  })

  test("an agent's own address is free, wherever it is", async () => {
    expect(await run('run_scenarios', { scenarios: [1] }, guarded)).toMatchObject({ success_rate: 100 })
    own!.calls.length = 0
  })

  test('but a request may not say so, be it another path of it', async () => {
    const { status } = await guarded.post('scenarios/run_scenarios_text/', { agent_id: 1, scenarios: [1], websocket_url: `${own!.url}/x` })
    expect(status).toBe(400)
  })
})

test('nothing of this was a mistake of ours', () => {
  expect(api.log).toEqual([])
})
