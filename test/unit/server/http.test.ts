import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openApi, type Api } from './api.js'
import { shop } from './shop.js'

let api: Api
let port: number
let url: string

beforeAll(async () => {
  api = await openApi({ ...shop, patienceMs: 1000 })
  await api.server.listen({ host: '127.0.0.1', port: 0 })
  ;({ port } = api.server.server.address() as AddressInfo)
  url = `http://127.0.0.1:${port}`
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

/** Sends bytes as they are; resolves when the server has closed the connection. */
async function exchange(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(text)
  let answer = ''
  socket.setEncoding('utf8').on('data', piece => (answer += piece))
  await once(socket, 'close')
  return answer
}

const strict = { 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' }

test.each([
  ['/test_framework/v1/results/', 200],
  ['/test_framework/v1/nothing/', 404],
  ['/test_framework/v1/results/%ZZ', 400],
  ['/nothing', 404],
  ['/share/none', 404],
  ['/openapi.json', 200],
])('%s answers %i with strict headers', async (path, status) => {
  const answer = await fetch(url + path)
  expect(answer.status).toBe(status)
  expect(Object.fromEntries(answer.headers)).toMatchObject(strict)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(answer.headers.get('x-powered-by')).toBeNull()
})

test('a path that is not there is told in JSON', async () => {
  const answer = await fetch(`${url}/test_framework/v1/nothing/`)
  expect(await answer.json()).toEqual({ detail: 'Not found.' })
})

test('an id, a turn or a token of any length is one that is not there', async () => {
  const long = 'a1'.repeat(2000)
  for (const path of [`results/${long}`, `runs/${long}/`, `runs/1/chat/${long}/`]) {
    const answer = await fetch(`${url}/test_framework/v1/${path}`)
    expect({ status: answer.status, body: await answer.json() }).toEqual({ status: 404, body: { detail: 'Not found.' } })
  }
  expect((await fetch(`${url}/share/${long}`)).status).toBe(404)
})

const json = 'application/json'
const big = JSON.stringify({ name: 'x'.repeat(1 << 20) })

test.each([
  ['a path that is no URL', 'GET', 'results/%ZZ/', undefined, '', 400, 'The path is not valid: check its percent-encoding.'],
  ['truncated JSON', 'POST', 'scenarios/run_scenarios/', json, '{"agent_id": 12, "scen', 400, 'The body is not JSON.'],
  ['another type', 'POST', 'scenarios/run_scenarios/', 'text/plain', '{}', 415, 'Send the body as application/json, or as a form.'],
  ['no form', 'POST', 'scenarios/run_scenarios/', 'multipart/form-data', 'x', 400, 'The body is not multipart/form-data.'],
  ['over 1 MiB', 'POST', 'scenarios/run_scenarios/', json, big, 413, 'The body is larger than 1 MiB.'],
])('%s is answered in the shape and the words of the API', async (_, method, path, type, body, status, sentence) => {
  const sent = type === undefined ? { method } : { method, body, headers: { 'content-type': type } }
  const answer = await fetch(`${url}/test_framework/v1/${path}`, sent)
  const shape = status === 400 ? { non_field_errors: [sentence] } : { detail: sentence }
  expect({ status: answer.status, body: await answer.json() }).toEqual({ status, body: shape })
})

test('whoever is connected while the server stops is answered as always, and told to go', async () => {
  await using stopping = await openApi(shop)
  await stopping.server.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect((stopping.server.server.address() as AddressInfo).port, '127.0.0.1')
  let answers = ''
  socket.setEncoding('utf8').on('data', piece => (answers += piece))
  const closed = once(socket, 'close')
  const [start, rest] = ['{"agent_id": 12,', '"scenarios": [101]}']
  const post = 'POST /test_framework/v1/scenarios/run_scenarios/ HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
  const accepted = once(stopping.server.server, 'request')
  socket.write(`${post}content-length: ${start.length + rest.length}\r\n\r\n${start}`)
  await accepted
  const over = stopping.server.close()
  socket.write(`${rest}GET /test_framework/v1/results/999/ HTTP/1.1\r\nhost: localhost\r\n\r\n`)
  await closed
  await over
  expect(answers).toMatch(/^HTTP\/1\.1 201 [^]*HTTP\/1\.1 404 [^]*x-content-type-options: nosniff[^]*\{"detail":"Not found\."\}$/)
})

test('a method that a path does not take is 405, and told which it takes', async () => {
  const put = await fetch(`${url}/test_framework/v1/results/1/`, { method: 'PUT', body: '{' })
  expect({ status: put.status, allow: put.headers.get('allow'), body: await put.json() }).toEqual({
    status: 405,
    allow: 'GET, HEAD',
    body: { detail: 'PUT is not allowed here. Allowed: GET, HEAD.' },
  })
  const get = await fetch(`${url}/test_framework/v1/results/1/end_calls/`)
  expect({ status: get.status, allow: get.headers.get('allow') }).toEqual({ status: 405, allow: 'POST' })
  const start = await fetch(`${url}/test_framework/v1/scenarios/run_scenarios/`)
  expect({ status: start.status, allow: start.headers.get('allow') }).toEqual({ status: 405, allow: 'POST' })
})

test('HEAD answers as GET does, without the body', async () => {
  const head = await fetch(`${url}/test_framework/v1/scenarios/tags/`, { method: 'HEAD' })
  expect({ status: head.status, body: await head.text() }).toEqual({ status: 200, body: '' })
})

test('what goes wrong here is 500 without a word of it, and in the log', async () => {
  const spy = vi.spyOn(api.service, 'catalogue').mockImplementation(() => {
    throw new Error('secret-of-ours')
  })
  const answer = await fetch(`${url}/test_framework/v1/aiagents/`)
  spy.mockRestore()
  expect(answer.status).toBe(500)
  expect(await answer.json()).toEqual({ detail: 'The server failed. The reason is in its log.' })
  expect(api.log.join('')).toContain('secret-of-ours')
})

test('what is no HTTP is answered, and the connection closed', async () => {
  expect(await exchange('NONSENSE\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 400 Bad Request\r\n[^]*x-content-type-options: nosniff[^]*\{"detail":"Bad Request\."\}$/,
  )
})

test('headers without an end are refused', async () => {
  const answer = await exchange(`GET / HTTP/1.1\r\nhost: localhost\r\nx-much: ${'a'.repeat(20_000)}\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 431 /)
})

test('a client that takes its time to ask is not waited for', async () => {
  const startedMs = performance.now()
  const head =
    'POST /test_framework/v1/scenarios/run_scenarios/ HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n'
  const [slowHead, slowBody] = await Promise.all([exchange(head), exchange(`${head}\r\n{`)])
  expect(slowHead).toMatch(/^HTTP\/1\.1 408 /)
  expect(slowBody).toMatch(/^HTTP\/1\.1 408 /)
  expect(performance.now() - startedMs).toBeLessThan(10_000)
})

test('a client that does not take in its answer is let go', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.pause()
  const closed = once(api.server.server, 'connection').then(([accepted]) => once(accepted, 'close'))
  // More than the system's buffers hold.
  socket.write('GET /openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(300))
  expect(await closed).toBeDefined()
  socket.destroy()
})

test('paths answer with and without the slash at their end, and under their external names', async () => {
  for (const path of [
    'results',
    'results/',
    'results-external',
    'results-external/',
    'test-profiles-external/',
    'scenarios-external/tags',
    'scenarios-external/?page=1',
  ]) {
    expect((await fetch(`${url}/test_framework/v1/${path}`)).status).toBe(200)
  }
})

test('the root leads to the results', async () => {
  expect((await fetch(url)).url).toBe(`${url}/ui/`)
})

test('the page to try the API runs nothing but its own script', async () => {
  const answer = await fetch(`${url}/docs`)
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'sha256-[\w+/=]+'; connect-src 'self'; base-uri 'none'/)
  const text = await answer.text()
  expect(text).toContain('<noscript>')
  expect(text).not.toMatch(/\b(src|href)="(https?:)?\/\//)
})
