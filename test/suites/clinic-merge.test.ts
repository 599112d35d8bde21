import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callsheet, freePort, root, temporaryFolder } from './callsheet.js'

// The shards of the clinic, conducted one by one and merged, beside the whole suite in one run.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const suite = 'clinic/suite.yaml'

/** The clinic, whose agent waits longer before it speaks first: on a busy machine it is chance which of the two begins. */
function layClinic(): void {
  const patient = 3000
  cpSync(join(root, 'suites/clinic'), join(folder.path, 'clinic'), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder.path, 'node_modules'))
  const server = join(folder.path, 'clinic/agent/server.js')
  const text = readFileSync(server, 'utf8')
  const changed = text.replace(/greetAfterMs = \d+/, `greetAfterMs = ${patient}`)
  if (changed === text) throw new Error('The agent of the clinic does not say how long it waits.')
  writeFileSync(server, changed)
}
const clock = { CALLSHEET_LOGICAL_CLOCK: '2026-01-01T10:00:00Z' }
const shards = [1, 2, 3, 4]
/** The exit code of the whole run. */
let whole = -1

/** One conversation at a time, each against an agent of its own. */
const run = async (out: string, time: string, args: readonly string[] = []): Promise<number> => {
  const env = { CALLSHEET_LOGICAL_CLOCK: time, CLINIC_BUG: 'double_booking', CLINIC_PORT: await freePort() }
  const quiet = ['--concurrency', '1', '--reporter', 'none']
  return (await callsheet(['run', suite, '--out', out, ...quiet, ...args], folder.path, env)).exit
}

beforeAll(async () => {
  layClinic()
  const parts = shards.map(nth => run(`shard-${nth}`, `2026-01-01T0${nth}:00:00Z`, ['--shard', `${nth}/4`]))
  const codes = await Promise.all([run('whole', '2026-01-01T09:00:00Z'), ...parts])
  whole = codes[0] ?? -1
}, 300_000)

interface Report {
  readonly result: string
  readonly mergedFrom: { readonly parts: readonly { readonly shard: { readonly nth: number } }[] }
  readonly digests: { readonly suite: string; readonly bar: string; readonly plan: string }
  readonly limits: readonly { readonly code: string }[]
}

const reportOf = (result: string): Report =>
  JSON.parse(readFileSync(join(folder.path, result, 'report.json'), 'utf8'), withoutTimes) as Report

/** What a report says, but for its id, times, what it was merged from, and the digest of a plan that only the whole has. */
function bytesOf(name: string): string {
  const { result: _, mergedFrom: _merged, digests, limits, ...rest } = reportOf(name)
  return JSON.stringify({ ...rest, digests: { ...digests, plan: '' }, limits: limits.filter(({ code }) => code !== 'MERGED') }, null, 1)
}

const times = ['startS', 'endS', 'atS', 'durationMs', 'startedAt', 'endedAt']

/** Real agents answer when they do; so what is measured of their time differs from one run to the next. */
function withoutTimes(key: string, value: unknown): unknown {
  if (times.includes(key)) return undefined
  if (typeof value !== 'object' || value === null) return value
  const { metric, rule, assertion } = value as Readonly<Record<string, unknown>>
  const isTime = [metric, rule, assertion].some(name => typeof name === 'string' && name.includes('reply_latency'))
  return isTime ? 'reply_latency' : value
}

test('four shards of four, in whatever order they are named, have byte for byte the report of the whole run', async () => {
  const { exit } = await callsheet(
    ['merge', 'shard-3', 'shard-1', 'shard-4', 'shard-2', '--out', 'merged', '--reporter', 'none'],
    folder.path,
    clock,
  )
  expect(exit).toBe(whole)
  expect(bytesOf('merged')).toBe(bytesOf('whole'))
  const report = reportOf('merged')
  expect(report.mergedFrom.parts.map(({ shard }) => shard.nth)).toEqual(shards)
  expect(report.limits.map(({ code }) => code)).not.toContain('SHARD')
})

test('three shards of four are inconclusive, and the gate names the missing one', async () => {
  const { exit, stdout } = await callsheet(['merge', 'shard-1', 'shard-2', 'shard-4', '--out', 'three'], folder.path, clock)
  expect(exit).toBe(3)
  expect(stdout).toContain('shard 3 of 4 is missing')
  expect(stdout).toContain('INCONCLUSIVE')
})

test('the missing shard completes it', async () => {
  const { exit } = await callsheet(['merge', 'three', 'shard-3', '--out', 'completed', '--reporter', 'none'], folder.path, clock)
  expect(exit).not.toBe(3)
  expect(bytesOf('completed')).toBe(bytesOf('whole'))
})
