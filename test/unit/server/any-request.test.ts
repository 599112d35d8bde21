import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApi, type Api } from './api.js'
import { shop } from './shop.js'

let api: Api
let token: string

beforeAll(async () => {
  api = await openApi(shop)
  const result = await api.finished({ agent_id: 12, scenarios: [101, 104] })
  const expireAt = new Date(Date.now() + 60_000).toISOString()
  ;({ token } = (await api.post(`results/${result.id}/create_shareable_link_token/`, { expire_at: expireAt })).body)
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '1', '01', '0', '-1', '2', '999999999', '2147483648', '9'.repeat(15), '9'.repeat(40), '1.5', '1e9', 'NaN', 'null', 'true', '%00', '\0', '__proto__', '1,2', ',', '1,,2', "' or 1=1 --", '%', '_', '!', '\\'),
)
const names = ['page', 'page_size', 'agent_id', 'project_id', 'result_id', 'scenario_id', 'search', 'tags', 'folder_path', 'run_ids', '__proto__', 'constructor']
const query = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), text), text), { maxLength: 5 }).map(pairs => new URLSearchParams(pairs.map(pair => pair.map(each => each.toWellFormed()))).toString())
/** As it may come over the wire: percent signs that mean nothing included. */
const rawQuery = fc.oneof(query, fc.string({ maxLength: 30 }).map(each => each.replaceAll(/[^\x21-\x7e]|#/g, '')))
const segment = text.map(each => encodeURIComponent(each.toWellFormed()))

const base = '/test_framework/v1'
const lists = ['results', 'runs', 'runs/bulk', 'aiagents', 'scenarios', 'scenarios/tags', 'scenarios/folders', 'personalities', 'test-profiles', 'metrics', 'scenarios/json_schema']
const things = ['results', 'runs', 'aiagents', 'scenarios', 'personalities', 'test-profiles', 'metrics']
const acts = ['results/:id/end_calls', 'runs/:id/end_call', 'results/:id/rerun', 'results/:id/create_shareable_link_token']

/** Whatever is sent, the answer is one that the API has, and no mistake of ours. */
async function expectAnswer(sent: Parameters<Api['send']>[0], statuses: readonly number[]): Promise<void> {
  const { status, text: answer, body } = await api.send(sent)
  expect(statuses, `${sent.method} ${JSON.stringify(sent.url)}: ${answer}`).toContain(status)
  if (status >= 400 && body !== undefined) expect(answer).not.toMatch(/\bat .*\.[jt]s:\d/)
  expect(api.log).toEqual([])
}

test('any query of any list is answered, or refused by field', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...lists), rawQuery, async (path, asked) => expectAnswer({ method: 'GET', url: `${base}/${path}/?${asked}` }, [200, 400, 404])),
    { numRuns: 400 },
  )
})

test('any id of anything is found or not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...things), segment, query, async (path, id, asked) => expectAnswer({ method: 'GET', url: `${base}/${path}/${id}?${asked}` }, [200, 400, 404])),
    { numRuns: 300 },
  )
})

test('any path is answered, whatever the method', async () => {
  const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD') as fc.Arbitrary<'GET'>
  const path = fc.array(fc.oneof(segment, fc.constantFrom(...lists, 'share', 'openapi.json', 'results-external')), { maxLength: 4 }).map(parts => parts.join('/'))
  await fc.assert(
    fc.asyncProperty(methods, fc.constantFrom(base, ''), path, async (method, start, rest) =>
      expectAnswer({ method, url: `${start}/${rest}` }, [200, 302, 400, 404, 405, 415]),
    ),
    { numRuns: 400 },
  )
})

test('any body of any act is taken, or refused', async () => {
  const body = fc.oneof(fc.json().map(each => ({ type: 'application/json', payload: each })), fc.record({ expire_at: fc.anything() }).map(each => ({ type: 'application/json', payload: JSON.stringify(each) ?? 'null' })).filter(({ payload }) => typeof payload === 'string'), fc.record({ type: fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded', 'x'), payload: fc.string() }))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...acts), fc.constantFrom('0', '77', 'x', '1'), body, async (path, id, { type, payload }) => {
      // Rerunning what there is would run it.
      const of = path.endsWith('rerun') && id === '1' ? '77' : id
      await expectAnswer({ method: 'POST', url: `${base}/${path.replace(':id', of)}/`, headers: { 'content-type': type }, payload }, [200, 400, 404, 415])
    }),
    { numRuns: 300 },
  )
})

test('any token and page of a shared result is a page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(segment, fc.constant(token)), text, async (of, page) => expectAnswer({ method: 'GET', url: `/share/${of}?page=${encodeURIComponent(page.toWellFormed())}` }, [200, 400, 404])),
    { numRuns: 150 },
  )
})

test('any header that links are made of makes a URL, or is left out', async () => {
  const header = fc.string({ maxLength: 30 }).map(each => each.replaceAll(/[^\x20-\x7e]/g, ''))
  await fc.assert(
    fc.asyncProperty(header, header, header, async (host, forwarded, protocol) => {
      const { status, body } = await api.get('runs/?page_size=1', { host: host || 'x', 'x-forwarded-host': forwarded, 'x-forwarded-proto': protocol })
      expect(status).toBe(200)
      expect(new URL(body.next).pathname).toBe(`${base}/runs/`)
    }),
    { numRuns: 200 },
  )
})
