import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openHostedService } from '../agents/hosted-service.js'
import { endsOf, openWorkplace, statusesOf, until, type Workplace } from '../cli/workplace.js'

// The real binary, and a service that misbehaves.

let place: Workplace

beforeEach(async () => {
  place = await openWorkplace()
})

afterEach(async () => {
  await place[Symbol.asyncDispose]()
})

/** A suite whose agent is hosted there. */
function suite(url: string, more = '', timeout = '20s'): void {
  place.write(
    'suite.yaml',
    `version: 1
suite: { name: Hosted }
agents:
  clinic: { connection: { type: hosted, base_url: "${url}", api_key: "\${HOSTED_KEY}", agent_id: 7, timeout: ${timeout} } }
runs:
  - { name: Nightly, scenarios: [11, 12], frequency: 2 }
${more}`,
  )
}

const env = { HOSTED_KEY: 'key-of-the-service' }

test('a run entry is one request, and its runs are events, verdicts, a gate, JUnit and JSON as all others', async () => {
  await using fake = await openHostedService({ key: env.HOSTED_KEY, ended: ({ scenario }) => (scenario === 12 ? { success: false } : {}) })
  suite(fake.url)
  const { exit, stdout } = await place.run(['run', 'suite.yaml', '--junit', 'junit.xml'], env)
  expect(exit).toBe(1)
  expect(stdout).toContain('FAILED: 2 of 4 runs passed')
  expect(stdout).not.toContain('--filter')
  expect(fake.requests.find(({ method }) => method === 'POST')?.body).toMatchObject({
    agent_id: 7,
    scenarios: [11, 12],
    frequency: 2,
    mode: 'same_number',
    name: expect.stringMatching(/^Nightly \d{4}-/) as string,
  })
  const events = place.journal()
  expect(events.map(({ type }) => type).filter(type => type !== 'run.turn')).toEqual([
    'suite.started',
    ...Array.from({ length: 4 }, () => 'run.started'),
    ...Array.from({ length: 4 }, () => 'run.ended'),
    'suite.ended',
  ])
  expect(endsOf(events).map(({ run }) => run)).toEqual(['nightly/11#1', 'nightly/11#2', 'nightly/12#1', 'nightly/12#2'])
  expect(JSON.stringify(events)).not.toContain(env.HOSTED_KEY)
})

test('a service that is slow, busy and broken at times is asked until it has said all', async () => {
  const troubles = {
    'GET results/': [
      { status: 404 },
      'cut' as const,
      { status: 500 },
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 200, body: 'nonsense' },
    ],
    'GET runs/bulk': [{ status: 502 }],
  }
  await using fake = await openHostedService({ troubles, statuses: ['pending', 'dreaming', 'in_progress', 'evaluating'] })
  suite(fake.url)
  const { exit } = await place.run(['run', 'suite.yaml'], env)
  expect(exit).toBe(0)
  expect(statusesOf(place.journal())).toEqual({ passed: 4 })
})

test('Ctrl-C ends the calls there; the runs are not counted for or against anybody', async () => {
  await using fake = await openHostedService({ statuses: Array.from({ length: 1000 }, () => 'in_progress') })
  suite(fake.url)
  const running = place.start(['run', 'suite.yaml'], env)
  await until('it is in progress', () => fake.asked('GET', 'results/100') > 1)
  running.signal('SIGINT')
  expect((await running.ended).exit).toBe(130)
  expect(fake.asked('POST', 'end_calls')).toBe(1)
  expect(statusesOf(place.journal())).toEqual({ infra_error: 4 })
})

test('a second Ctrl-C does not wait for a service that goes on regardless', async () => {
  await using fake = await openHostedService({ isDeaf: true, statuses: Array.from({ length: 1000 }, () => 'in_progress') })
  suite(fake.url)
  const running = place.start(['run', 'suite.yaml'], env)
  await until('it is in progress', () => fake.asked('GET', 'results/100') > 1)
  running.signal('SIGINT')
  await until('it has asked for the end', () => fake.asked('POST', 'end_calls') > 0)
  running.signal('SIGINT')
  expect((await running.ended).exit).toBe(130)
})

test('a result that was cut off is gone on with: what was begun is taken up, and not begun again', async () => {
  await using fake = await openHostedService({ statuses: Array.from({ length: 6 }, () => 'in_progress') })
  suite(fake.url)
  const running = place.start(['run', 'suite.yaml'], env)
  await until('it is in progress', () => fake.asked('GET', 'results/100') > 1)
  running.child.kill('SIGKILL')
  await running.ended
  const { exit, stderr } = await place.run(['run', '--resume', 'latest'], env)
  expect({ exit, stderr: exit === 0 ? '' : stderr }).toEqual({ exit: 0, stderr: '' })
  expect(fake.asked('POST', 'run_scenarios')).toBe(1)
  expect(statusesOf(place.journal())).toEqual({ passed: 4 })
})

test('what failed is run again as a request of its own, and what is rescored keeps the verdicts of the service', async () => {
  await using fake = await openHostedService({ ended: ({ scenario }) => (scenario === 12 ? { success: false } : {}) })
  suite(fake.url)
  await place.run(['run', 'suite.yaml'], env)
  expect((await place.run(['rescore', 'latest'], env)).stdout).toContain('2 of 4 runs passed')
  await place.run(['rerun', place.results()[0]!, '--failed'], env)
  expect(
    fake.requests
      .filter(({ method, path }) => method === 'POST' && path.includes('run_scenarios'))
      .map(({ body }) => (body as { scenarios: unknown }).scenarios),
  ).toEqual([[11, 12], [12]])
})

