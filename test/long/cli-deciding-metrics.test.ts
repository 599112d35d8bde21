import { expect, test } from 'vitest'
import { serve } from '../cli/served-place.js'
import { openWorkplace, type Workplace } from '../cli/workplace.js'

/** A suite whose agent greets the caller, and calls a tool if it is told to. */
function write(place: Workplace, metrics: string, more = ''): void {
  place.write(
    'agent.mjs',
    `export default said => (/look/.test(said) ? { content: 'Done.', tool_calls: [{ name: 'look_up', arguments: {} }] } : 'Hello there.')`,
  )
  place.write(
    'suite.yaml',
    `version: 1
suite: { name: Metrics }
agents: { clinic: { id: 1, connection: { type: module, path: agent.mjs } } }
metrics:
  looked_up: { id: 5, type: binary, tool_called: { name: look_up } }
  polite: { id: 6, type: binary, agent_says: { matches: "(?i)hello|done" } }
  moody: { id: 7, type: binary, agent_says: { contains: there }, trigger: { tool_called: { name: cancel } } }
scenarios:
  greets:
    id: 1
    metrics: ${metrics}
    script: { first_message: "Hi. <endcall/>" }
  looks:
    id: 2
    metrics: ${metrics}
    script: { first_message: "Please look. <endcall/>" }
${more}
`,
  )
}

test.each([
  ['[polite]', '', 0],
  ['[looked_up]', '', 1],
  ['[polite, looked_up]', '', 1],
  // It applies to no conversation.
  ['[moody]', '', 3],
  ['[polite, moody]', '', 0],
  // A threshold decides instead.
  ['[looked_up]', 'thresholds: { metrics: { looked_up: { mean: { min: 0.5 } } } }', 0],
  ['[looked_up]', 'thresholds: { metrics: { looked_up: { mean: { min: 0.6 } } } }', 1],
  ['[polite, looked_up]', 'thresholds: { metrics: { looked_up: { mean: { max: 0.5 } } } }', 0],
])('a scenario that lists %s and expects nothing is decided by them (%s)', async (metrics, thresholds, exit) => {
  await using place = await openWorkplace()
  write(place, metrics, thresholds)
  const ran = await place.run(['run', 'suite.yaml'])
  expect({ exit: ran.exit, stderr: ran.stderr, stdout: ran.stdout }).toMatchObject({ exit })
  // Over the API, success is the same.
  const served = await serve(place)
  const result = await served.finished(await served.begin(1))
  expect(result.success_runs_count === 2).toBe(exit === 0)
  const perRun = Object.values(result.runs).map(({ success }) => success)
  expect(perRun.every(Boolean)).toBe(exit === 0)
})

test('numbers alone, which no threshold covers, are refused', async () => {
  await using place = await openWorkplace()
  write(place, '[words]')
  const { exit, stderr } = await place.run(['validate', 'suite.yaml'])
  expect([exit, stderr]).toEqual([2, expect.stringContaining('SCENARIO_PROVES_NOTHING')])
})

test('a threshold that is missed leaves no success among the runs that it covers, and is named', async () => {
  await using place = await openWorkplace()
  write(place, '[words]', 'thresholds: { metrics: { words: { mean: { max: 1 } } } }')
  const served = await serve(place)
  const id = await served.begin(2)
  await served.result(id)
  const result = await served.finished(id)
  expect(result).toMatchObject({
    status: 'completed',
    success_rate: 0,
    success_runs_count: 0,
    failed_runs_count: 4,
    failed_reasons: [{ reason: expect.stringMatching(/^Threshold metrics\.words\.mean of suite: required <= 1, measured 1\.5/) as string }],
  })
  const answers = await Promise.all(
    Object.keys(result.runs).map(async run => (await (await fetch(`${served.url}/runs/${run}/`)).json()) as { success: boolean }),
  )
  expect(answers.map(({ success }) => success)).toEqual([false, false, false, false])
})

test('a JSON case that asks only for metrics is decided by them', async () => {
  await using place = await openWorkplace()
  write(place, '[polite]')
  const served = await serve(place)
  const begin = async (metrics: unknown): Promise<number> => {
    const conditions = [{ id: 0, condition: 'FIRST_MESSAGE', action: 'Hi. <endcall/>', type: 'standard', fixed_message: true }]
    const spec = {
      defaults: { language: 'en' },
      version: '1',
      scenarios: [{ name: 'Greets', type: 'conditional_actions', conditional_actions: { role: 'You.', conditions }, metrics }],
    }
    const answer = await fetch(`${served.url}/scenarios/run_scenarios_json/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ agent_id: 1, spec }),
    })
    const begun = (await answer.json()) as { id: number }
    expect(begun).toMatchObject({ id: expect.any(Number) as number })
    return begun.id
  }
  expect(await served.finished(await begin([5]))).toMatchObject({ status: 'completed', success_runs_count: 0 })
  expect(await served.finished(await begin(['polite']))).toMatchObject({ status: 'completed', success_runs_count: 1 })
  expect(await served.finished(await begin([7]))).toMatchObject({ status: 'completed', success_runs_count: 0 })
  expect(await served.finished(await begin(['latency_ms']))).toMatchObject({ status: 'completed', success_runs_count: 1 })
})
