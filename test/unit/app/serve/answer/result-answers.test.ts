import { setImmediate as breathe } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createResultAnswers } from '../../../../../src/app/serve/answer/result-answers.js'
import type { ContextOf } from '../../../../../src/app/serve/answer/result-context.js'
import { createLiveEvents } from '../../../../../src/app/serve/conduct/live-events.js'
import { openApi, type Api } from '../../../server/api.js'
import { shop } from '../../../server/shop.js'

let api: Api

beforeAll(async () => {
  api = await openApi(shop)
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

async function begin(frequency: number): Promise<number> {
  return (await api.post('scenarios/run_scenarios/', { agent_id: 12, scenarios: [101], frequency, concurrency_limit: 5 })).body.id
}

test('a result that did not change is answered from memory: its runs are not read again', async () => {
  const id = await begin(3)
  await api.service.conductor.settled(id)
  const first = await api.get(`results/${id}/`)
  const reads = [
    vi.spyOn(api.service.database, 'standings'),
    vi.spyOn(api.service.database, 'result'),
    vi.spyOn(api.service.database, 'runsById'),
  ]
  const second = await api.get(`results/${id}/`)
  expect(second.text).toBe(first.text)
  for (const read of reads) {
    expect(read).not.toHaveBeenCalled()
    read.mockRestore()
  }
})

test('a client that has the current revision gets 304', async () => {
  const id = await begin(1)
  await api.service.conductor.settled(id)
  const { headers } = await api.get(`results/${id}/`)
  const etag = String(headers['etag'])
  expect(await api.get(`results/${id}/`, { 'if-none-match': etag })).toMatchObject({ status: 304, text: '' })
  expect((await api.get(`results/${id}/`, { 'if-none-match': '"another"' })).status).toBe(200)
})

test('who takes gzip gets gzip', async () => {
  const id = await begin(20)
  await api.service.conductor.settled(id)
  const plain = await api.get(`results/${id}/`)
  const packed = await api.server.inject({ url: `/test_framework/v1/results/${id}/`, headers: { 'accept-encoding': 'br, gzip' } })
  expect(packed.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.text)
  expect(packed.rawPayload.length).toBeLessThan(plain.text.length / 5)
  expect((await api.get(`results/${id}/`, { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined()
})

test('while runs go on, each answer is as new as its request, counts what it shows, and reads a conversation once', async () => {
  const database = api.service.database
  const read = vi.spyOn(database, 'runsById')
  const id = await begin(200)
  let over = false
  void api.service.conductor.settled(id).then(() => (over = true))
  let before = 0
  while (!over) {
    // The embedded database answers at once, and would leave nobody else a turn.
    await breathe()
    // The revision before asking is the oldest that may be answered.
    const revision = await database.revision('default', id)
    const [one, two] = await Promise.all([api.service.answerResult('default', id), api.service.answerResult('default', id)])
    expect(one.revision).toBeGreaterThanOrEqual(revision!)
    expect(two.revision).toBeGreaterThanOrEqual(revision!)
    const { completed_runs_count: completed, success_runs_count: succeeded, runs } = JSON.parse(one.json.toString())
    const statuses = Object.values<{ status: string; success: boolean }>(runs)
    expect(statuses).toHaveLength(200)
    expect(statuses.filter(({ status }) => status === 'completed')).toHaveLength(completed)
    expect(statuses.filter(({ success }) => success)).toHaveLength(succeeded)
    expect(completed).toBeGreaterThanOrEqual(before)
    before = completed
  }
  expect((await api.get(`results/${id}/`)).body).toMatchObject({ status: 'completed', success_rate: 100, completed_runs_count: 200 })
  const readIds = read.mock.calls.flatMap(([, ids]) => ids)
  expect(readIds.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => readIds.toSorted((a, b) => a - b)[0]! + i))
  read.mockRestore()
})

test('many who ask at once about a result that changes share the work', async () => {
  const { database, contextOf } = api.service
  const id = await begin(1)
  await api.service.conductor.settled(id)
  const record = (await database.result('default', id))!
  let { revision } = record
  const read = vi.spyOn(database, 'standings')
  vi.spyOn(database, 'revision').mockImplementation(async () => (revision += 1))
  vi.spyOn(database, 'result').mockImplementation(async () => ({ ...record, revision }))
  const answer = createResultAnswers(database, contextOf, createLiveEvents())
  await Promise.all(Array.from({ length: 200 }, () => answer('default', id)))
  expect(read.mock.calls.length).toBeLessThan(5)
  vi.restoreAllMocks()
})

test('a database that fails once is asked again', async () => {
  const id = await begin(1)
  await api.service.conductor.settled(id)
  const read = vi.spyOn(api.service.database, 'result').mockRejectedValueOnce(new Error('gone'))
  const answer = createResultAnswers(api.service.database, api.service.contextOf, createLiveEvents())
  await expect(answer('default', id)).rejects.toThrow('gone')
  read.mockRestore()
  expect((await answer('default', id)).json.length).toBeGreaterThan(100)
})

test('what is of another project is not there', async () => {
  const id = await begin(1)
  await api.service.conductor.settled(id)
  await api.service.answerResult('default', id)
  await expect(api.service.answerResult('another', id)).rejects.toMatchObject({ status: 404 })
})

test('of many small results only those asked for lately are kept', async () => {
  const { service } = api
  const first = await begin(1)
  await service.conductor.settled(first)
  // Results that are like the first one, but for their ids.
  const record = await service.database.result('default', first)
  const result = vi.fn<typeof service.database.result>(async () => record)
  const contextOf: ContextOf = async project => service.contextOf(project, first)
  const answer = createResultAnswers({ ...service.database, revision: async () => 1, result }, contextOf, createLiveEvents())
  await Promise.all(Array.from({ length: 1200 }, (_, i) => answer('default', i + 1)))
  result.mockClear()
  await answer('default', 1200)
  expect(result).not.toHaveBeenCalled()
  await answer('default', 1)
  expect(result).toHaveBeenCalledOnce()
})