test('a result that is not there any more leaves its runs untold, and says why', async () => {
  await using fake = await openHostedService({
    troubles: { 'GET results/': Array.from({ length: 9 }, () => ({ status: 404, body: { detail: 'Gone.' } })) },
  })
  suite(fake.url)
  const { exit, stdout } = await place.run(['run', 'suite.yaml'], env)
  expect({ exit, says: stdout.replaceAll(/\s+/g, ' ').includes('answered 404: Gone.') }).toEqual({ exit: 3, says: true })
  expect(statusesOf(place.journal())).toEqual({ infra_error: 4 })
})

test('a service that does not stand by what it says of runs, as when its judge fails its controls, is inconclusive', async () => {
  await using fake = await openHostedService({ over: 'failed' })
  suite(fake.url)
  const { exit, stdout } = await place.run(['run', 'suite.yaml'], env)
  expect({ exit, says: stdout.replaceAll(/\s+/g, ' ').includes('marked it as failed') }).toEqual({ exit: 3, says: true })
  expect(statusesOf(place.journal())).toEqual({ passed: 4 })
})

test('a service whose success rate says that no run succeeded, while its runs say that they did, is inconclusive', async () => {
  await using fake = await openHostedService({ rate: 0 })
  suite(fake.url)
  const { exit, stdout } = await place.run(['run', 'suite.yaml'], env)
  expect(exit).toBe(3)
  expect(stdout).toContain('success_rate of 0')
})

test('runs of another scenario than was asked for are no evidence', async () => {
  await using fake = await openHostedService({ ended: ({ scenario }) => (scenario === 12 ? { scenario: 99 } : {}) })
  suite(fake.url)
  const { exit, stdout } = await place.run(['run', 'suite.yaml'], env)
  expect(exit).toBe(3)
  expect(stdout).toContain('scenario 99')
})

test('a service whose runs are over, and the result is not, has not said all', async () => {
  await using fake = await openHostedService({ over: 'evaluating' })
  suite(fake.url, '', '1s')
  const { exit, stdout } = await place.run(['run', 'suite.yaml'], env)
  expect({ exit, says: stdout.replaceAll(/\s+/g, ' ').includes('Nothing has happened to result 100') }).toEqual({ exit: 3, says: true })
})

describe('before anybody is called', () => {
  test('a key that is not taken, or a request that is wrong, is exit 2, and leaves no result', async () => {
    await using fake = await openHostedService({ key: 'another', troubles: {} })
    suite(fake.url)
    const { exit, stderr } = await place.run(['run', 'suite.yaml'], env)
    expect({ exit, says: /403: Invalid API key\. Check that api_key/.test(stderr) }).toEqual({ exit: 2, says: true })
    expect(fake.asked('POST', '')).toBe(0)
    expect(place.results()).toEqual([])
  })

  test('what one service refuses is the end of what another has begun', async () => {
    await using fake = await openHostedService({ troubles: { 'POST run_scenarios': [] } })
    await using strict = await openHostedService({
      troubles: { 'POST run_scenarios': [{ status: 400, body: { scenarios: ['Not found: 99.'] } }] },
    })
    place.write(
      'suite.yaml',
      `version: 1
suite: { name: Two }
agents:
  one: { connection: { type: hosted, base_url: "${fake.url}", agent_id: 7 } }
  two: { connection: { type: hosted, base_url: "${strict.url}", agent_id: 7 } }
runs: [{ name: A, agent: one, scenarios: [11] }, { name: B, agent: two, scenarios: [99] }]
`,
    )
    const { exit, stderr } = await place.run(['run', 'suite.yaml'])
    expect({ exit, stderr }).toEqual({
      exit: 3,
      stderr: expect.stringMatching(/scenarios: Not found: 99\..*The requests already made were ended again: result 100 at/) as string,
    })
    expect(fake.asked('POST', 'results/100/end_calls')).toBe(1)
  })

  test('what the API has no words for is told with its place', async () => {
    await using fake = await openHostedService()
    suite(
      fake.url,
      '  - { name: Other, scenarios: Sales.Inbound, tags_not: [slow] }\n  - { name: Third, scenarios: [11], personalities: [calm] }\npersonalities: { calm: {} }\n',
    )
    const { exit, stderr } = await place.run(['run', 'suite.yaml', '--filter', 'x'], env)
    expect(exit).toBe(2)
    for (const code of ['HOSTED_CANNOT', 'HOSTED_PROJECT_NEEDED', 'HOSTED_ID_MISSING']) expect(stderr).toContain(code)
    expect(fake.requests).toEqual([])
  })

  test('plan shows what would be asked for, and asks for nothing', async () => {
    await using fake = await openHostedService()
    suite(fake.url)
    const { exit, stdout } = await place.run(['plan', 'suite.yaml', '--frequency', '5'], env)
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: expect.stringContaining('"scenarios":[11,12],"frequency":5') as string })
    expect(fake.requests).toEqual([])
  })
})
