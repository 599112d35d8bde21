import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setTimeout as wait } from 'node:timers/promises'
import { startPostgres, type TestPostgres } from '../support/postgres.js'
import { isMissing } from '../support/services.js'
import { startCountingAgent } from '../cli/counting-agent.js'
import { serve, type Served } from '../cli/served-place.js'
import { openWorkplace, until, type Workplace } from '../cli/workplace.js'

// Servers start several times over, beside all other tests.
const patiently = { concurrent: true, timeout: 60_000 }

describe('a server with a file', patiently, () => {
  killedInTheMiddle(async () => ({}))

  test('whose run crashes it every time gives that run up after the second time', async () => {
    await using place = await openWorkplace()
    place.write(
      'agent.mjs',
      `
      export default async message => {
        if (message === 'Poison.') process.kill(process.ppid, 'SIGKILL')
        return 'You said ' + message
      }`,
    )
    place.write('suite.yaml', suiteOf({ type: 'module', path: 'agent.mjs' }, { poison: 'Poison.', harmless: 'Hi.' }, { concurrency: 1 }))
    const first = await serve(place)
    const id = await first.begin(1)
    await first.running.ended
    await place.start(['serve', 'suite.yaml', '--port', '0']).ended
    const third = await serve(place)
    expect(await third.finished(id)).toMatchObject({ success_runs_count: 1, failed_runs_count: 1 })

    const runs = await reported(place, id)
    expect(runs.find(({ scenario }) => scenario === 'poison')).toMatchObject({
      status: 'infra_error',
      earlier: [{ status: 'infra_error' }],
    })
    expect(runs.find(({ scenario }) => scenario === 'harmless')?.status).toBe('passed')
  })

  test('takes a changed suite over without dropping a run, and keeps the last good one of a suite with mistakes', async () => {
    await using place = await openWorkplace()
    await using agent = await startCountingAgent({ delayMs: 150 })
    const connection = { type: 'http', url: agent.url }
    place.write('suite.yaml', suiteOf(connection, { before: 'One.' }, { concurrency: 4 }))
    const server = await serve(place)
    const id = await server.begin(20)
    await until('calls are in progress', () => agent.begun.size >= 4)
    place.write('suite.yaml', suiteOf(connection, { after: 'One.', another: 'One.' }, { concurrency: 4 }))
    await eventually(async () => expect(await scenariosOf(server)).toEqual(['after', 'another']))
    place.write('suite.yaml', 'suite: { name: Broken }\nscenarios: { after: { script: [] } }\n')
    await until('it says what is wrong', () => server.running.stderr().includes('suite.yaml'))
    expect(await scenariosOf(server)).toEqual(['after', 'another'])

    const next = await server.begin(1)
    expect(await server.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 20 })
    expect(await server.finished(next)).toMatchObject({ status: 'completed', success_runs_count: 2 })
    expect((await reported(place, id)).every(({ scenario }) => scenario === 'before')).toBe(true)
    expect(new Set((await reported(place, next)).map(({ scenario }) => scenario))).toEqual(new Set(['after', 'another']))
  })

  test('is refused to a second server, and open to all who read', async () => {
    await using place = await openWorkplace()
    const first = await serve(place)
    const second = await place.run(['serve', 'suite.yaml', '--port', '0'])
    expect(second.exit).toBe(2)
    expect(second.stderr).toContain('Stop the other server, or name another folder')
    expect((await place.run(['ids', 'suite.yaml'])).stdout).toContain('agent agent')
    first.running.signal('SIGKILL')
    await first.running.ended
    await serve(place)
  })

  test('calls things by the ids that callsheet ids has written into the files', async () => {
    await using place = await openWorkplace()
    place.write('suite.yaml', `# Kept.\n${suiteOf({ type: 'http', url: 'http://127.0.0.1:9' }, { first: 'Hi.', second: 'Hi.' })}`)
    const shown = await place.run(['ids', 'suite.yaml'])
    expect(shown.stdout).toMatch(/^ *1 {2}agent agent +suite\.yaml {2}nowhere yet$/m)
    expect(shown.stdout).toContain('Add 3 ids to the files with: callsheet ids --write suite.yaml')
    const written = await place.run(['ids', '--write', 'suite.yaml'])
    expect(written.stdout).toContain('wrote suite.yaml\nEvery id is in its file.')
    expect(written.stdout).toMatch(/^ *2 {2}scenario second +suite\.yaml {2}in its file$/m)
    expect((await place.run(['ids', '--write', 'suite.yaml'])).stdout).not.toContain('wrote')
    expect((await place.run(['validate', 'suite.yaml'])).exit).toBe(0)
    // Another database gives the same ids: they stand in the file.
    const elsewhere = await place.run(['ids', 'suite.yaml', '--data', 'elsewhere'])
    expect(elsewhere.stdout).toBe((await place.run(['ids', 'suite.yaml'])).stdout)
  })
})

