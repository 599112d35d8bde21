import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Result, Run, StartedResult } from '../../src/app/serve/generated/answers.js'
import { freePort } from '../suites/callsheet.js'
import { serve, type Served } from '../cli/served-place.js'
import { until } from '../cli/workplace.js'
import { engine } from '../support/call-suite.js'
import { startPostgres, type TestPostgres } from '../support/postgres.js'
import { isMissing } from '../support/services.js'
import { startSipAgent, type SipAgent } from '../support/sip-agent.js'
import { uriOf } from '../support/sip/sip-rig.js'
import { clinicAnswer, talkOn } from '../support/sip-talker.js'
import { openQueuePlace } from './queue-place.js'

const [ours, theirs] = ['+15555550111', '+15555550100']

describe.skipIf(isMissing('PostgreSQL') || isMissing('Redis'))(
  'a server with PostgreSQL whose workers take calls',
  { timeout: 120_000 },
  () => {
    let postgres: TestPostgres
    beforeAll(async () => {
      postgres = await startPostgres()
      await postgres.start()
    })
    afterAll(() => postgres[Symbol.asyncDispose]())

    test('says since when an agent may call and what waits for its turn, and how it went', async () => {
      await using queue = await openQueuePlace()
      await using agent = await startSipAgent()
      const told: string[] = []
      const windows: Run[] = []
      let mayCall!: () => void
      const allowed = new Promise<void>(resolve => (mayCall = resolve))
      const toldToCall = async (body: string): Promise<void> => {
        // Attempts have a number behind that of their run.
        const id = (JSON.parse(body) as { run_id: string }).run_id.replace(/-.*/, '')
        told.push(id)
        await allowed
        await until('the window is open', async () => (await read<Run>(server, `runs/${id}/`)).outbound_dial_window_opens_at !== null)
        windows.push(await read<Run>(server, `runs/${id}/`))
        await dial(agent, port)
      }
      const webhook = createServer((request, response) => {
        response.end()
        void request.toArray().then(chunks => toldToCall(Buffer.concat(chunks).toString()))
      })
      await new Promise<void>(resolve => webhook.listen(0, '127.0.0.1', resolve))
      const port = await freePort()
      queue.place.write('suite.yaml', suiteOf({ registrar: agent.port, port, webhook: (webhook.address() as AddressInfo).port }))
      await queue.worker([], { CALLSHEET_CACHE: join(queue.place.path, 'cache') })
      const server = await serve(queue.place, ['--database', await postgres.database(), '--queue', queue.redis.url])

      const started = await start(server, { agent_id: 1, scenarios: [1], frequency: 2 })
      expect(started.runs.map(run => [run.number, run.outbound_dial_window_opens_at])).toEqual([
        [ours, null],
        [ours, null],
      ])
      // One number, one caller: one run waits for the other.
      await until('the first may call', () => told.length === 1)
      await until('one waits for its turn', async () => (await read<Result>(server, `results/${started.id}/`)).waiting_for.length === 1)
      const waiting = started.runs.find(({ id }) => String(id) !== told[0])!
      expect((await read<Result>(server, `results/${started.id}/`)).waiting_for).toEqual([
        { what: 'a number of the trunk "main"', count: 1, runs: [waiting.id] },
      ])
      expect((await read<Run>(server, `runs/${waiting.id}/`)).waiting_for).toBe('a number of the trunk "main"')
      mayCall()
      expect(await server.finished(started.id)).toMatchObject({ status: 'completed', success_runs_count: 2, waiting_for: [] })
      expect(new Set(told)).toEqual(new Set(started.runs.map(({ id }) => String(id))))
      for (const { outbound_dial_window_opens_at: opens, outbound_dial_window_closes_at: closes } of windows) {
        expect(Date.parse(opens!)).toBeGreaterThanOrEqual(Date.parse(started.created_at))
        expect(Date.parse(closes!) - Date.parse(opens!)).toBe(25_000)
      }
      webhook.close()
    })

    test('ends a run as timeout whose agent does not call within its window', async () => {
      await using queue = await openQueuePlace()
      const port = await freePort()
      queue.place.write('suite.yaml', suiteOf({ registrar: 9, port, window: '2s' }))
      await queue.worker([], { CALLSHEET_CACHE: join(queue.place.path, 'cache') })
      const server = await serve(queue.place, ['--database', await postgres.database(), '--queue', queue.redis.url])
      const started = await start(server, { agent_id: 1, scenarios: [1] })
      await server.finished(started.id)
      const run = await read<Run>(server, `runs/${started.runs[0]!.id}/`)
      expect(run).toMatchObject({ status: 'timeout', success: false, outbound_dial_window_seconds: 2 })
      expect(Date.parse(run.outbound_dial_window_closes_at!) - Date.parse(run.outbound_dial_window_opens_at!)).toBe(2000)
    })
  },
)

interface Shape {
  readonly registrar: number
  /** Where workers take calls. */
  readonly port: string
  readonly webhook?: number
  readonly window?: string
}

const suiteOf = ({ registrar, port, webhook, window = '25s' }: Shape): string => `version: 1
suite: { name: Telephone }
recordings: none
# A machine that is too slow for a call tries it again.
retries: { infra_error: 8, agent_error: 0 }
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { engine: command, command: ${engine('hear')} }
telephony:
  trunks:
    main: { registrar: "sip:127.0.0.1:${registrar}", numbers: ["${ours}"], listen: { address: 127.0.0.1, port: ${port} } }
agents:
  dials:
    id: 1
    inbound: false
    contact_number: "${theirs}"
    connection: { type: sip, trunk: main, ring: ${window}${webhook === undefined ? '' : `, trigger: { url: "http://127.0.0.1:${webhook}/" }`} }
scenarios:
  cancel:
    id: 1
    script:
      first_message: ""
      steps:
        - { when: { contains: help }, say: cancel. }
        - { when: { contains: your name }, say: "bye. <endcall/>" }
    expect: [{ agent_says: { contains: your name } }]
`

async function dial(agent: SipAgent, port: string): Promise<void> {
  const media = await agent.media()
  const to = uriOf(`sip:${ours}@127.0.0.1:${port}`)
  const call = agent.userAgent.place({ to, from: uriOf(`sip:${theirs}@127.0.0.1`), media, ringMs: 10_000 })
  if (await call.answered) talkOn(media, clinicAnswer, 'cedarwood clinic, how can i help?')
}

async function read<Answer>({ url }: Served, path: string): Promise<Answer> {
  return (await (await fetch(`${url}/${path}`)).json()) as Answer
}

async function start(server: Served, body: object): Promise<StartedResult> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${server.url}/scenarios/run_scenarios/`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (answer.status !== 201) throw new Error(await answer.text())
  return (await answer.json()) as StartedResult
}
