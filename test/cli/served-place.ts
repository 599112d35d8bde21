import { setTimeout as wait } from 'node:timers/promises'
import { until, type Running, type Workplace } from './workplace.js'

/** A server that runs. */
export interface Served {
  readonly running: Running
  /** Base of the API. */
  readonly url: string
  /** Starts all of the suite's scenarios. @returns The result's id. */
  begin(frequency: number): Promise<number>
  result(id: number): Promise<ServedResult>
  /** Resolves with the result once it is over. */
  finished(id: number): Promise<ServedResult>
}

export interface ServedResult {
  readonly id: number
  readonly status: string
  readonly success_runs_count: number
  readonly failed_runs_count: number
  readonly runs: Readonly<Record<string, { readonly status: string; readonly success: boolean }>>
}

/** Serves `suite.yaml` of a workplace. */
export async function serve(place: Workplace, flags: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Served> {
  const running = place.start(['serve', 'suite.yaml', '--port', '0', ...flags], env)
  await until('the server listens', () => running.stdout().includes('http://'))
  const url = `${/http:\S+/.exec(running.stdout())?.[0]}/test_framework/v1`

  const result = async (id: number): Promise<ServedResult> => (await (await fetch(`${url}/results/${id}/`)).json()) as ServedResult
  return {
    running,
    url,
    result,
    async begin(frequency) {
      const body = JSON.stringify({ agent_id: 1, scenarios: 'all', frequency })
      const answer = await fetch(`${url}/scenarios/run_scenarios/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      if (answer.status !== 201) throw new Error(await answer.text())
      return ((await answer.json()) as { id: number }).id
    },
    async finished(id) {
      for (;;) {
        const now = await result(id)
        if (!['pending', 'running'].includes(now.status)) return now
        await wait(50)
      }
    },
  }
}
