import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/adapters/clocks/system.js'
import { endsOf, openWorkplace, statusesOf, until, type Running, type Workplace } from '../cli/workplace.js'

const random = seededRandom(20_260_101)
/** How long after the first conversation begins, and how often: one is killed while it resumes. */
const moments = Array.from({ length: 5 }, () => [Math.round(random() * 700), Math.round(random() * 500)] as const)

interface ReportedRun {
  readonly index: number
  readonly status: string
  readonly earlier: readonly { readonly status: string }[]
}

describe.concurrent('resumed,', () => {
  test.each(moments)(
    'a suite that was killed with -9 after %d ms, and again after %d, calls nobody twice who had answered',
    async (...delays) => {
      await using place = await openWorkplace({ delayMs: 40, frequency: 20 })
      let args = ['run', 'suite.yaml']
      const kills: Kill[] = []
      for (const delayMs of delays) {
        const known = place.calls().length
        const running = place.start(args)
        await until('a conversation begins, or all is over', () => place.calls().length > known || running.child.exitCode !== null)
        await wait(delayMs)
        if (running.child.exitCode === null) process.kill(running.pid, 'SIGKILL')
        await running.ended
        await until('its agent is gone', () => place.alive() === 0)
        kills.push(lookAt(place))
        args = ['run', '--resume', 'latest']
      }

      const { exit, stdout } = await place.run(args)
      expect(stdout).toContain('PASSED: 20 of 20 runs passed')
      expect(exit).toBe(0)

      const ends = endsOf(place.journal())
      expect(ends.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index))
      const calls = place.callsByRun()
      for (const { over, callsByRun } of kills) {
        for (const index of over) expect(calls.get(index)).toBe(callsByRun.get(index))
      }

      const { totals, runs } = reportIn(place)
      expect(totals).toMatchObject({ runs: 20, passed: 20, not_run: 0 })
      const openAtLast = kills.at(-1)?.open ?? new Set()
      for (const { index, earlier } of runs.filter(run => openAtLast.has(run.index))) {
        expect(`${index}: ${earlier.at(-1)?.status}`).toBe(`${index}: infra_error`)
      }
    },
  )

  test('a suite that was interrupted goes on where it was', async () => {
    await using place = await openWorkplace({ delayMs: 100 })
    const running = await begun(place)
    running.signal('SIGINT')
    await running.ended
    const passed = statusesOf(place.journal())['passed'] ?? 0
    expect(passed).toBeLessThan(12)

    const { exit, stdout } = await place.run(['run', '--resume', 'latest'])
    expect(exit).toBe(0)
    expect(stdout).toContain('12 of 12 runs passed')
    expect([...place.callsByRun().values()]).toEqual(Array.from({ length: 12 }, () => 1))
  })

  test('a suite that is over calls nobody, and says the same failure again', async () => {
    await using place = await openWorkplace({ contains: 'Three', frequency: 2 })
    const first = await place.run(['run', 'suite.yaml'])
    expect(first.exit).toBe(1)
    const calls = place.calls()
    const again = await place.run(['run', '--resume', 'latest'])
    expect(again.exit).toBe(1)
    expect(again.stdout).toContain('FAILED: 0 of 2 runs passed')
    expect(place.calls()).toEqual(calls)
  })

  test('a case that runs until it is decided comes to the same, and once it is decided nobody is called', async () => {
    await using place = await openWorkplace({ delayMs: 60 })
    const suite = readFileSync(join(place.path, 'suite.yaml'), 'utf8')
    const adaptive = suite.replace('frequency: 12', 'frequency: { min: 2, max: 30, until: decided }')
    place.write('suite.yaml', `${adaptive}thresholds: { each_scenario: { pass_rate: 0.66 } }\n`)
    const running = place.start(['run', 'suite.yaml'])
    await until('some conversations are over', () => endsOf(place.journal()).length >= 4)
    process.kill(running.pid, 'SIGKILL')
    await running.ended
    await until('its agent is gone', () => place.alive() === 0)
    expect(endsOf(place.journal()).length).toBeLessThan(10)

    const resumed = await place.run(['run', '--resume', 'latest'])
    expect(resumed.exit).toBe(0)
    const decided = reportIn(place).entries[0]?.cases[0]?.decision
    expect(decided).toMatchObject({ verdict: 'met', counted: 10, passed: 10 })
    expect(statusesOf(place.journal())['passed']).toBeLessThanOrEqual(12)

    const calls = place.calls()
    expect((await place.run(['run', '--resume', 'latest'])).exit).toBe(0)
    expect(place.calls()).toEqual(calls)
    expect(reportIn(place).entries[0]?.cases[0]?.decision).toEqual(decided)
  })

  test('a suite that has changed is refused, and nothing is touched', async () => {
    await using place = await openWorkplace({ delayMs: 100 })
    const running = await begun(place)
    process.kill(running.pid, 'SIGKILL')
    await running.ended
    await until('its agent is gone', () => place.alive() === 0)
    const journal = readJournal(place)
    const calls = place.calls()

    const suite = readFileSync(join(place.path, 'suite.yaml'), 'utf8')
    place.write('suite.yaml', suite.replace('say: Two.', 'say: Two!'))
    const { exit, stderr } = await place.run(['run', '--resume', 'latest'])
    expect(exit).toBe(2)
    expect(stderr).toMatch(/^error: The plan has changed/m)
    expect(readJournal(place)).toBe(journal)
    expect(place.calls()).toEqual(calls)

    place.write('suite.yaml', suite)
    const wrongOption = await place.run(['run', '--resume', 'latest', '--frequency', '3'])
    expect(wrongOption.exit).toBe(2)
    expect(wrongOption.stderr).toContain('it had 12 runs and now has 3')
    expect(place.calls()).toEqual(calls)
  })

  test('a result that is being written is refused, as is a second run into its folder', async () => {
    await using place = await openWorkplace({ delayMs: 600_000 })
    await begun(place, ['run', 'suite.yaml', '--out', 'result'])
    const [resumed, second] = await Promise.all([
      place.run(['run', '--resume', 'result']),
      place.run(['run', 'suite.yaml', '--out', 'result']),
    ])
    for (const { exit, stderr, stdout } of [resumed, second]) {
      expect(stderr).toMatch(/^error: result is in use: process \d+/m)
      expect(stdout).toBe('')
      expect(exit).toBe(2)
    }
    expect([...place.callsByRun().entries()].toSorted(([a], [b]) => a - b)).toEqual([
      [0, 1],
      [1, 1],
    ])
  })

  test('of two runs that begin in one folder at the same moment exactly one runs', async () => {
    await using place = await openWorkplace({ frequency: 3 })
    const args = ['run', 'suite.yaml', '--out', 'result']
    const both = await Promise.all([place.run(args), place.run(args)])
    expect(new Set(both.map(({ exit }) => exit))).toEqual(new Set([0, 2]))
    expect(both.find(({ exit }) => exit === 2)?.stderr).toMatch(/^error: result (is in use|already contains a result)/m)
    expect(statusesOf(place.journal('result'))).toEqual({ passed: 3 })
    expect([...place.callsByRun().values()]).toEqual([1, 1, 1])
  })
})

