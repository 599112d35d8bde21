import { createHash } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { unpack, type Packed } from '../../../../src/view/model/pack.js'
import type { ViewIndex } from '../../../../src/view/model/view-index.js'
import { openApi, type Api } from '../api.js'
import { shop } from '../shop.js'
import { postForm, signIn, type Visitor } from '../visitor.js'

let api: Api
let visitor: Visitor
const key = { 'x-cekura-api-key': 'k-1' }
const ids: number[] = []

beforeAll(async () => {
  api = await openApi({ ...shop, environment: { ...shop.environment, CALLSHEET_API_KEY: 'k-1' } })
  for (const name of ['First', '"Nightly" <b>&']) {
    const { body } = await api.post('scenarios/run_scenarios/', { agent_id: 12, scenarios: [101, 102, 104], frequency: 20, name }, key)
    ids.push(body.id)
    await api.service.conductor.settled(body.id)
  }
  visitor = await signIn(api, 'k-1')
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

describe('the door', () => {
  test.each(['/ui/', '/ui/results/1/', '/ui/compare', '/ui/history', '/ui/results/1/view/index', '/ui/results/1/live'])(
    'of %s asks for a key',
    async path => {
      const { status, text } = await api.get(path)
      expect(status).toBe(401)
      expect(text).toContain('<h1>Sign in</h1>')
      expect(text).toContain(`name="to" value="${path}"`)
      expect(text).not.toContain('Bread')
    },
  )

  test('lets in who has a key, with a session that scripts and other sites cannot use', async () => {
    const answer = await postForm(api, '/ui/session', { key: 'k-1', to: '/ui/results/1/?a=b' })
    expect(answer).toMatchObject({ status: 303, headers: { location: '/ui/results/1/?a=b' } })
    expect(answer.headers['set-cookie']).toMatch(/^callsheet_session=[\w-]+\.[\w-]+; Path=\/ui; Max-Age=43200; HttpOnly; SameSite=Strict$/)
    const secure = await postForm(api, '/ui/session', { key: 'k-1' }, { 'x-forwarded-proto': 'https' })
    expect(secure.headers['set-cookie']).toMatch(/; Secure$/)
  })

  test.each(['', 'k-2', 'k-1 '])('of the key "%s" it says that no project has it', async wrong => {
    const { status, text, headers } = await postForm(api, '/ui/session', { key: wrong, to: '/ui/' })
    expect(status).toBe(403)
    expect(text).toContain('No project has this key.')
    expect(headers['set-cookie']).toBeUndefined()
    expect(text).not.toContain('k-2')
  })

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/ui/\\evil', '/ui/\r\nx: y', '/docs', ''])(
    'leads nobody to %j',
    async to => {
      expect((await postForm(api, '/ui/session', { key: 'k-1', to })).headers['location']).toBe('/ui/')
    },
  )

  test('is closed once the session has ended', async () => {
    const own = await signIn(api, 'k-1')
    expect((await own.get('/ui/')).status).toBe(200)
    const out = await own.send('/ui/session/end')
    expect(out.headers['set-cookie']).toMatch(/^callsheet_session=; Path=\/ui; Max-Age=0;/)
    expect((await own.get('/ui/')).status).toBe(401)
    expect((await visitor.get('/ui/')).status).toBe(200)
  })

  test('is closed once the session has expired', async () => {
    const spy = vi.spyOn(api.service.clock, 'date').mockReturnValue(new Date(Date.now() + 13 * 60 * 60 * 1000))
    const { status } = await visitor.get('/ui/')
    spy.mockRestore()
    expect(status).toBe(401)
  })

  test('asks a browser that comes from another site to come again, since it then shows its session', async () => {
    const { status, text } = await api.get('/ui/results/1/', { 'sec-fetch-site': 'cross-site' })
    expect(status).toBe(200)
    expect(text).toContain('<meta http-equiv="refresh" content="0">')
    expect((await api.get('/ui/results/1/', { 'sec-fetch-site': 'same-origin' })).status).toBe(401)
  })

  test('knows nothing of the API, whose key is no session, nor the other way round', async () => {
    expect((await api.get('/ui/', key)).status).toBe(401)
    expect((await api.get('results/1/', { cookie: visitor.cookie })).status).toBe(401)
  })

  test('counts wrong keys', async () => {
    await using own = await openApi({ ...shop, environment: { ...shop.environment, CALLSHEET_API_KEY: 'k-1' }, requestsPerSecond: 10 })
    const answers = await Promise.all(Array.from({ length: 40 }, () => postForm(own, '/ui/session', { key: 'guess' })))
    expect(answers.some(({ status }) => status === 429)).toBe(true)
  })
})

describe('addresses of a result', () => {
  test.each(['/results/1', '/results/1/', '/test_framework/v1/results/1/', '/test_framework/v1/results-external/1/'])(
    '%s leads a browser to its page',
    async path => {
      const { status, headers } = await api.get(path, { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' })
      expect({ status, location: headers['location'] }).toEqual({ status: 303, location: '/ui/results/1/' })
    },
  )

  test('programs get what they always got', async () => {
    expect((await api.get('results/1/', key)).body).toMatchObject({ id: 1 })
    expect((await api.get('results/1/', { ...key, accept: 'text/html' })).body).toMatchObject({ id: 1 })
    expect((await api.get('results/1/')).status).toBe(401)
    expect((await api.get('/results/1')).status).toBe(404)
  })

  test('of a run leads to that run', async () => {
    const { headers } = await visitor.get('/ui/results/1/runs/first/buys/calm/maria%232')
    expect(headers['location']).toBe('/ui/results/1/#/run/first/buys/calm/maria%232')
  })
})

describe('the list', () => {
  test('shows results, newest first, with what became of the cases since', async () => {
    const { text } = await visitor.get('/ui/')
    expect(text.indexOf('&quot;Nightly&quot; &lt;b>&amp;')).toBeGreaterThan(0)
    expect(text.indexOf('&quot;Nightly&quot;')).toBeLessThan(text.indexOf('<bdi>First</bdi>'))
    expect(text).toContain('20 of 60<div class="note">')
    expect(text).toContain('<a href="/ui/compare?base=1&amp;new=2">no case changed</a>')
    expect(text).not.toMatch(/<script|<b>/)
  })

  test('is filtered by suite, verdict and branch', async () => {
    const count = async (query: string) => /role="status">([^<]*)</.exec((await visitor.get(`/ui/?${query}`)).text)?.[1]
    expect(await count('suite=suite.yaml&verdict=&branch=')).toBe('2 results')
    expect(await count('suite=other.yaml')).toBe('No result.')
    const { report } = (await api.service.database.result('default', 1))!
    expect(await count(`verdict=${report!.gate.verdict}`)).toBe('2 results')
    expect(await count(`verdict=${report!.gate.verdict === 'passed' ? 'failed' : 'passed'}`)).toBe('No result.')
    expect(await count('verdict=nonsense')).toBe('2 results')
    expect(await count('branch=none%00')).toBe('No result.')
    expect((await visitor.get('/ui/?page=2')).status).toBe(404)
    expect((await visitor.get('/ui/?page=x')).status).toBe(404)
  })
})

describe('the page of a result', () => {
  test('is the one of reports, and fetches its parts from beside', async () => {
    expect((await visitor.get('/ui/results/2')).headers['location']).toBe('2/')
    const { text, headers } = await visitor.get('/ui/results/2/')
    for (const part of ['What decides it', 'What failed', 'What was tested', 'Download this page']) expect(text).toContain(part)
    const scripts = [...text.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script = '']) => hashOf(script))
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(text) ?? []
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src ${scripts.join(' ')}; connect-src 'self'; style-src ${hashOf(style)}; img-src data:; ` +
        `base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    )
    expect(text).not.toMatch(/ on\w+="|style="/)
    const part = await visitor.get('/ui/results/2/view/index')
    const index = unpack(JSON.parse(inflateRawSync(Buffer.from(part.text, 'base64')).toString()) as Packed) as ViewIndex
    // Its times are those of the request, and the report's those of its first run.
    const { startedAt: _, durationMs: _ms, ...report } = (await api.service.database.result('default', 2))!.report!
    expect(index.report).toMatchObject(report)
    expect(index.history?.results).toHaveLength(2)
    const again = await api.get('/ui/results/2/view/index', { 'cookie': visitor.cookie, 'if-none-match': String(part.headers['etag']) })
    expect(again.status).toBe(304)
    expect((await visitor.get('/ui/results/2/view/chunk-1')).status).toBe(200)
    for (const none of ['chunk-2', 'chunk-', 'chunk-x', 'other']) expect((await visitor.get(`/ui/results/2/view/${none}`)).status).toBe(404)
  })

  test('is not there for a result that is not, and says so', async () => {
    for (const path of ['/ui/results/99/', '/ui/results/x/', '/ui/results/99/view/index', '/ui/results/99/report.html']) {
      const { status, text } = await visitor.get(path)
      expect(status).toBe(404)
      expect(text).toContain('<h1>There is nothing here</h1>')
    }
  })

  test('can be had as a file, which is the report', async () => {
    const { text, headers } = await visitor.get('/ui/results/2/report.html')
    expect(headers['content-disposition']).toBe('attachment; filename="result-2.html"')
    expect(text).toContain('id="chunk-0"')
    expect(text).toContain('Content-Security-Policy')
  })

  test('of one result beside another is a comparison', async () => {
    const { text } = await visitor.get('/ui/compare?base=1&new=2')
    expect(text).toContain('No regression found')
    expect((await visitor.get('/ui/compare?base=1')).status).toBe(400)
    expect((await visitor.get('/ui/compare?base=1&new=99')).status).toBe(404)
  })

  test('of the history has every result of a suite', async () => {
    const { text } = await visitor.get('/ui/history?suite=suite.yaml')
    expect(text.match(/<tr><th scope="row"><span class="mark/g)).toHaveLength(2)
    expect(text.match(/<a href="\/ui\/results\/[12]\/">/g)).toHaveLength(2)
    // Both ran the same cases, under the names First and "Nightly".
    expect(text).toContain('>1 case always passed.')
    expect((await visitor.get('/ui/history?suite=none')).text).toContain('No result is over yet.')
  })
})

describe('actions', () => {
  test('run a result again, share it, and end it', async () => {
    const again = await visitor.send('/ui/results/1/rerun')
    expect(again.status).toBe(303)
    const [, id] = /^\/ui\/results\/(\d+)\/$/.exec(String(again.headers['location'])) ?? []
    expect((await visitor.send(`/ui/results/${id}/end`)).headers['location']).toBe(`/ui/results/${id}/`)
    await api.service.conductor.settled(Number(id))
    const shared = await visitor.send('/ui/results/1/share', { days: '90' })
    const [, path = ''] = /value="http:\/\/[^/"]+(\/share\/[\w-]{43})"/.exec(shared.text) ?? []
    expect((await api.get(`${path}/`)).text).toContain('What failed')
    expect((await visitor.send('/ui/results/1/share', { days: '91' })).status).toBe(400)
  })

  test.each([
    ['without the token', { token: '' }, {}],
    ['with another token', { token: 'x'.repeat(43) }, {}],
    ['from another site', {}, { 'sec-fetch-site': 'cross-site' }],
    ['from another host of the same site', {}, { 'sec-fetch-site': 'same-site' }],
    ['from another origin', {}, { origin: 'https://evil.example' }],
    ['from nowhere', {}, { origin: 'null' }],
  ])('are refused %s', async (_, fields, headers) => {
    const before = (await api.service.database.results('default', {}, { page: 1, size: 1 })).count
    const { status, text } = await visitor.send('/ui/results/1/rerun', fields, headers)
    expect(status).toBe(403)
    expect(text).toContain('<h1>Not allowed</h1>')
    expect((await api.service.database.results('default', {}, { page: 1, size: 1 })).count).toBe(before)
  })

  test('are refused to who is not signed in, and so is a session that another site would begin', async () => {
    expect((await postForm(api, '/ui/results/1/rerun', {})).status).toBe(401)
    expect((await postForm(api, '/ui/session', { key: 'k-1' }, { origin: 'https://evil.example' })).status).toBe(403)
  })
})

test('a server without keys shows everything to this machine, and nothing to other sites', async () => {
  await using open = await openApi(shop)
  await open.finished({ agent_id: 12, scenarios: [101] })
  const { text } = await open.get('/ui/')
  expect(text).toContain('1 result')
  expect(text).not.toContain('Sign out')
  expect((await open.get('/ui/', { host: 'evil.example' })).status).toBe(403)
  const [, token = ''] = /name="token" value="([^"]+)"/.exec((await open.get('/ui/results/1/')).text) ?? []
  expect((await postForm(open, '/ui/results/1/rerun', { token }, { origin: 'http://evil.example' })).status).toBe(403)
  expect((await postForm(open, '/ui/results/1/rerun', {})).status).toBe(403)
  expect((await postForm(open, '/ui/results/1/rerun', { token })).status).toBe(303)
})

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