describe.skipIf(isMissing('PostgreSQL'))('a server with PostgreSQL', patiently, () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  }, 60_000)
  afterAll(() => postgres?.[Symbol.asyncDispose]())

  killedInTheMiddle(async () => ({ CALLSHEET_DATABASE: await postgres.database() }))

  test('has its results reported, scored, compared and run again by their numbers', async () => {
    await using place = await openWorkplace()
    await using agent = await startCountingAgent()
    place.write('suite.yaml', suiteOf({ type: 'http', url: agent.url }, { talks: 'One.', fails: 'Two.' }))
    const env = { CALLSHEET_DATABASE: await postgres.database() }
    const server = await serve(place, [], env)
    const [first, second] = [String(await server.begin(2)), String(await server.begin(3))]
    for (const id of [first, second]) await server.finished(Number(id))

    const report = await place.run(['report', first], env)
    expect(report.stdout).toContain('FAILED')
    expect(report.stderr).toBe('')
    expect(report.stdout).not.toContain('postgres')
    expect((await place.run(['compare', first, second], env)).exit).toBe(0)
    expect((await place.run(['rescore', first, '--reporter', 'none'], env)).exit).toBe(1)
    expect((await place.run(['rerun', first, '--failed', '--reporter', 'none', '--out', 'again'], env)).exit).toBe(1)
    expect(place.journal('again').filter(({ type }) => type === 'run.ended')).toHaveLength(2)
    const missing = await place.run(['report', '999'], env)
    expect(missing).toMatchObject({ exit: 2, stderr: 'error: There is no result 999 in the database.\n' })
  })

  test('answers within a bound while the database hangs, says that it is not ready, and goes on afterwards', async () => {
    await using own = await startPostgres()
    await using place = await openWorkplace()
    await using agent = await startCountingAgent({ delayMs: 50 })
    place.write('suite.yaml', suiteOf({ type: 'http', url: agent.url }, { talks: 'One.' }, { concurrency: 5 }))
    const server = await serve(place, ['--database', await own.database()])
    const id = await server.begin(100)
    await until('some runs are over', () => agent.begun.size > 20)
    own.freeze()
    const answers = [`${server.url}/results/${id}/`, `${server.url}/results/`, new URL('/readyz', server.url).href].map(async url => {
      const askedMs = performance.now()
      const { status } = await fetch(url)
      return [status, performance.now() - askedMs < 15_000]
    })
    expect(await Promise.all(answers)).toEqual([
      [503, true],
      [503, true],
      [503, true],
    ])
    // Its writes wait as long as its reads, and may have begun to wait later.
    await until('it is lost', () => server.running.stderr().includes('No run starts until it is back.'))
    own.thaw()
    await until('it is back', () => server.running.stderr().includes('The database is back.'))
    expect(await server.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 100 })
    expect([...agent.begun.values()]).toEqual(Array.from({ length: 100 }, () => 1))
    expect((await fetch(new URL('/readyz', server.url))).status).toBe(200)
  })

  test.sequential('starts no new call while the database is gone, and then loses none', async () => {
    await using place = await openWorkplace()
    await using agent = await startCountingAgent({ delayMs: 50 })
    place.write('suite.yaml', suiteOf({ type: 'http', url: agent.url }, { talks: 'One.' }, { concurrency: 5 }))
    const server = await serve(place, ['--database', await postgres.database()])
    const id = await server.begin(100)
    await until('some runs are over', () => agent.begun.size > 20)
    await postgres.stop()
    await until('it says so', () => server.running.stderr().includes('No run starts until it is back.'))
    await until('the calls in progress are over', () => agent.underWay === 0)
    const begun = agent.begun.size
    await wait(500)
    expect(agent.begun.size).toBe(begun)
    expect(begun).toBeLessThan(100)
    expect((await fetch(`${server.url}/results/${id}/`)).status).toBe(503)

    await postgres.start()
    await until('it is back', () => server.running.stderr().includes('The database is back.'))
    expect(await server.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 100 })
    expect([...agent.begun.values()]).toEqual(Array.from({ length: 100 }, () => 1))
  })
})

