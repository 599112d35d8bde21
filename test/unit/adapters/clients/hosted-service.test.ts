import { createServer, type AddressInfo } from 'node:net'
import { createServer as createHttpServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { hostedService } from '../../../../src/adapters/clients/hosted-service.js'
import { systemClock } from '../../../../src/adapters/clocks/system.js'
import { openNetwork } from '../../../../src/adapters/network/open-network.js'
import { startProxy } from '../../../support/proxy.js'
import { agent } from '../../../support/build.js'
import type { Clock } from '../../../../src/ports/clock.js'
import type { HostedService } from '../../../../src/ports/hosted-service.js'
import { openHostedService } from '../../../agents/hosted-service.js'

const signal = new AbortController().signal
const request = { agent_id: 7, scenarios: [11, 12], frequency: 2, mode: 'same_number' } as const

/** A hundred times as fast as the machine's. */
const fast: Clock = { ...systemClock, now: () => systemClock.now() * 100, after: (ms, then) => systemClock.after(ms / 100, then) }

function serviceAt(url: string, apiKey = 'k-1'): HostedService {
  const connection = { type: 'hosted', baseUrl: url, apiKey, agentId: 7 } as const
  return hostedService(agent({ connection }), { clock: fast })
}

test('what is begun is told by case, with the ids of its runs', async () => {
  await using fake = await openHostedService({ key: 'k-1' })
  const service = serviceAt(fake.url)
  await service.check(signal)
  expect(await service.start(request, 'Nightly 1', signal)).toEqual({
    id: 100,
    cases: [
      { scenario: { id: 11, name: 'Scenario 11' }, runs: [500, 501] },
      { scenario: { id: 12, name: 'Scenario 12' }, runs: [502, 503] },
    ],
  })
  const sent = fake.requests.find(({ method }) => method === 'POST')
  expect(sent?.body).toEqual({ ...request, name: 'Nightly 1' })
  expect(sent?.headers['idempotency-key']).toMatch(/^[\da-f]{64}$/)
})

test('what has begun is not let go because it cannot be read yet', async () => {
  await using fake = await openHostedService({ troubles: { 'GET runs/bulk': [{ status: 404 }] } })
  const { id, cases } = await serviceAt(fake.url).start(request, 'Nightly 1', signal)
  expect({ id, runs: cases.flatMap(({ runs }) => runs) }).toEqual({ id: 100, runs: [500, 501, 502, 503] })
})

test('a base URL may have the base path, and slashes at its end', async () => {
  await using fake = await openHostedService()
  for (const end of ['/', '/test_framework/v1', '/test_framework/v1//']) await serviceAt(fake.url + end).check(signal)
  expect(fake.asked('GET', 'aiagents/7/')).toBe(3)
})

test('a start whose answer was lost is found by its name, and not asked for twice', async () => {
  await using fake = await openHostedService({ troubles: { 'POST run_scenarios': ['lose'] }, lists: 1 })
  const { id, cases } = await serviceAt(fake.url).start(request, 'Nightly 1', signal)
  expect({ id, runs: cases.flatMap(({ runs }) => runs) }).toEqual({ id: 100, runs: [500, 501, 502, 503] })
  expect(fake.asked('POST', 'run_scenarios')).toBe(1)
  expect(fake.results.size).toBe(1)
})

test('a start of which nothing can be found is in doubt: it is not repeated, and who reads that is told where to look', async () => {
  await using fake = await openHostedService({ troubles: { 'POST run_scenarios': ['cut'] } })
  await expect(serviceAt(fake.url).start(request, 'Nightly 1', signal)).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('Check the service for the result "Nightly 1".') as string,
  })
  expect(fake.asked('POST', 'run_scenarios')).toBe(1)
})

test.each([502, 504, 408])('%i in front of a service says nothing of whether it began', async status => {
  await using fake = await openHostedService({ troubles: { 'POST run_scenarios': [{ status, body: 'gateway' }] } })
  await expect(serviceAt(fake.url).start(request, 'Nightly 1', signal)).rejects.toMatchObject({ kind: 'unavailable' })
  expect(fake.asked('POST', 'run_scenarios')).toBe(1)
})

