import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callsheet, root, temporaryFolder } from '../suites/callsheet.js'

const folder = temporaryFolder()
let url: string
let stop: () => Promise<unknown>

beforeAll(async () => {
  ;({ url, stop } = await serve(folder.path, [join(root, 'suites/hello')]))
})

afterAll(async () => {
  await stop()
  folder[Symbol.dispose]()
})

test('runs that are started over HTTP are really conducted, and finish', async () => {
  const started = await post('scenarios/run_scenarios/', { agent_id: '1', scenarios: 'all', frequency: 3, name: 'Nightly' })
  expect(started.status).toBe(201)
  expect(started.body).toMatchObject({ name: 'Nightly', agent: 1, status: 'pending', success_rate: 0, run_as_text: true })
  expect(started.body.runs).toHaveLength(6)

  const ended = await finished(started.body.id)
  expect(ended).toMatchObject({ status: 'completed', success_rate: 100, success_runs_count: 6, failed_runs_count: 0, agent_name: 'bakery' })
  expect(Object.keys(ended.runs)).toEqual(started.body.runs.map(run => String(run.id)))
  expect(Object.values(ended.runs).every(run => run.success && run.status === 'completed')).toBe(true)
})

test('a result of the server is reported as all others are, by its number', async () => {
  const { body } = await post('scenarios-external/run_scenarios', { agent_id: 1, scenarios: [2] })
  await finished(body.id)
  const place = join(folder.path, '.callsheet/server', String(body.id))
  const reported = await callsheet(['report', String(body.id)], folder.path)
  expect(reported.stderr).toBe('')
  expect(reported.stdout).toContain('PASSED: 1 of 1 run passed')
  expect(reported.exit).toBe(0)
  expect((await callsheet(['report', place, '--reporter', 'json'], folder.path)).stdout).toContain('asks_for_something_else')
  expect((await callsheet(['rescore', String(body.id)], folder.path)).exit).toBe(0)
})

test('a result of the server is saved while it is watched, and then reviewed, attested, signed and verified as any other', async () => {
  const run = (...args: string[]) => callsheet(args, folder.path)
  const { body } = await post('scenarios/run_scenarios/', { agent_id: 1, scenarios: 'all' })
  const place = `${url.replace(/\/$/, '')}/results/${body.id}`
  const watched = await run('watch', place, '--out', 'saved')
  expect([watched.exit, watched.stdout]).toEqual([0, 'Saved to saved. See it with: callsheet report saved\n'])
  // The same as the database has, but that it counts from the request on, and the journal from the first event.
  const reportOf = async (name: string) =>
    (await run('report', name, '--reporter', 'json')).stdout.replaceAll(/^ {2}"(startedAt|durationMs)": .*$/gm, '')
  expect(await reportOf('saved')).toBe(await reportOf(String(body.id)))
  for (const name of ['ci', 'lead']) await run('key', '--sign', '--out', name)
  writeFileSync(
    join(folder.path, 'keys.yaml'),
    'keys:\n  - { name: CI, public: ci.pub.pem, roles: [ci] }\n  - { name: Ada, public: lead.pub.pem, roles: [qa] }\n',
  )
  expect((await run('review', 'saved', '--by', 'Ada')).stdout).toContain('There is nothing to review in saved')
  expect((await run('attest', 'saved', '--key', 'ci.key.pem')).exit).toBe(0)
  expect((await run('signoff', 'saved', '--key', 'lead.key.pem', '--name', 'Ada', '--role', 'QA', '--yes')).exit).toBe(0)
  expect(await run('verify', 'saved', '--keys', 'keys.yaml', '--require', 'qa')).toMatchObject({ exit: 0, stderr: '' })
  for (const command of [
    ['attest', '--key', 'ci.key.pem'],
    ['review', '--by', 'Ada'],
  ]) {
    const [name = '', ...flags] = command
    const { exit, stderr } = await run(name, String(body.id), ...flags)
    expect([exit, stderr]).toEqual([2, expect.stringContaining('Save it first: callsheet watch <url> --out <folder>')])
  }
  const again = await run('watch', place, '--out', 'saved')
  expect([again.exit, again.stderr]).toEqual([2, expect.stringContaining('saved already contains a result')])
  const missing = await run('watch', place.replace(/\d+$/, '9999'), '--out', 'missing')
  expect(missing.exit).not.toBe(0)
  expect(existsSync(join(folder.path, 'missing'))).toBe(false)
})

test('what is wrong with a request is told by field', async () => {
  const { status, body } = await post('scenarios/run_scenarios/', { agent_id: 9, scenarios: 'all' })
  expect({ status, body }).toEqual({ status: 400, body: { agent_id: ['There is no agent 9.'] } })
})

test('the same Idempotency-Key starts nothing twice', async () => {
  const sent = { agent_id: 1, scenarios: 1 }
  const [first, second] = [await post('scenarios/run_scenarios/', sent, 'k1'), await post('scenarios/run_scenarios/', sent, 'k1')]
  expect(second.body.id).toBe(first.body.id)
  expect((await post('scenarios/run_scenarios/', { ...sent, scenarios: 2 }, 'k1')).status).toBe(409)
})

test('beyond loopback it does not listen without a key', async () => {
  const refused = await callsheet(['serve', join(root, 'suites/hello'), '--host', '0.0.0.0', '--port', '0'], folder.path)
  expect(refused.stderr).toContain('CALLSHEET_API_KEY')
  expect(refused.exit).toBe(2)
})

interface Answer {
  readonly id: number
  readonly status: string
  readonly runs: readonly { readonly id: number }[]
}

interface ResultAnswer {
  readonly status: string
  readonly runs: Readonly<Record<string, { readonly success: boolean; readonly status: string }>>
}

async function post(path: string, body: object, key?: string): Promise<{ status: number; body: Answer }> {
  const headers = { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) }
  const answer = await fetch(`${url}/test_framework/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as Answer }
}

async function finished(id: number): Promise<ResultAnswer> {
  for (;;) {
    const answer = (await (await fetch(`${url}/test_framework/v1/results/${id}/`)).json()) as ResultAnswer
    if (!['pending', 'running'].includes(answer.status)) return answer
    await wait(20)
  }
}

async function serve(cwd: string, paths: readonly string[]): Promise<{ url: string; stop: () => Promise<unknown> }> {
  const child = spawn(process.execPath, [join(root, 'bin/callsheet.js'), 'serve', ...paths, '--port', '0'], {
    cwd,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const address = /http:\S+/.exec(line.toString())?.[0] ?? ''
  return {
    url: address,
    stop: async () => {
      const gone = once(child, 'close')
      child.kill('SIGTERM')
      expect((await gone)[0]).toBe(0)
    },
  }
}