/** @param prepare  Environment that names the database. */
function killedInTheMiddle(prepare: () => Promise<Readonly<Record<string, string>>>): void {
  test('that is killed during 500 runs loses none, counts none twice, and retries those in progress', async () => {
    await using place = await openWorkplace()
    await using agent = await startCountingAgent({ delayMs: 60 })
    place.write('suite.yaml', suiteOf({ type: 'http', url: agent.url }, { talks: 'One.' }, { concurrency: 25 }))
    const env = await prepare()
    const first = await serve(place, [], env)
    const ids = [await first.begin(300), await first.begin(200)]
    await until('many runs are over', () => agent.begun.size > 200)
    first.running.signal('SIGKILL')
    await first.running.ended
    const begunBefore = agent.begun.size

    const second = await serve(place, [], env)
    const results = await Promise.all(ids.map(id => second.finished(id)))
    expect(results.map(({ status, success_runs_count, failed_runs_count }) => [status, success_runs_count, failed_runs_count])).toEqual([
      ['completed', 300, 0],
      ['completed', 200, 0],
    ])
    const runs = (await Promise.all(ids.map(id => reported(place, id, env)))).flat()
    expect(runs).toHaveLength(500)
    expect(runs.every(({ status }) => status === 'passed')).toBe(true)

    // To the agent, each attempt has a name of its own: nobody was called twice under one.
    expect([...agent.begun.values()].every(times => times === 1)).toBe(true)
    const again = runs.filter(({ earlier }) => earlier.length === 1)
    expect(runs.every(({ earlier }) => earlier.length <= 1)).toBe(true)
    expect(again.length).toBeGreaterThan(0)
    expect(again.length).toBeLessThanOrEqual(50)
    expect(again.every(({ earlier }) => earlier[0]?.status === 'infra_error')).toBe(true)
    const secondCalls = [...agent.begun.keys()].filter(name => name.endsWith('-2'))
    expect(secondCalls).toHaveLength(again.length)
    expect(agent.begun.size - secondCalls.length).toBeLessThanOrEqual(500)
    expect(begunBefore).toBeLessThan(500)
  })
}

function suiteOf(connection: object, scenarios: Readonly<Record<string, string>>, { concurrency = 10 } = {}): string {
  const declared = Object.entries(scenarios).map(
    ([key, words]) => `  ${key}:
    script:
      first_message: ${words}
      steps: [{ when: { contains: said }, say: "Bye. <endcall/>" }]
    expect: [{ agent_says: { contains: "said ${key === 'fails' ? 'nothing' : words}" } }]
`,
  )
  return `version: 1
suite: { name: Storage }
agents:
  agent:
    connection: ${JSON.stringify(connection)}
    limits: { concurrency: ${concurrency} }
scenarios:
${declared.join('')}`
}

interface ReportedRun {
  readonly scenario: string
  readonly status: string
  readonly earlier: readonly { readonly status: string }[]
}

async function reported(place: Workplace, id: number, env: Readonly<Record<string, string>> = {}): Promise<readonly ReportedRun[]> {
  const { stdout, stderr } = await place.run(['report', String(id), '--reporter', 'json'], env)
  if (stderr !== '') throw new Error(stderr)
  return (JSON.parse(stdout) as { runs: ReportedRun[] }).runs
}

async function scenariosOf({ url }: Served): Promise<string[]> {
  const answer = await fetch(`${url}/scenarios/`)
  return ((await answer.json()) as { results: { key: string }[] }).results.map(({ key }) => key)
}

async function eventually(check: () => Promise<void>): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    try {
      return await check()
    } catch (cause) {
      if (waitedMs > 10_000) throw cause
      await wait(50)
    }
  }
}