test('a service that failed, and has no such result, is asked again', async () => {
  await using fake = await openHostedService({
    troubles: { 'POST run_scenarios': [{ status: 500 }, { status: 503, headers: { 'retry-after': '1' } }] },
  })
  expect((await serviceAt(fake.url).start(request, 'Nightly 1', signal)).id).toBe(100)
  expect(fake.asked('POST', 'run_scenarios')).toBe(3)
  expect(fake.results.size).toBe(1)
})

test('a service that wants to be left alone is, and then asked again', async () => {
  await using fake = await openHostedService({ troubles: { 'POST run_scenarios': [{ status: 429, headers: { 'retry-after': '20' } }] } })
  const startedMs = fast.now()
  await serviceAt(fake.url).start(request, 'Nightly 1', signal)
  expect(fast.now() - startedMs).toBeGreaterThanOrEqual(20_000)
  expect(fake.asked('GET', 'results')).toBe(0)
})

test('a service that keeps Idempotency-Keys is sent the same request again', async () => {
  const keys: unknown[] = []
  const server = createHttpServer((sent, reply) => {
    reply.setHeader('x-callsheet-api', '1')
    if (sent.method === 'GET') return void reply.end('[]')
    keys.push(sent.headers['idempotency-key'])
    if (keys.length < 3) return void sent.socket.destroy()
    return void reply.writeHead(201).end(JSON.stringify({ id: 1, runs: [{ id: 2, scenario: 11, scenario_name: 'One' }] }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const service = serviceAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await service.check(signal)
  expect((await service.start(request, 'Nächtlich 1', signal)).id).toBe(1)
  expect(keys).toHaveLength(3)
  expect(new Set(keys).size).toBe(1)
  server.closeAllConnections()
  server.close()
})

test('a service that is not there yet is asked again', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => taken.once('listening', resolve))
  const { port } = taken.address() as AddressInfo
  await new Promise(resolve => taken.close(resolve))
  await expect(serviceAt(`http://127.0.0.1:${port}`).check(signal)).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('ECONNREFUSED') as string,
  })
})

test.each([
  [401, { detail: 'No credentials.' }, 'No credentials. Check that api_key is a key'],
  [403, { detail: 'Invalid API key.' }, 'Invalid API key. Check that api_key is a key'],
  [404, { detail: 'Not found.' }, 'Not found. Check base_url'],
  [
    400,
    { scenarios: ['Not found: 9.'], frequency: ['Too many.'] },
    'scenarios: Not found: 9.; frequency: Too many. Correct what was asked for.',
  ],
  [302, '', 'If that is meant, write it as base_url'],
])('%i is refused once, with what to do', async (status, body, words) => {
  await using fake = await openHostedService({
    troubles: { 'POST run_scenarios': [{ status, body, headers: { location: 'http://127.0.0.1:1/' } }] },
  })
  await expect(serviceAt(fake.url).start(request, 'Nightly 1', signal)).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining(words) as string,
  })
  expect(fake.requests).toHaveLength(1)
})

test('a request that selects nothing is refused', async () => {
  await using fake = await openHostedService()
  await expect(serviceAt(fake.url).start({ ...request, scenarios: [] }, 'Nightly 1', signal)).rejects.toMatchObject({ kind: 'refused' })
})

test('a key that is not taken is told as such', async () => {
  await using fake = await openHostedService({ key: 'k-2' })
  await expect(serviceAt(fake.url).check(signal)).rejects.toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('403') as string,
  })
})

