import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readEventStream } from '../../../../src/adapters/clients/event-stream.js'
import { untilAborted } from '../../../../src/app/until-aborted.js'
import { createResultFeeds } from '../../../../src/app/serve/follow/result-feeds.js'
import type { SequencedEvent } from '../../../../src/ports/database.js'
import type { SuiteEvent } from '../../../../src/domain/event.js'
import { openApi, type Api } from '../api.js'
import { shop } from '../shop.js'

let api: Api
let url: string
const key = 'k-1'

beforeAll(async () => {
  api = await openApi({ ...shop, environment: { ...shop.environment, CALLSHEET_API_KEY: key } })
  await api.server.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(api.server.server.address() as AddressInfo).port}/test_framework/v1`
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

const headers = { 'x-cekura-api-key': key }

interface Told {
  readonly id: string
  readonly event: SuiteEvent
}

/** Events of a result until it is over, or until there is one that is waited for. */
async function follow(id: number, lastId?: string, isLast: (event: SuiteEvent) => boolean = () => false): Promise<Told[]> {
  const abort = new AbortController()
  const answer = await fetch(`${url}/results/${id}/events`, {
    headers: { ...headers, ...(lastId !== undefined && { 'last-event-id': lastId }) },
    signal: abort.signal,
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const told: Told[] = []
  for await (const { lastId: own, data } of readEventStream(answer.body as AsyncIterable<Uint8Array>)) {
    told.push({ id: own, event: JSON.parse(data) as SuiteEvent })
    if (isLast(told.at(-1)!.event)) break
  }
  return told
}

async function start(body: object): Promise<number> {
  const { status, text, body: answer } = await api.post('scenarios/run_scenarios/', { agent_id: 12, ...body }, headers)
  if (status !== 201) throw new Error(text)
  return answer.id as number
}

const typesOf = (told: readonly Told[]): string[] => told.map(({ event }) => event.type)

test('a result is followed while it goes on: its events in order, turns between, the report last', async () => {
  const id = await start({ scenarios: [101, 105] })
  const following = follow(id)
  await wait(300)
  await api.post(`results/${id}/end_calls/`, {}, headers)
  const told = await following
  const types = typesOf(told)
  expect(types[0]).toBe('suite.started')
  expect(types.at(-1)).toBe('suite.ended')
  expect(types.filter(type => type === 'run.ended')).toHaveLength(2)
  const place = (type: string, index: number): number =>
    told.findIndex(({ event }) => event.type === type && 'index' in event && event.index === index)
  const turns = told.flatMap(({ event }, at) => (event.type === 'run.turn' ? [{ at, index: event.index }] : []))
  expect(turns.filter(({ at, index }) => at < place('run.started', index) || at > place('run.ended', index))).toEqual([])
  const ids = told.filter(({ event }) => event.type !== 'run.turn').map(each => Number(each.id))
  expect(ids).toEqual(ids.map((_, i) => i + 1))
})

test('a result that is over is told from its beginning, and from behind the last event that was seen', async () => {
  const id = await start({ scenarios: [102], frequency: 120 })
  await api.service.conductor.settled(id)
  const all = await follow(id)
  expect(all.filter(({ event }) => event.type === 'run.ended')).toHaveLength(120)
  expect(await follow(id, all[100]?.id)).toEqual(all.slice(101))
  expect(await follow(id, 'no number')).toEqual(all)
  expect(all.some(({ event }) => event.type === 'run.turn')).toBe(false)
})

test('what was asked for is not told: headers of a request may be in it', async () => {
  const id = await start({ scenarios: [102] })
  await api.service.conductor.settled(id)
  const [first] = await follow(id)
  expect(first?.event).toMatchObject({ type: 'suite.started', options: {} })
})

test('it needs a key, and a result of its project', async () => {
  const id = await start({ scenarios: [102] })
  expect((await fetch(`${url}/results/${id}/events`)).status).toBe(401)
  expect((await fetch(`${url}/results/${id}/events`, { headers: { 'x-cekura-api-key': 'other' } })).status).toBe(403)
  expect((await fetch(`${url}/results/99999/events`, { headers })).status).toBe(404)
  expect((await fetch(`${url}/results/${id}/events/`, { headers, method: 'POST' })).status).toBe(405)
  expect((await fetch(`${url}/results-external/${id}/events/`, { headers })).status).toBe(200)
})

test('who does not read holds up nobody, nothing is kept for them, and they miss nothing', async () => {
  const read = vi.spyOn(api.service.database, 'events')
  const text = { stored: ({ event }: SequencedEvent) => Buffer.from(event.type), turn: () => Buffer.alloc(0), beat: Buffer.alloc(0) }
  using feeds = createResultFeeds(api.service, text, 2)
  const id = await start({ scenarios: [101, 102, 104], frequency: 60 })
  const told: string[] = []
  let hasRoom = false
  const over = new AbortController()
  const take = (message: Buffer): boolean => told.push(message.toString()) > 0 && hasRoom
  const seat = await feeds.watch({ project: api.service.projects.all[0]!, id, after: 0 }, { take, end: () => over.abort() })
  seat.resume()
  await vi.waitFor(() => expect(told).toHaveLength(1))
  const readAtFirst = read.mock.calls.length
  await api.service.conductor.settled(id)
  // The conductor itself may look once.
  expect(read.mock.calls.length).toBeLessThanOrEqual(readAtFirst + 1)
  expect(told).toHaveLength(1)
  hasRoom = true
  seat.resume()
  await untilAborted(over.signal)
  read.mockRestore()
  expect(told.filter(type => type === 'run.ended')).toHaveLength(180)
  expect(told.at(-1)).toBe('suite.ended')
})

test('a client that does not take in what it is sent is let go', async () => {
  await using impatient = await openApi({ ...shop, patienceMs: 200 })
  await impatient.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = impatient.server.server.address() as AddressInfo
  const { id } = await impatient.finished({ agent_id: 12, scenarios: [102], frequency: 300 })
  const socket = connect(port, '127.0.0.1').pause()
  const closed = once(impatient.server.server, 'connection').then(([accepted]) => once(accepted as Socket, 'close'))
  // Many times over: more than the system's buffers hold.
  socket.write(`GET /test_framework/v1/results/${id}/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`.repeat(100))
  expect(await closed).toBeDefined()
  socket.destroy()
})

test('more clients than there are seats are told to come back later', async () => {
  await using small = await openApi({ ...shop, mostWatchers: 4 })
  await small.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = small.server.server.address() as AddressInfo
  const results: number[] = []
  for (const _ of [1, 2, 3]) {
    const { body } = await small.post('scenarios/run_scenarios/', { agent_id: 12, scenarios: [105] })
    results.push(body.id as number)
  }
  const [one, two, three] = results
  const watch = async (id: number | undefined): Promise<IncomingMessage> => {
    const [answer] = await once(get({ port, path: `/test_framework/v1/results/${id}/events`, agent: false }), 'response')
    return answer as IncomingMessage
  }
  const first = await watch(one)
  expect([first.statusCode, (await watch(one)).statusCode]).toEqual([200, 200])
  const refused = await watch(one)
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5'])
  expect(await json(refused)).toEqual({ detail: '2 clients watch this result already. Try again later, or poll the result.' })

  expect([(await watch(two)).statusCode, (await watch(two)).statusCode]).toEqual([200, 200])
  const full = await watch(three)
  expect(full.statusCode).toBe(503)
  expect(await json(full)).toEqual({
    detail: '4 clients watch results of this server already. Try again later, or poll the result.',
  })
  first.destroy()
  await vi.waitFor(async () => expect((await watch(three)).statusCode).toBe(200))
})

test('a server that closes does not wait for those who watch', async () => {
  await using other = await openApi(shop)
  await other.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = other.server.server.address() as AddressInfo
  const { body } = await other.post('scenarios/run_scenarios/', { agent_id: 12, scenarios: [105] })
  const answer = await fetch(`http://127.0.0.1:${port}/test_framework/v1/results/${body.id}/events`)
  const reading = answer.text()
  const closed = once(other.server.server, 'close')
  await other.server.close()
  await closed
  expect(await reading).toContain('suite.started')
})
