import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WaivedGate } from '../../src/domain/report.js'
import { callsheet, temporaryFolder } from '../suites/callsheet.js'

// An agent that breaks two scenarios, and suites with exceptions for them.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)

beforeAll(() => {
  writeFileSync(
    path('agent.mjs'),
    `const broken = (process.env.BROKEN ?? '').split(',')
export default (_message, { scenario: { key } }) => ({ content: broken.includes(key) ? 'Pardon?' : 'Good morning.', end: true })\n`,
  )
})

interface Suite {
  readonly waivers: string
  readonly thresholds?: string
  readonly limits?: string
}

const waiver = (expires: string, more = ''): string =>
  `- { case: "shop/b", check: "agent says*", reason: known, issue: SHOP-7, owner: Ada Park, expires: "${expires}"${more} }`

let runs = 0
/** Runs a suite, by default when nothing has expired yet. */
async function run(
  { waivers, thresholds = 'waivers: allow', limits = '{}' }: Suite,
  { at = '2026-03-01T12:00:00Z', broken = 'b', args = [] as string[] } = {},
) {
  const out = `result-${(runs += 1)}`
  writeFileSync(
    path('suite.yaml'),
    `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
waivers:
${waivers.replaceAll(/^/gm, '  ')}
thresholds: { ${thresholds} }
limits: ${limits}
scenarios:
${['a', 'b', 'c'].map(key => `  ${key}: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }\n`).join('')}`,
  )
  const env = { CALLSHEET_LOGICAL_CLOCK: at, BROKEN: broken }
  const executed = await callsheet(
    ['run', 'suite.yaml', '--out', out, '--junit', 'junit.xml', '--markdown', 'report.md', ...args],
    folder.path,
    env,
  )
  const read = () =>
    JSON.parse(readFileSync(path(`${out}/report.json`), 'utf8')) as {
      gate: { verdict: string }
      waived?: WaivedGate
      warnings?: readonly string[]
      totals: { failed: number }
    }
  return { ...executed, out, read }
}

describe('a failure that a waiver covers', () => {
  test('stays a failure everywhere, is marked, and lets the suite exit with 0 only where that is allowed', async () => {
    const allowed = await run({ waivers: waiver('2026-03-31') })
    expect(allowed.exit).toBe(0)
    expect(allowed.stdout).toContain('FAILED: 2 of 3 runs passed')
    expect(allowed.stdout).toContain('passed with 1 exception, which the suite allows')
    expect(allowed.stdout).toContain('1 failed run is excepted: shop/b until 2026-03-31 (Ada Park)')
    expect(readFileSync(path('report.md'), 'utf8')).toContain('Failed; passed with 1 exception')
    expect(readFileSync(path('junit.xml'), 'utf8')).toContain('failures="1"')
    expect(readFileSync(path('junit.xml'), 'utf8')).toContain('name="gate_with_waivers" value="passed with 1 exception')
    expect(allowed.read()).toMatchObject({ gate: { verdict: 'failed' }, totals: { failed: 1 }, waived: { verdict: 'passed', runs: 1 } })

    const shown = await run({ waivers: waiver('2026-03-31'), thresholds: 'pass_rate: 1' })
    expect([shown.exit, shown.read().waived]).toEqual([1, expect.objectContaining({ verdict: 'passed', allowed: false })])
    // Its journal counts the same again.
    expect((await callsheet(['report', allowed.out, '--reporter', 'none'], folder.path)).exit).toBe(0)
  })

  test('lets those who watch it on a server exit as the suite does', async () => {
    for (const [thresholds, code] of [
      ['waivers: allow', 0],
      ['pass_rate: 1', 1],
    ] as const) {
      const { out, exit } = await run({ waivers: waiver('2026-03-31'), thresholds })
      const events = readFileSync(path(`${out}/journal.jsonl`), 'utf8')
        .trimEnd()
        .split('\n')
      const server = createServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.end(events.map((event, i) => `id: ${i + 1}\ndata: ${event}\n\n`).join(''))
      })
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const watched = await callsheet(['watch', `http://127.0.0.1:${(server.address() as AddressInfo).port}/results/1`], folder.path)
      server.close()
      expect([exit, watched.exit]).toEqual([code, code])
    }
  })

  test('that covers not everything does not make the gate pass', async () => {
    const { exit, read } = await run({ waivers: waiver('2026-03-31') }, { broken: 'b,c' })
    expect([exit, read().waived?.verdict]).toEqual([1, 'failed'])
    const other = await run({ waivers: waiver('2026-03-31').replace('agent says*', 'tool_called*') })
    expect([other.exit, other.read().waived?.waivers[0]?.state]).toEqual([1, 'unused'])
  })

  test('does not cover what must pass, unless it says so', async () => {
    const thresholds = 'waivers: allow, must_pass: { scenarios: [b] }'
    const refused = await run({ waivers: waiver('2026-03-31'), thresholds })
    expect([refused.exit, refused.read().waived?.verdict]).toEqual([1, 'failed'])
    expect(refused.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'covered no failure: a case that must pass needs even_must_pass in its waiver.',
    )
    const even = await run({ waivers: waiver('2026-03-31', ', even_must_pass: true'), thresholds })
    expect([even.exit, even.read().waived?.verdict]).toEqual([0, 'passed'])
  })

  test('does not pass on runs that were left out because others failed', async () => {
    const limits = '{ max_failures: 1, concurrency: 1 }'
    const { exit, read } = await run({ waivers: waiver('2026-03-31'), limits })
    expect([exit, read().waived?.verdict]).toEqual([1, 'could_not_tell'])
  })
})