test('a status that nobody knows ends nothing', async () => {
  await using fake = await openHostedService({ statuses: ['pending', 'in_queue', 'dialling', 'in_progress', 'evaluating'] })
  const service = serviceAt(fake.url)
  const { id } = await service.start({ ...request, frequency: 1 }, 'Nightly 1', signal)
  const seen: unknown[] = []
  for (let i = 0; i < 6; i += 1) seen.push((await service.look(id, signal))?.runs.get(500))
  expect(seen).toEqual(['waiting', 'waiting', 'under_way', 'under_way', 'under_way', 'over'])
  const [run] = await service.runs([500], signal)
  expect(run).toMatchObject({ status: 'completed', success: true, durationMs: 2000, startedAt: '2026-01-01T09:00:00.000Z' })
  expect(run?.transcript.moments).toMatchObject([
    { by: 'caller', text: 'Hello.', turn: 1 },
    { by: 'agent', text: 'Good morning.', turn: 1 },
  ])
  expect(run?.transcript.ending).toEqual({ by: 'caller', reason: 'Testing agent-ended-call', atS: 2 })
})

test('what is not JSON is no answer', async () => {
  await using fake = await openHostedService({ troubles: { 'GET results/100': [{ status: 200, body: '<html>' }] } })
  const service = serviceAt(fake.url)
  const { id } = await service.start(request, 'Nightly 1', signal)
  await expect(service.look(id, signal)).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('not JSON') as string,
  })
  expect((await service.look(id, signal))?.isOver).toBe(false)
})

test('an abort ends whatever is in progress at once', async () => {
  await using fake = await openHostedService({
    troubles: { 'GET aiagents': Array.from({ length: 20 }, () => ({ status: 503, headers: { 'retry-after': '9' } })) },
  })
  const abort = new AbortController()
  const checking = serviceAt(fake.url).check(abort.signal)
  abort.abort(new Error('stopped'))
  await expect(checking).rejects.toThrow('stopped')
})

function behind(variables: Record<string, string>, baseUrl: string): HostedService {
  const connection = { type: 'hosted', baseUrl, apiKey: 'k-1', agentId: 7 } as const
  return hostedService(agent({ connection }), { clock: fast, network: openNetwork(variables) })
}

describe('through a proxy', () => {
  test('the service is asked as anywhere else, with the password that the proxy wants', async () => {
    await using fake = await openHostedService({ key: 'k-1' })
    const proxy = await startProxy({ wants: `Basic ${Buffer.from('me:secret word').toString('base64')}` })
    // The proxy takes any name for this machine.
    const url = fake.url.replace('127.0.0.1', 'service.test')
    await behind({ HTTP_PROXY: proxy.url.replace('//', '//me:secret%20word@') }, url).check(signal)
    expect(proxy.asked).toEqual([`GET ${url}/test_framework/v1/aiagents/7/`])
    await proxy.close()
  })

  test('a proxy that is not there is named', async () => {
    const proxy = await startProxy()
    await proxy.close()
    const asking = behind({ HTTP_PROXY: proxy.url }, 'http://service.test:81').check(signal)
    await expect(asking).rejects.toThrow(`PROXY_FAILED: the proxy ${proxy.url} (HTTP_PROXY): connect ECONNREFUSED`)
  })

  test('one that refuses the tunnel is named, and one that is not usable', async () => {
    const proxy = await startProxy({ answers: 403 })
    await expect(behind({ HTTPS_PROXY: proxy.url }, 'https://service.test:444').check(signal)).rejects.toThrow(
      `the proxy ${proxy.url} (HTTPS_PROXY): Proxy response (403)`,
    )
    expect(proxy.asked.every(line => line === 'CONNECT service.test:444')).toBe(true)
    await expect(behind({ HTTPS_PROXY: 'socks5://127.0.0.1:1' }, 'https://service.test').check(signal)).rejects.toThrow('HTTPS_PROXY')
    await proxy.close()
  })

  test('NO_PROXY exempts the service', async () => {
    await using fake = await openHostedService({ key: 'k-1' })
    const proxy = await startProxy()
    await behind({ HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' }, fake.url).check(signal)
    expect(proxy.asked).toEqual([])
    await proxy.close()
  })
})
