import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { endsOf, openWorkplace, statusesOf, until, type Running, type Workplace } from './workplace.js'

/** So slow that no conversation ends by itself while a test lasts. */
const never = 600_000

describe.concurrent('interrupted,', () => {
  test.each([
    ['Ctrl-C', 'SIGINT', 130],
    ['SIGTERM', 'SIGTERM', 143],
  ] as const)('%s lets calls in progress finish, starts no more, and reports', async (_name, signal, code) => {
    await using place = await openWorkplace({ delayMs: 150 })
    const running = await underWay(place)
    running.signal(signal)
    const { exit, stdout, stderr } = await running.ended

    expect(exit).toBe(code)
    const statuses = statusesOf(place.journal())
    expect(statuses).toEqual({ passed: expect.any(Number) as number, not_run: expect.any(Number) as number })
    expect((statuses['passed'] ?? 0) + (statuses['not_run'] ?? 0)).toBe(12)
    expect(place.callsByRun().size).toBe(statuses['passed'])
    expect(stderr).toMatch(/Stopping/)
    expect(stdout).toContain('INCONCLUSIVE')
    expectReports(place)
    expect(place.alive()).toBe(0)
  })

  test('a second Ctrl-C cuts off the calls in progress, and reports them as stopped', async () => {
    await using place = await openWorkplace({ delayMs: never })
    const running = await underWay(place)
    running.signal('SIGINT')
    await until('it says that it stops', () => running.stderr().includes('Stopping'))
    const secondAt = performance.now()
    running.signal('SIGINT')
    const { exit } = await running.ended

    expect(exit).toBe(130)
    // Long before the ten seconds that calls in progress are given after the first.
    expect(performance.now() - secondAt).toBeLessThan(8000)
    const events = place.journal()
    expect(statusesOf(events)).toEqual({ infra_error: 2, not_run: 10 })
    const cut = endsOf(events).flatMap(({ outcome }) => ('fault' in outcome ? [outcome] : []))
    for (const { fault, transcript } of cut) {
      expect(fault.code).toBe('interrupted')
      expect(transcript.moments).toMatchObject([{ by: 'caller', text: 'One.' }])
    }
    expectReports(place)
    expect(place.alive()).toBe(0)
  })

  test('Ctrl-C twice while the agent is still starting stops it too', async () => {
    await using place = await openWorkplace()
    const pids = join(place.path, 'pids')
    place.write(
      'slow.yaml',
      `version: 1
suite: { name: Slow start }
agents:
  agent:
    start: { command: "echo $$ >> '${pids}'; sleep 600", timeout: 10m }
    connection: { type: websocket, url: "${place.url}" }
scenarios:
  talks: { script: { first_message: One. }, expect: [{ agent_says: { contains: One } }] }
`,
    )
    const running = place.start(['run', 'slow.yaml'])
    await until('the agent is being started', () => place.alive() > 0)
    running.signal('SIGINT')
    await until('it says that it stops', () => running.stderr().includes('Stopping'))
    running.signal('SIGINT')
    const { exit } = await running.ended
    expect(exit).toBe(130)
    expect(place.alive()).toBe(0)
    expectReports(place)
  })

  test('kill -9 of Callsheet leaves no agent behind, nor its children', async () => {
    await using place = await openWorkplace({ delayMs: never })
    const running = await underWay(place)
    expect(place.alive()).toBe(2)
    process.kill(running.pid, 'SIGKILL')
    await running.ended
    await until('the agent and its child are gone', () => place.alive() === 0)
  })

  test('of several suites those after the interrupted one are not begun', async () => {
    await using place = await openWorkplace({ delayMs: 150 })
    const running = await underWay(place, ['run', 'suite.yaml', 'suite.yaml', '--out', 'result'])
    running.signal('SIGINT')
    expect((await running.ended).exit).toBe(130)
    expect(existsSync(join(place.path, 'result-1/report.json'))).toBe(true)
    expect(existsSync(join(place.path, 'result-2'))).toBe(false)
  })
})

/** A suite that has two conversations with its agent in progress. */
async function underWay(place: Workplace, args: readonly string[] = ['run', 'suite.yaml']): Promise<Running> {
  const running = place.start(args)
  await until('two conversations are in progress', () => place.calls().filter(line => line.endsWith('said One.')).length >= 2)
  return running
}

function expectReports(place: Workplace): void {
  const [result = ''] = place.results()
  for (const name of ['journal.jsonl', 'junit.xml', 'report.json']) {
    expect(`${name}: ${existsSync(join(place.path, result, name))}`).toBe(`${name}: true`)
  }
  expect(place.journal().at(-1)?.type).toBe('suite.ended')
}
