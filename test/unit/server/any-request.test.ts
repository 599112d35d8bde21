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
  fc.constantFrom(
    '',
    '1',
    '01',
    '0',
    '-1',
    '2',
    '999999999',
    '2147483648',
    '9'.repeat(15),
    '9'.repeat(40),
    '1.5',
    '1e9',
    'NaN',
    'null',
    'true',
    '%00',
    '\0',
    '__proto__',
    '1,2',
    ',',
    '1,,2',
    "' or 1=1 --",
    '%',
    '_',
    '!',
    '\\',
  ),
)
const names = [
  'page',
  'page_size',
  'agent_id',
  'project_id',
  'result_id',
  'scenario_id',
  'search',
  'tags',
  'folder_path',
  'run_ids',
  '__proto__',
  'constructor',
]
const query = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...names), text), text), { maxLength: 5 })
  .map(pairs => new URLSearchParams(pairs.map(([name, value]): [string, string] => [name.toWellFormed(), value.toWellFormed()])).toString())
/** As it may come over the wire: percent signs that mean nothing included. */
const rawQuery = fc.oneof(
  query,
  fc.string({ maxLength: 30 }).map(each => each.replaceAll(/[^\x21-\x7e]|#/g, '')),
)
const segment = text.map(each => encodeURIComponent(each.toWellFormed()))

const base = '/test_framework/v1'
const lists = [
  'results',
  'runs',
  'runs/bulk',
  'aiagents',
  'scenarios',
  'scenarios/tags',
  'scenarios/folders',
  'personalities',
  'test-profiles',
  'metrics',
  'scenarios/json_schema',
]
const things = ['results', 'runs', 'aiagents', 'scenarios', 'personalities', 'test-profiles', 'metrics']
const acts = ['results/:id/end_calls', 'runs/:id/end_call', 'results/:id/rerun', 'results/:id/create_shareable_link_token']

/** The status that something is answered with. @throws {Error} when it was a mistake of ours, or shows a stack. */
async function statusOf(sent: Parameters<Api['send']>[0]): Promise<number> {
  const { status, text: answer } = await api.send(sent)
  if (api.log.length > 0) throw new Error(api.log.join('\n'))
  if (status >= 400 && /\bat .*\.[jt]s:\d/.test(answer)) throw new Error(answer)
  return status
}

test('any query of any list is answered, or refused by field', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...lists), rawQuery, async (path, asked) => {
      expect([200, 400, 404]).toContain(await statusOf({ method: 'GET', url: `${base}/${path}/?${asked}` }))
    }),
    { numRuns: 400 },
  )
})

test('any id of anything is found or not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...things), segment, query, async (path, id, asked) => {
      expect([200, 400, 404]).toContain(await statusOf({ method: 'GET', url: `${base}/${path}/${id}?${asked}` }))
    }),
    { numRuns: 300 },
  )
})

test('any path is answered, whatever the method', async () => {
  const methods = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD') as fc.Arbitrary<'GET'>
  const path = fc
    .array(fc.oneof(segment, fc.constantFrom(...lists, 'share', 'openapi.json', 'results-external')), { maxLength: 4 })
    .map(parts => parts.join('/'))
  await fc.assert(
    fc.asyncProperty(methods, fc.constantFrom(base, ''), path, async (method, start, rest) => {
      expect([200, 302, 400, 404, 405, 415]).toContain(await statusOf({ method, url: `${start}/${rest}` }))
    }),
    { numRuns: 400 },
  )
})

test('any body of any act is taken, or refused', async () => {
  const anyType = fc.constantFrom(
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'x',
  )
  const body = fc.oneof(
    fc.record({
      type: fc.constant('application/json'),
      payload: fc.oneof(
        fc.json(),
        fc.record({ expire_at: fc.jsonValue() }).map(each => JSON.stringify(each)),
      ),
    }),
    fc.record({ type: anyType, payload: fc.string() }),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...acts), fc.constantFrom('0', '77', 'x', '1'), body, async (path, id, { type, payload }) => {
      // Rerunning what there is would run it.
      const of = path.endsWith('rerun') && id === '1' ? '77' : id
      expect([200, 400, 404, 415]).toContain(
        await statusOf({ method: 'POST', url: `${base}/${path.replace(':id', of)}/`, headers: { 'content-type': type }, payload }),
      )
    }),
    { numRuns: 300 },
  )
})

test('any token and part of a shared result is a page, a part, or not there', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(segment, fc.constant(token)),
      fc.constantFrom('', '/view', '/recordings'),
      segment,
      async (of, beside, part) => {
        const url = beside === '' ? `/share/${of}?a=${part}` : `/share/${of}${beside}/${part}`
        expect([200, 303, 400, 404]).toContain(await statusOf({ method: 'GET', url }))
      },
    ),
    { numRuns: 150 },
  )
})

test('any address of a page is a page, or says what is wrong', async () => {
  const page = fc.constantFrom(
    '',
    'compare',
    'history',
    'results/1',
    'results/1/view/',
    'results/1/runs/',
    'results/1/recordings/',
    'results/',
  )
  const search = fc.dictionary(fc.constantFrom('suite', 'verdict', 'branch', 'page', 'base', 'new'), text)
  await fc.assert(
    fc.asyncProperty(page, segment, search, async (path, rest, asked) => {
      const parameters = Object.entries(asked).map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
      const url = `/ui/${path}${path.endsWith('/') ? rest : ''}?${parameters.join('&')}`
      expect([200, 303, 400, 404]).toContain(await statusOf({ method: 'GET', url }))
    }),
    { numRuns: 150 },
  )
})

test('any header that links are made of makes a URL, or is left out', async () => {
  const header = fc.string({ maxLength: 30 }).map(each => each.replaceAll(/[^\x20-\x7e]/g, ''))
  await fc.assert(
    fc.asyncProperty(header, header, async (forwarded, protocol) => {
      const { status, body } = await api.get('runs/?page_size=1', { 'x-forwarded-host': forwarded, 'x-forwarded-proto': protocol })
      expect(status).toBe(200)
      expect(new URL(body.next).pathname).toBe(`${base}/runs/`)
    }),
    { numRuns: 200 },
  )
})
