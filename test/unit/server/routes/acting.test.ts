import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openApi, type Answer, type Api } from '../api.js'
import { shop } from '../shop.js'

let api: Api

beforeAll(async () => {
  api = await openApi(shop)
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

/** Starts calls that do not end of themselves, and waits until one is in progress. */
async function startWaiting(frequency: number, concurrency = 50): Promise<Answer['body']> {
  const { body } = await api.post('scenarios/run_scenarios/', { agent_id: 12, scenarios: [105], frequency, concurrency_limit: concurrency })
  await vi.waitFor(async () => expect((await api.get(`runs/${body.runs[0].id}/`)).body.status).toBe('in_progress'), 10_000)
  return body
}

describe('end_calls', () => {
  test('ends what is in progress and what has not begun, and says how much that was; again, it is nothing', async () => {
    const { id } = await startWaiting(6, 2)
    expect(await api.post(`results/${id}/end_calls/`)).toMatchObject({ status: 200, body: { count: 6 } })
    const result = (await api.get(`results/${id}/`)).body
    expect(result).toMatchObject({ status: 'cancelled', completed_runs_count: 6, success_rate: 0 })
    expect(Object.values<Answer['body']>(result.runs).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'cancelled'))
    expect(await api.post(`results/${id}/end_calls/`, {})).toMatchObject({ status: 200, body: { count: 0 } })
  })

  test('leaves a result that is over as it was', async () => {
    const { id } = await api.finished({ agent_id: 12, scenarios: [101] })
    const before = (await api.get(`results/${id}/`)).text
    expect((await api.post(`results-external/${id}/end_calls`)).body).toEqual({ count: 0 })
    expect((await api.get(`results/${id}/`)).text).toBe(before)
  })

  test('of a result there is not is 404', async () => {
    expect((await api.post('results/999/end_calls/')).status).toBe(404)
  })
})

describe('end_call', () => {
  test('ends one run, and leaves the others alone', async () => {
    const { id, runs } = await startWaiting(2)
    expect(await api.post(`runs/${runs[1].id}/end_call/`)).toMatchObject({ status: 200, body: { count: 1 } })
    expect((await api.get(`runs/${runs[1].id}/`)).body).toMatchObject({
      status: 'cancelled',
      success: false,
      metadata: { ended_reason: 'run-cancelled-by-user' },
    })
    expect((await api.get(`runs/${runs[0].id}/`)).body.status).toBe('in_progress')
    expect((await api.post(`runs/${runs[1].id}/end_call/`)).body).toEqual({ count: 0 })
    expect((await api.get(`results/${id}/`)).body).toMatchObject({ status: 'running', completed_runs_count: 1 })

    await api.post(`runs/${runs[0].id}/end_call/`)
    await api.service.conductor.settled(id)
    expect((await api.get(`results/${id}/`)).body.status).toBe('cancelled')
    expect((await api.get('results/?page_size=1')).body.results[0].status).toBe('cancelled')
  })

  test('keeps a run from being started that waits for its turn', async () => {
    const { id, runs } = await startWaiting(2, 1)
    expect((await api.post(`runs/${runs[1].id}/end_call/`)).body).toEqual({ count: 1 })
    await api.post(`runs/${runs[0].id}/end_call/`)
    await api.service.conductor.settled(id)
    expect((await api.get(`runs/${runs[1].id}/`)).body).toMatchObject({
      status: 'cancelled',
      executed_at: null,
      transcript: '',
      error_message: 'Not run: cancelled.',
    })
  })

  test('of a run there is not is 404', async () => {
    expect((await api.post('runs/999999/end_call/')).status).toBe(404)
  })
})

describe('rerun', () => {
  test('is a new result with the same settings, and says of which', async () => {
    const first = await api.finished({ agent_id: 12, tags: ['sales'], frequency: 2, personality_ids: [7], name: 'Sales' })
    const { status, body } = await api.post(`results/${first.id}/rerun/`)
    expect(status).toBe(201)
    expect(body).toMatchObject({ name: 'Sales', agent: 12, status: 'pending' })
    expect(body.runs).toHaveLength(4)
    await api.service.conductor.settled(body.id)
    const again = (await api.get(`results/${body.id}/`)).body
    expect(again.run_settings).toEqual({ ...first.run_settings, rerun_of: first.id })
    expect(again.success_rate).toBe(first.success_rate)
  })

  test('twice with one Idempotency-Key is one result', async () => {
    const { id } = await api.finished({ agent_id: 12, scenarios: [101] })
    const headers = { 'idempotency-key': 'again' }
    const [one, two] = [
      await api.post(`results/${id}/rerun/`, undefined, headers),
      await api.post(`results/${id}/rerun/`, undefined, headers),
    ]
    expect(two.body.id).toBe(one.body.id)
    expect((await api.post(`results/${one.body.id}/rerun/`, undefined, headers)).status).toBe(409)
  })

  test('asked for again when it is over, it is told how its runs ended', async () => {
    const headers = { 'idempotency-key': 'over' }
    const asked = { agent_id: 12, scenarios: [101], frequency: 2 }
    const one = await api.post('scenarios/run_scenarios/', asked, headers)
    await api.service.conductor.settled(one.body.id)
    const two = await api.post('scenarios/run_scenarios/', asked, headers)
    const statuses = ({ body }: typeof one) => body.runs.map(({ status }: { status: string }) => status)
    expect([statuses(one), statuses(two)]).toEqual([
      ['pending', 'pending'],
      ['completed', 'completed'],
    ])
    expect(two.body).toMatchObject({ id: one.body.id, status: 'completed' })
  })

  test('is the same request however its path and its fields are spelled', async () => {
    const headers = { 'idempotency-key': 'spelled' }
    const one = await api.post('scenarios/run_scenarios/', { agent_id: 12, scenarios: [101], name: 'Once' }, headers)
    const two = await api.post('scenarios-external/run_scenarios', { name: 'Once', scenarios: [101], agent_id: 12 }, headers)
    expect([two.status, two.body.id]).toEqual([201, one.body.id])
    expect((await api.post('scenarios/run_scenarios/', { agent_id: 12, scenarios: [101], name: 'Twice' }, headers)).status).toBe(409)
  })

  test('is refused when the suite no longer has what was run', async () => {
    const { id } = await api.finished({ agent_id: 12, scenarios: [101, 102], personality_ids: [7] })
    const catalogue = api.service.catalogue(api.service.projects.all[0]!)
    const [suite] = catalogue.suites
    const left = { ...suite!, document: { ...suite!.document, scenarios: suite!.document.scenarios.slice(1), personalities: [] } }
    const spy = vi.spyOn(api.service, 'catalogue')
    spy.mockReturnValue({ ...catalogue, suites: [left] })
    expect(await api.post(`results/${id}/rerun/`)).toMatchObject({
      status: 400,
      body: { scenarios: ['The suite no longer has: buys.'], personality_ids: ['The suite no longer has: hurried.'] },
    })
    spy.mockReturnValue({ ...catalogue, suites: [] })
    expect(await api.post(`results/${id}/rerun/`)).toMatchObject({
      status: 400,
      body: { non_field_errors: ['The suite suite.yaml is no longer served.'] },
    })
    spy.mockRestore()
  })

  test('of a result there is not is 404', async () => {
    expect((await api.post('results/999/rerun/')).status).toBe(404)
  })
})
