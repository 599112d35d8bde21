import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Libsql from 'libsql'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openApi, type Api } from '../unit/server/api.js'
import { shop } from '../unit/server/shop.js'

let api: Api
let other: Libsql.Database

beforeEach(async () => {
  api = await openApi(shop)
  other = new Libsql(join(api.folder, 'data', 'callsheet.db'))
})

afterEach(async () => {
  other.close()
  await api[Symbol.asyncDispose]()
})

const started = { agent_id: 12, scenarios: [102] }

test('while another process writes to the database file, the server waits for it and holds up nobody', async () => {
  other.exec('BEGIN IMMEDIATE')
  const starting = api.post('scenarios/run_scenarios/', started)
  let longestMs = 0
  for (let i = 0; i < 20; i += 1) {
    const askedMs = performance.now()
    expect((await api.get('/readyz')).status).toBe(200)
    longestMs = Math.max(longestMs, performance.now() - askedMs)
    await wait(50)
  }
  expect(longestMs).toBeLessThan(500)
  other.exec('COMMIT')
  const { status, body } = await starting
  expect(status).toBe(201)
  await api.service.conductor.settled(body.id)
  expect((await api.get(`results/${body.id}/`)).body).toMatchObject({ status: 'completed' })
})

test('one that never ends is not waited for without end', async () => {
  other.exec('BEGIN IMMEDIATE')
  const { status, body, headers } = await api.post('scenarios/run_scenarios/', started)
  expect([status, headers['retry-after']]).toEqual([503, '5'])
  expect(body.detail).toContain('cannot be written now')
  other.exec('ROLLBACK')
  expect((await api.post('scenarios/run_scenarios/', started)).status).toBe(201)
})
