import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../agents/api-client.js'
import { callsheet, freePort, root, temporaryFolder } from '../suites/callsheet.js'

// The clinic's suite, its agent with a bug planted, served by the real binary: to a client that knows only the contract, to
// a suite whose connection is hosted, and to who watches.

const folder = temporaryFolder()
const key = 'key-of-the-clinic'
const bug = { CLINIC_BUG: 'double_booking' }
let url: string
let stop: () => Promise<unknown>

beforeAll(async () => {
  symlinkSync(join(root, 'suites'), join(folder.path, 'suites'))
  const suite = readFileSync(join(root, 'suites/clinic/suite.yaml'), 'utf8')
  const connection = `    connection: { type: hosted, base_url: "\${URL}", api_key: "\${KEY}", agent_id: 12, project_id: 1 }\n`
  const hosted = suite.replace(/ {4}start:[\s\S]*?(?= {4}limits: \{ concurrency)/, connection)
  for (const name of ['personalities.yaml', 'test-profiles.yaml', 'scenarios']) {
    cpSync(join(root, 'suites/clinic', name), join(folder.path, name), { recursive: true })
  }
  writeFileSync(join(folder.path, 'hosted.yaml'), hosted)
  ;({ url, stop } = await serve())
})

afterAll(async () => {
  await stop()
  folder[Symbol.dispose]()
})

test('a suite on a server gives the JUnit verdicts of the same suite run here, those of a planted bug among them', async () => {
  const here = await callsheet(['run', 'suites/clinic/suite.yaml', '--junit', 'here.xml', '--reporter', 'none'], folder.path, {
    ...bug,
    CLINIC_PORT: await freePort(),
  })
  const there = await callsheet(['run', 'hosted.yaml', '--junit', 'there.xml', '--reporter', 'none'], folder.path, { URL: url, KEY: key })
  expect({ here: here.exit, there: there.exit }).toEqual({ here: 1, there: 1 })
  const [own, hosted] = [verdictsIn('here.xml'), verdictsIn('there.xml')]
  expect(own).toHaveLength(42)
  expect(own.filter(({ red }) => red !== '')).toHaveLength(2)
  expect(hosted).toEqual(own)
})

test('a client that knows only the contract starts, polls, gates, looks at failures, shares and runs again', async () => {
  const client = createClient(url, key, '-external')
  const started = await client.start({ agent_id: '12', scenarios: [401, '102', 103], name: 'From CI' })
  const result = await client.finished(started.id)
  expect(client.gate(result)).toBe(false)
  expect(result).toMatchObject({ name: 'From CI', total_runs_count: 3, success_runs_count: 2 })
  const [failure, ...others] = await client.failures(result)
  expect(others).toEqual([])
  expect(failure.transcript).toMatch(/^\[00:0\d\] Main Agent: /m)
  expect(failure.why.join()).toContain('❌')
  const page = await fetch(await client.share(started.id))
  expect({ status: page.status, names: (await page.text()).includes('book_taken_time') }).toEqual({ status: 200, names: true })
  const again = await client.finished((await client.rerun(started.id)).id)
  expect(again).toMatchObject({ total_runs_count: 3, success_runs_count: 2 })
  expect((await client.list()).results[0].id).toBe(again.id)
  await expect(createClient(url, 'another').start({ agent_id: 12, scenarios: 'all' })).rejects.toThrow('403')
  await expect(client.start({ agent_id: 12, scenarios: [9999], frequency: 0 })).rejects.toThrow(
    /400 .*frequency.*scenarios|400 .*scenarios.*frequency/,
  )
})

test('a client that thinks better of it ends the calls', async () => {
  const client = createClient(url, key)
  const { id } = await client.start({ agent_id: 12, scenarios: 'all', frequency: 20, concurrency_limit: 1 })
  const { count } = await client.endCalls(id)
  const result = await client.finished(id)
  expect(count).toBeGreaterThan(400)
  expect(client.gate(result)).toBe(false)
  expect(await client.endCalls(id)).toEqual({ count: 0 })
})

test('who watches sees what who runs it would, and exits as the gate says, also over a restart of the server', async () => {
  const client = createClient(url, key)
  const passing = await client.start({ agent_id: 12, scenarios: [401], frequency: 3 })
  const watched = await callsheet(['watch', `${url}/test_framework/v1/results/${passing.id}/`], folder.path, { CALLSHEET_API_KEY: key })
  expect(watched.stderr).toContain('3 runs')
  expect(watched.exit).toBe(0)

  const failing = await client.start({ agent_id: 12, scenarios: [102, 103, 401], frequency: 5, concurrency_limit: 1 })
  const watching = callsheet(['watch', `${url}/results/${failing.id}`], folder.path, { CALLSHEET_API_KEY: key })
  await wait(500)
  const port = new URL(url).port
  await stop()
  ;({ url, stop } = await serve(port))
  const { exit, stderr } = await watching
  expect({ exit, failed: stderr.includes('✗') }).toEqual({ exit: 1, failed: true })
})

test.each([
  ['what is no result', 'http://127.0.0.1:1/', 2, 'is not the address of a result'],
  ['a result that is not there', '/results/99999', 2, '404'],
])('%s cannot be watched', async (_, path, exit, words) => {
  const watched = await callsheet(['watch', path.startsWith('/') ? url + path : path], folder.path, { CALLSHEET_API_KEY: key })
  expect(watched.stderr).toContain(words)
  expect(watched.exit).toBe(exit)
})

/** Testcases, and what is red about each. */
function verdictsIn(file: string): { name: string; red: string }[] {
  const text = readFileSync(join(folder.path, file), 'utf8')
  return [...text.matchAll(/<testcase ([^>]*?) time="[^"]*"[^>]*>([\s\S]*?)<\/testcase>/g)].map(([, name = '', inside = '']) => ({
    name,
    red: /<(failure|error|skipped)[^>]*>/.exec(inside)?.[0] ?? '',
  }))
}

async function serve(port = '0'): Promise<{ url: string; stop: () => Promise<unknown> }> {
  const child = spawn(process.execPath, [join(root, 'bin/callsheet.js'), 'serve', 'suites/clinic/suite.yaml', '--port', port], {
    cwd: folder.path,
    env: { PATH: process.env['PATH'], CALLSHEET_API_KEY: key, CLINIC_PORT: await freePort(), ...bug },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    url: /http:\S+/.exec(line.toString())?.[0] ?? '',
    async stop() {
      const gone = once(child, 'close')
      child.kill('SIGTERM')
      await gone
    },
  }
}
