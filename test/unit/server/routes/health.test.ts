import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StoreError } from '../../../../src/ports/store.js'
import { openApi, type Api } from '../api.js'
import { shop } from '../shop.js'

let api: Api

beforeEach(async () => {
  api = await openApi({ ...shop, environment: { ...shop.environment, CALLSHEET_API_KEY: 'k-1' } })
})

afterEach(async () => {
  vi.restoreAllMocks()
  await api[Symbol.asyncDispose]()
})

test('health and readiness need no key', async () => {
  expect(await api.get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } })
  expect(await api.get('/readyz')).toMatchObject({ status: 200, body: { status: 'ready', database: 'ok' } })
})

test('a server whose database is lost, or does not answer, is healthy but not ready', async () => {
  const ping = vi.spyOn(api.service.database, 'ping').mockRejectedValue(new StoreError('lost', 'It is gone.'))
  expect(await api.get('/readyz')).toMatchObject({ status: 503, body: { status: 'not_ready', database: 'lost' } })
  ping.mockReturnValue(new Promise(() => undefined))
  const askedMs = performance.now()
  const answers = await Promise.all([api.get('/readyz'), api.get('/readyz'), api.get('/readyz')])
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503])
  expect(performance.now() - askedMs).toBeLessThan(5000)
  expect(ping).toHaveBeenCalledTimes(2)
  expect((await api.get('/healthz')).status).toBe(200)
})

test('a server that stops says that it is not ready, while it still answers', async () => {
  void api.service.conductor.drain(new AbortController().signal)
  expect(await api.get('/readyz')).toMatchObject({ status: 503, body: { status: 'not_ready', database: 'ok', stopping: true } })
})
