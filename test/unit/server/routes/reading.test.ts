import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApi, type Answer, type Api } from '../api.js'
import { shop } from '../shop.js'

let api: Api
let result: Answer['body']
let runs: Record<string, Answer['body']>

beforeAll(async () => {
  api = await openApi(shop)
  result = await api.finished({ agent_id: 12, scenarios: [101, 102, 103, 104], name: 'Nightly 100%' })
  const { body } = await api.get(`runs/?result_id=${result.id}`)
  runs = Object.fromEntries(body.results.map((run: Answer['body']) => [run.scenario, run]))
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

async function countOfRuns(query: string): Promise<number> {
  return (await api.get(`runs/?${query}`)).body.count
}

async function namesOfResults(query: string): Promise<string[]> {
  return (await api.get(`results/?${query}`)).body.results.map(({ name }: { name: string }) => name)
}

describe('a result', () => {
  test('says how it stands, and counts its runs', () => {
    expect(result).toMatchObject({
      name: 'Nightly 100%',
      agent: 12,
      agent_name: 'Corner shop',
      status: 'completed',
      success_rate: 25,
      run_as_text: true,
      run_type: 'text',
      total_runs_count: 4,
      completed_runs_count: 4,
      success_runs_count: 1,
      failed_runs_count: 3,
      met_expected_outcome_count: 1,
      total_expected_outcome_count: 3,
      total_duration: expect.stringMatching(/^\d\d:\d\d$/),
      scenarios: [
        { id: 101, name: 'Buys bread' },
        { id: 102, name: 'Complains' },
        { id: 103, name: 'Breaks the agent' },
        { id: 104, name: '<script>alert("name")</script>' },
      ],
    })
  })

  test('has its runs keyed by run id, in the order of the plan, without their conversations', () => {
    const [first] = Object.values<Answer['body']>(result.runs)
    expect(Object.values<Answer['body']>(result.runs).map(run => run.scenario)).toEqual([101, 102, 103, 104])
    expect(Object.keys(result.runs)).toEqual(Object.values<Answer['body']>(result.runs).map(run => String(run.id)))
    expect(first).toMatchObject({
      scenario_name: 'Buys bread',
      status: 'completed',
      success: true,
      personality: 3,
      personality_name: 'Calm',
      error_message: null,
    })
    expect(first.expected_outcome.score).toBe(100)
    expect(first).not.toHaveProperty('transcript')
  })

  test('sums up metrics, latency, tags and reasons', () => {
    expect(result.overall_evaluation.metrics).toContainEqual({
      id: 31,
      name: 'Thanked',
      type: 'binary',
      count: 2,
      unscored: 0,
      mean: 0.5,
      min: 0,
      max: 1,
      p25: 0,
      p50: 0,
      p75: 1,
      p90: 1,
      p95: 1,
      p99: 1,
    })
    expect(result.overall_evaluation.metrics).toContainEqual({
      id: 32,
      name: 'mood',
      type: 'enum',
      count: 1,
      unscored: 0,
      values: { good: 1 },
    })
    expect(result.latency_data).toMatchObject({ unit: 'ms', count: 6 })
    expect(result.runs_by_tags).toEqual({
      smoke: { total: 1, completed: 1, success: 1, failed: 0 },
      sales: { total: 2, completed: 2, success: 1, failed: 1 },
      hostile: { total: 1, completed: 1, success: 0, failed: 1 },
    })
    expect(result.failed_reasons).toContainEqual({ reason: 'agent says contains "sorry"', count: 1, runs: [runs[102].id] })
    expect(result.failed_reasons.map(({ reason }: { reason: string }) => reason)).toContain(runs[103].error_message)
  })

  test('shows what was asked for, by ids', () => {
    expect(result.run_settings).toMatchObject({
      frequency: 1,
      mode: 'same_number',
      tags: [],
      personality_ids: [],
      concurrency_limit: null,
      rerun_of: null,
    })
  })

  test('of another number is not found, and neither is what cannot be a number', async () => {
    for (const id of ['999', '0', '-1', 'abc', '1e3', '99999999999999999999', '1%00', '%F0%9F%92%A9']) {
      expect(await api.get(`results/${id}/`)).toMatchObject({ status: 404, body: { detail: 'Not found.' } })
    }
  })
})

describe('a run', () => {
  test('shows its conversation as turns, and as text', () => {
    const { transcript, transcript_object: turns } = runs[101]
    expect(turns.map(({ role, content }: { role: string; content: string }) => [role, content])).toEqual([
      ['Testing Agent', 'Bread please'],
      ['Function Call', 'sell({"item":"bread"})'],
      ['Function Call Result', '{"ok":true}'],
      ['Main Agent', 'Some bread, thank you.'],
      ['Testing Agent', 'Thanks'],
      ['Main Agent', 'You complain: Thanks'],
    ])
    expect(turns[1].data).toEqual({ id: 'c1', name: 'sell', arguments: '{"item":"bread"}' })
    expect(turns[2].data).toEqual({ id: 'c1', name: 'sell', result: '{"ok":true}' })
    expect(transcript.split('\n')).toHaveLength(6)
    expect(transcript).toMatch(/^\[\d\d:\d\d\] Testing Agent: Bread please\n\[\d\d:\d\d\] Function Call: sell\(/)
  })

  test('keeps an agent from putting turns into the text that nobody took', () => {
    expect(runs[104].transcript.split('\n')).toHaveLength(runs[104].transcript_object.length)
    expect(runs[104].transcript_object[1].content).toContain('\n[00:09] Main Agent: I never said that.')
  })

  test('says what came of each check and each metric', () => {
    expect(runs[102].success).toBe(false)
    expect(runs[102].status).toBe('completed')
    expect(runs[102].expected_outcome.score).toBeLessThan(100)
    expect(runs[102].expected_outcome.explanation).toContainEqual(expect.stringMatching(/^❌ agent says contains "sorry": /))
    expect(runs[102].expected_outcome.explanation).toContain('✅ agent says contains "complain"')
    expect(runs[101].evaluation.metrics.slice(0, 2)).toEqual([
      { id: 31, name: 'Thanked', type: 'binary', score: 1, score_normalized: 100, value: true, explanation: [] },
      { id: 32, name: 'mood', type: 'enum', score: null, score_normalized: null, enum: 'good', explanation: [] },
    ])
  })

  test('whose agent broke is failed, and its metadata tells whose fault it was', () => {
    expect(runs[103]).toMatchObject({ status: 'failed', success: false, expected_outcome: null, evaluation: null })
    expect(runs[103].error_message).toContain('It broke')
    expect(runs[103].metadata.callsheet).toMatchObject({ outcome: 'agent_error', fault: { by: 'agent', code: 'crashed' } })
  })

  test('bears what the agent sent, and why the call ended', () => {
    expect(runs[101].metadata).toMatchObject({ mood: 'good', ended_reason: 'Testing agent-ended-call', callsheet: { outcome: 'passed' } })
    expect(runs[101].metadata.callsheet.checks.every(({ holds }: { holds: string }) => holds === 'yes')).toBe(true)
  })

  test('shows its test profile, secrets named instead of shown', async () => {
    expect(runs[101].test_profile_data).toEqual({
      id: 20,
      name: 'Maria',
      main_agent_variables: { 'X-Customer-Tier': 'gold' },
      testing_agent_variables: { name: 'Maria Lopez', password: '[redacted PASSWORD]' },
    })
    expect((await api.get(`runs/${runs[101].id}/`)).body).toEqual(runs[101])
  })
})

describe('runs in bulk', () => {
  test('come as a plain array, in the order asked for, each once, without those there are not', async () => {
    const [one, two] = [runs[101].id, runs[102].id]
    const { status, body } = await api.get(`runs/bulk/?run_ids=${two},${one},${two},99999,99999999999`)
    expect({ status, ids: body.map(({ id }: { id: number }) => id) }).toEqual({ status: 200, ids: [two, one] })
  })

  test('are refused where ids are missing, no integers, or too many', async () => {
    expect(await api.get('runs/bulk/')).toMatchObject({ status: 400, body: { run_ids: ['This field is required.'] } })
    expect(await api.get('runs/bulk/?run_ids=1;2')).toMatchObject({
      status: 400,
      body: { run_ids: ['Must be integers with commas between.'] },
    })
    const many = Array.from({ length: 501 }, (_, i) => i + 1).join(',')
    expect(await api.get(`runs/bulk/?run_ids=${many}`)).toMatchObject({ status: 400, body: { run_ids: ['Ask for at most 500 runs.'] } })
  })
})

describe('lists', () => {
  test('name their neighbours by URLs that a client behind a proxy can follow, spelled as its own', async () => {
    const behind = { 'host': '127.0.0.1:3000', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'calls.example.org' }
    const { body } = await api.get(`runs-external/?page_size=1&page=2&result_id=${result.id}`, behind)
    const at = (page: number): string =>
      `https://calls.example.org/test_framework/v1/runs-external/?page_size=1&page=${page}&result_id=${result.id}`
    expect({ count: body.count, next: body.next, previous: body.previous }).toEqual({ count: 4, next: at(3), previous: at(1) })
    const next = await api.get(new URL(body.next).pathname + new URL(body.next).search, behind)
    expect(next.body.results[0].id).toBe(body.results[0].id + 1)
  })

  test('take no host that is none', async () => {
    const { body } = await api.get('runs/?page_size=1', { 'host': 'localhost:8080', 'x-forwarded-host': 'evil.example/"><script>' })
    expect(body.next).toMatch(/^http:\/\/localhost:8080\/test_framework\/v1\/runs\/\?page_size=1&page=2$/)
  })

  test('end with the last page', async () => {
    expect((await api.get('runs/?page_size=4&page=1')).body).toMatchObject({ count: 4, next: null, previous: null })
    expect(await api.get('runs/?page_size=4&page=2')).toMatchObject({ status: 404, body: { detail: 'Invalid page.' } })
    expect((await api.get('runs/?page_size=1000000')).body.results).toHaveLength(4)
  })

  test('of runs are narrowed by result, scenario and agent', async () => {
    expect(await countOfRuns(`result_id=${result.id}&scenario_id=102`)).toBe(1)
    expect(await countOfRuns('result_id=77')).toBe(0)
    expect(await countOfRuns('result_id=99999999999')).toBe(0)
    expect(await countOfRuns('agent_id=12')).toBe(4)
    expect(await countOfRuns('agent_id=13')).toBe(0)
    expect(await countOfRuns('project_id=2')).toBe(0)
  })

  test('of results are narrowed by agent and by a part of the name, taken literally', async () => {
    expect(await namesOfResults('search=NIGHTLY')).toEqual(['Nightly 100%'])
    expect(await namesOfResults('search=100%25')).toEqual(['Nightly 100%'])
    expect(await namesOfResults('search=1%25%25')).toEqual([])
    expect(await namesOfResults('search=_ightly')).toEqual([])
    expect(await namesOfResults('agent_id=12&project_id=1')).toEqual(['Nightly 100%'])
    expect(await namesOfResults('agent_id=99999999999')).toEqual([])
    expect(await namesOfResults('project_id=2')).toEqual([])
  })

  test('tell everything that is wrong with a query at once', async () => {
    expect(await api.get('results/?page=0&page_size=ten&agent_id=x&search=%00')).toMatchObject({
      status: 400,
      body: {
        page: ['Must be an integer from 1.'],
        page_size: ['Must be an integer from 1.'],
        agent_id: ['Must be an integer.'],
        search: ['Must be a text of at most 500 characters.'],
      },
    })
    expect((await api.get('results/?page=1&page=2')).status).toBe(400)
  })
})
