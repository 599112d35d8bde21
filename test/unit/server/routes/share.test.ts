import { createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { unpack, type Packed } from '../../../../src/view/model/pack.js'
import { openApi, type Api } from '../api.js'
import { shop } from '../shop.js'

let api: Api
let id: number

const key = { 'x-cekura-api-key': 'k-1' }
const dayMs = 24 * 60 * 60 * 1000

beforeAll(async () => {
  api = await openApi({ ...shop, environment: { ...shop.environment, CALLSHEET_API_KEY: 'k-1' } })
  const { body } = await api.post(
    'scenarios/run_scenarios/',
    { agent_id: 12, scenarios: [101, 104, 103], frequency: 20, name: '"Nightly" <b>&' },
    key,
  )
  id = body.id
  await api.service.conductor.settled(id)
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

function inDays(days: number): string {
  return new Date(Date.now() + days * dayMs).toISOString()
}

async function share(expireAt = inDays(1)): Promise<{ token: string; shareable_link: string }> {
  const { status, body } = await api.post(
    `results/${id}/create_shareable_link_token/`,
    { expire_at: expireAt },
    { ...key, 'x-forwarded-proto': 'https', 'x-forwarded-host': 'calls.example' },
  )
  expect(status).toBe(200)
  return body
}

test('a link shows the result to whoever has it, and needs no key', async () => {
  const { token, shareable_link: link } = await share()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(link).toBe(`https://calls.example/share/${token}`)
  expect((await api.get(`/share/${token}`)).headers['location']).toBe(`${token}/`)
  const { status, text, headers } = await api.get(`/share/${token}/`)
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  for (const part of ['What decides it', 'What failed', 'What was tested', '20 <span class="of">of 60 runs']) expect(text).toContain(part)
  for (const none of ['How to check this page', 'class="site"', '<form', 'History of']) expect(text).not.toContain(none)
})

test.each([
  ['application/x-www-form-urlencoded', `expire_at=${encodeURIComponent(inDays(1))}`],
  ['multipart/form-data; boundary=b', `--b\r\nContent-Disposition: form-data; name="expire_at"\r\n\r\n${inDays(1)}\r\n--b--\r\n`],
])('a link may be asked for as %s, and what is in progress ended', async (type, payload) => {
  const send = (path: string) =>
    api.send({ method: 'POST', url: `/test_framework/v1/results/${id}/${path}/`, headers: { ...key, 'content-type': type }, payload })
  expect(await send('create_shareable_link_token')).toMatchObject({
    status: 200,
    body: { token: expect.stringMatching(/^[\w-]{43}$/) as string },
  })
  expect(await send('end_calls')).toMatchObject({ status: 200, body: { count: 0 } })
})

test.each([{}, { expire_at: 'soon' }, { expire_at: null }])('of %j it is told what is wrong', async body => {
  expect(await api.post(`results/${id}/create_shareable_link_token/`, body, key)).toMatchObject({
    status: 400,
    body: { expire_at: [expect.any(String)] },
  })
})

test('nothing that an agent, a caller or a suite says is more than text', async () => {
  const { token } = await share()
  const { text } = await api.get(`/share/${token}/`)
  const seen = text.slice(0, text.indexOf('<script>'))
  expect(seen).toContain('&lt;img src=x onerror=alert(1)>')
  expect(seen).toContain('&lt;/dd>&lt;script>alert(&quot;said&quot;)&lt;/script>')
  expect(seen).not.toMatch(/<script|<img|<b>/)
  expect(seen).not.toContain('\u0007')
  expect(seen).not.toContain('\u202E')
})

test('a page runs only our script, loads nothing of others, and is not framed, kept or told of to others', async () => {
  const { token } = await share()
  const { text, headers } = await api.get(`/share/${token}/`)
  const hashes = [...text.matchAll(/<(?:style|script)>([^]*?)<\/(?:style|script)>/g)].map(
    ([, own = '']) => `'sha256-${createHash('sha256').update(own).digest('base64')}'`,
  )
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; script-src ${hashes.slice(1).join(' ')}; connect-src 'self'; style-src ${hashes[0]}; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  )
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
  })
  expect(text).not.toMatch(/\b(src|href)="https?:/)
})

test('the script of a page finds the conversations beside it, and nothing of the results before', async () => {
  const { token } = await share()
  const index = await api.get(`/share/${token}/view/index`)
  const packed = JSON.parse(inflateRawSync(Buffer.from(index.text, 'base64')).toString()) as Packed
  expect(unpack(packed)).toMatchObject({ isShared: true, content: { of: 'all' } })
  expect(unpack(packed)).not.toHaveProperty('history')
  expect((await api.get(`/share/${token}/view/chunk-1`)).status).toBe(200)
  expect((await api.get(`/share/${token}/view/chunk-2`)).status).toBe(404)
  expect((await api.get(`/share/${'A'.repeat(43)}/view/index`)).status).toBe(404)
  expect((await api.get(`/share/${token}/recordings/0`)).status).toBe(404)
})

test('a link to a result in progress shows how far it is, without a way to end it', async () => {
  const { body } = await api.post('scenarios/run_scenarios/', { agent_id: 12, scenarios: [105] }, key)
  const { body: shared } = await api.post(`results/${body.id}/create_shareable_link_token/`, { expire_at: inDays(1) }, key)
  const { text } = await api.get(`/share/${shared.token}/`)
  expect(text).toContain('In progress: 0 of 1 run ended')
  expect(text).not.toContain('<form')
  await api.post(`results/${body.id}/end_calls/`, {}, key)
})

test('a token that is none, or has expired, shows nothing, and no difference between the two', async () => {
  const { token } = await share(inDays(2))
  const spy = vi.spyOn(api.service.clock, 'date').mockReturnValue(new Date(Date.now() + 3 * dayMs))
  const expired = await api.get(`/share/${token}/`)
  spy.mockRestore()
  const foreign = await api.get(`/share/${'A'.repeat(43)}/`)
  expect(expired).toMatchObject({ status: 404, text: foreign.text })
  expect(foreign.text).toContain('There is nothing here')
  expect((await api.get(`/share/${token}/`)).status).toBe(200)
})

test.each([
  [undefined, 'This field is required.'],
  ['soon', 'Must be a time, such as 2026-03-01T12:00:00Z.'],
  [12, 'Must be a time, such as 2026-03-01T12:00:00Z.'],
  [null, 'This field is required.'],
  ['2020-01-01T00:00:00Z', 'Must be in the future.'],
  [inDays(91), 'Must be within 90 days.'],
])('a link that expires %j is refused', async (expireAt, message) => {
  const sent = await api.post(`results/${id}/create_shareable_link_token/`, { expire_at: expireAt }, key)
  expect(sent).toMatchObject({ status: 400, body: { expire_at: [message] } })
})

test('a time without a zone is taken as UTC', async () => {
  expect((await share(inDays(1).slice(0, 19))).token).toHaveLength(43)
})

test('only who may read a result may share it', async () => {
  expect((await api.post(`results/${id}/create_shareable_link_token/`, { expire_at: inDays(1) })).status).toBe(401)
  expect((await api.post('results/999/create_shareable_link_token/', { expire_at: inDays(1) }, key)).status).toBe(404)
})