async function begun(place: Workplace, args: readonly string[] = ['run', 'suite.yaml']): Promise<Running> {
  const running = place.start(args)
  await until('a conversation begins', () => place.callsByRun().size > 0)
  return running
}

function readJournal(place: Workplace): string {
  return readFileSync(join(place.path, place.results()[0] ?? '', 'journal.jsonl'), 'utf8')
}

/** What there was when Callsheet was killed. */
interface Kill {
  /** Indexes of the runs that had ended, and of those that were in progress. */
  readonly over: ReadonlySet<number>
  readonly open: ReadonlySet<number>
  readonly callsByRun: ReadonlyMap<number, number>
}

function lookAt(place: Workplace): Kill {
  // The last line may be torn.
  const lines = readJournal(place).split('\n').slice(0, -1)
  const events = lines.map(line => JSON.parse(line) as { type: string; index: number })
  const indexesOf = (type: string): Set<number> => new Set(events.flatMap(event => (event.type === type ? [event.index] : [])))
  const over = indexesOf('run.ended')
  return { over, open: new Set([...indexesOf('run.started')].filter(index => !over.has(index))), callsByRun: place.callsByRun() }
}

function reportIn(place: Workplace): {
  totals: Record<string, number>
  runs: ReportedRun[]
  entries: { cases: { decision?: object }[] }[]
} {
  return JSON.parse(readFileSync(join(place.path, place.results()[0] ?? '', 'report.json'), 'utf8')) as ReturnType<typeof reportIn>
}