describe('a waiver ends when its last day ends in UTC', () => {
  test.each([
    ['the day before', '2026-03-08T12:00:00Z', 0],
    ['its last second', '2026-03-09T23:59:59Z', 0],
    ['the next day', '2026-03-10T00:00:00Z', 1],
    ['the next day already, in the zone +14', '2026-03-10T09:00:00+14:00', 0],
  ])('%s', async (_, at, exit) => {
    const result = await run({ waivers: waiver('2026-03-09') }, { at: new Date(at).toISOString() })
    expect(result.exit).toBe(exit)
    const [warning = ''] = result.read().warnings ?? []
    expect(warning).toContain(
      exit === 0 ? 'expires at the end of 2026-03-09 UTC' : 'expired at the end of 2026-03-09 UTC and covers nothing',
    )
  })

  test('and is not warned of while there is time', async () => {
    const { read } = await run({ waivers: waiver('2026-03-31') })
    expect(read().warnings).toBeUndefined()
  })
})

describe('before anything is called', () => {
  test.each([
    ['a waiver without an owner', waiver('2026-03-31').replace(', owner: Ada Park', ''), 'owner'],
    ['a day that is none', waiver('2026-02-30'), 'is not a day of the calendar'],
    ['a day in words', waiver('soon'), 'expires'],
    ['a waiver that lasts too long', waiver('2026-07-01'), 'more than 90 days ahead'],
  ])('%s is refused', async (_, waivers, words) => {
    const { exit, stderr, stdout } = await run({ waivers })
    expect([exit, stderr + stdout]).toEqual([2, expect.stringContaining(words)])
  })

  test('a suite may allow more days, and fewer', async () => {
    expect((await run({ waivers: waiver('2026-07-01'), limits: '{ max_waiver: 200 }' })).exit).toBe(0)
    expect((await run({ waivers: waiver('2026-03-31'), limits: '{ max_waiver: 7 }' })).exit).toBe(2)
  })
})

test('a waiver that covers nothing is a warning', async () => {
  const { exit, stdout } = await run({ waivers: waiver('2026-03-31') }, { broken: '' })
  expect([exit, stdout]).toEqual([0, expect.stringMatching(/The waiver for shop\/b \(Ada Park, SHOP-7\)\s+covered no failure/)])
})

test('waivers may come from a file, and a resumption needs the same', async () => {
  writeFileSync(path('waivers.yaml'), `waivers:\n${waiver('2026-03-31').replaceAll(/^/gm, '  ').replace('shop/b', 'shop/c')}\n`)
  const { exit, read } = await run({ waivers: waiver('2026-03-31') }, { broken: 'b,c', args: ['--waivers', 'waivers.yaml'] })
  expect([exit, read().waived?.waivers.map(({ case: key }) => key)]).toEqual([0, ['shop/b', 'shop/c']])
  writeFileSync(path('waivers.yaml'), 'waivers: [{ case: shop/c }]\n')
  const malformed = await run({ waivers: waiver('2026-03-31') }, { args: ['--waivers', 'waivers.yaml'] })
  expect([malformed.exit, malformed.stderr]).toEqual([2, expect.stringContaining('Exception 1 has no reason')])
})
