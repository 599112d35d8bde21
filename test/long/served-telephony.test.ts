import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Result, Run, StartedResult } from '../../src/app/serve/generated/answers.js'
import type { IncomingCall } from '../../src/adapters/sip/incoming-call.js'
import { freePort } from '../suites/callsheet.js'
import { serve, type Served } from '../cli/served-place.js'
import { openWorkplace, until, type Workplace } from '../cli/workplace.js'
import { engine } from '../support/call-suite.js'
import { uriOf } from '../support/sip/sip-rig.js'
import { startSipAgent, type SipAgent, type SipAgentOptions } from '../support/sip-agent.js'
import { clinicAnswer, talkOn } from '../support/sip-talker.js'

let place: Workplace
let agent: SipAgent | undefined
/** That the server takes calls at. */
let port: string
beforeEach(async () => (place = await openWorkplace()))
afterEach(async () => {
  await agent?.[Symbol.asyncDispose]()
  agent = undefined
  await place[Symbol.asyncDispose]()
})

const greeting = 'cedarwood clinic, how can i help?'
const ours = ['+15555550111', '+15555550112'] as const

/** Serves a clinic that is called (agent 1), and one that calls (agent 2), over one trunk. */
async function served(
  options: SipAgentOptions,
  { triggerUrl = '', ring = '20s', more = '', args = [] as readonly string[] } = {},
): Promise<Served> {
  port = await freePort()
  agent = await startSipAgent(options)
  const trigger = triggerUrl === '' ? '' : `, trigger: { url: "${triggerUrl}" }`
  place.write(
    'suite.yaml',
    `version: 1
suite: { name: Telephone }
# A machine that is too slow for a call tries it again.
retries: { infra_error: 8 }
recordings: none
models:
  tts: { engine: command, command: ${engine('speak')} }
  stt: { engine: command, command: ${engine('hear')} }
telephony:
  trunks:
    main: { registrar: "sip:127.0.0.1:${agent.port}", numbers: ["${ours.join('", "')}"],${more}
            listen: { address: 127.0.0.1, port: ${port}, from: ["127.0.0.1"] } }
agents:
  clinic: { id: 1, contact_number: "+15555550100", connection: { type: sip, trunk: main } }
  dials: { id: 2, inbound: false, contact_number: "+15555550100", connection: { type: sip, trunk: main, ring: ${ring}${trigger} } }
scenarios:
  cancel:
    id: 1
    name: Cancel
    script:
      first_message: ""
      steps:
        - { when: { contains: help }, say: cancel. }
        - { when: { contains: your name }, say: "bye. <endcall/>" }
    expect: [{ agent_says: { contains: your name } }]
runs: [{ agent: clinic }, { agent: dials }]
`,
  )
  return serve(place, args, { CALLSHEET_CACHE: join(place.path, 'cache') })
}

async function read<Answer>(url: string): Promise<Answer> {
  return (await (await fetch(url)).json()) as Answer
}

async function start(server: Served, body: object): Promise<StartedResult> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${server.url}/scenarios/run_scenarios/`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (answer.status !== 201) throw new Error(await answer.text())
  return (await answer.json()) as StartedResult
}

/** The run that an agent is told to call, whichever attempt. */
async function runOf(server: Served, { run_id: id }: Told): Promise<Run> {
  return (await (await fetch(`${server.url}/runs/${id.replace(/-.*/, '')}/`)).json()) as Run
}

async function runsOf(server: Served, { id }: StartedResult): Promise<Run[]> {
  await server.finished(id)
  return ((await (await fetch(`${server.url}/runs/?result_id=${id}`)).json()) as { results: Run[] }).results.toSorted((a, b) => a.id - b.id)
}

/** Whoever is called answers, and greets. */
const greets: SipAgentOptions = {
  onCall: (incoming, { take }) => void take(incoming).then(media => talkOn(media, () => undefined, greeting)),
}

/** Whoever is called answers, and talks. */
const talks = (calls: IncomingCall[]): SipAgentOptions => ({
  onCall(incoming, { take }) {
    calls.push(incoming)
    void take(incoming).then(media => talkOn(media, clinicAnswer, greeting))
  },
})

// Calls take the time that they take.
describe('a server whose agents have telephone numbers', { timeout: 180_000 }, () => {
  test('places the calls of the first example from two numbers, and answers in its shape', async () => {
    const calls: IncomingCall[] = []
    const server = await served(talks(calls))
    const started = await start(server, {
      agent_id: 1,
      scenarios: [1],
      frequency: 2,
      name: 'Nightly',
      mode: 'different_numbers',
      outbound_phone_number: '+1 (555) 555-0199',
    })
    expect(started).toEqual({
      id: expect.any(Number) as number,
      name: 'Nightly',
      agent: 1,
      status: 'pending',
      success_rate: 0,
      run_as_text: false,
      runs: ours.map(startedFrom),
      created_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    })
    const runs = await runsOf(server, started)
    expect(runs.map(({ status, success, outbound_number: to, inbound_number: from }) => [status, success, to, from])).toEqual(
      ours.map(number => ['completed', true, '+15555550199', number]),
    )
    expect(runs.map(({ metadata }) => metadata['ended_reason'])).toEqual(['Testing agent-ended-call', 'Testing agent-ended-call'])
    // What was answered is what was dialled: each run from its own number.
    for (const { id, inbound_number: number } of runs) {
      const own = calls.filter(({ headers }) => headers.get('X-Run-Id') === String(id))
      expect(own.length).toBeGreaterThan(0)
      for (const { to, from } of own) expect([from.user, to.user]).toEqual([number, '+15555550199'])
    }
    expect(await (await fetch(`${server.url}/results/${started.id}/`)).json()).toMatchObject({ status: 'completed', success_rate: 100 })
  })

  test('that is stopped lets calls go on as long as --drain says, and then hangs up', async () => {
    const server = await served(greets, { args: ['--drain', '2s'] })
    await start(server, { agent_id: 1, scenarios: [1] })
    await until('the agent is called', () => agent?.underWay() === 1)
    server.running.signal('SIGTERM')
    const { exit, stderr } = await server.running.ended
    expect([exit, stderr.includes('Finishing the conversations in progress, within 2.0 s.')]).toEqual([0, true])
    expect(agent?.calls.map(({ end }) => [end?.by, end?.cause])).toEqual([['them', 'hung_up']])
  })

  test('says which number an agent is to call that calls, and is called there by the number of the request', async () => {
    const from: string[] = []
    const windows: Run[] = []
    await using webhook = await webhookFor(async told => {
      from.push(`${told.from_number} to ${told.to_number}`)
      windows.push(await runOf(server, told))
      await dial(told)
    })
    const server = await served({}, { triggerUrl: webhook.url })
    const started = await start(server, {
      agent_id: 2,
      scenarios: 'all',
      frequency: 2,
      mode: 'different_numbers',
      agent_number: '+15555550177',
    })
    expect(started.runs.map(({ number, inbound_number: inbound }) => [number, inbound])).toEqual(ours.map(number => [number, null]))
    expect(started.runs[0]).toMatchObject({ outbound_dial_window_opens_at: null, outbound_dial_window_seconds: 20 })
    const runs = await runsOf(server, started)
    expect(runs.map(({ status, success, outbound_number: to }) => [status, success, to])).toEqual(
      ours.map(number => ['completed', true, number]),
    )
    // An agent that is told to call finds the window open, and a run that is over keeps it.
    for (const run of [...windows, ...runs]) {
      const { outbound_dial_window_opens_at: opens, outbound_dial_window_closes_at: closes } = run
      expect(opens).toMatch(/^\d{4}-.*Z$/)
      expect(Date.parse(opens!)).toBeGreaterThanOrEqual(Date.parse(started.created_at))
      expect(Date.parse(closes!) - Date.parse(opens!)).toBe(20_000)
    }
    expect([...new Set(from)].toSorted()).toEqual(ours.map(number => `+15555550177 to ${number}`))
  })

  test('says what runs wait for, to whoever asks and to those who come late', async () => {
    const ringing: IncomingCall[] = []
    const onCall = (incoming: IncomingCall): void => {
      incoming.ring()
      ringing.push(incoming)
    }
    const server = await served({ onCall }, { more: ' lines: 1, ' })
    const started = await start(server, { agent_id: 1, scenarios: [1], frequency: 3 })
    const path = `${server.url}/results/${started.id}/`
    await until('two runs wait', async () => ((await read<Result>(path)).waiting_for[0]?.count ?? 0) === 2)
    const answer = await fetch(path)
    const { waiting_for: waitingFor } = (await answer.json()) as Result
    const { results: runs } = await read<{ results: Run[] }>(`${server.url}/runs/?result_id=${started.id}`)
    const waiting = runs.filter(run => run.waiting_for !== null)
    expect(waiting.map(run => run.waiting_for)).toEqual(Array(2).fill('a line of the trunk "main"'))
    expect(waitingFor).toEqual([
      { what: 'a line of the trunk "main"', count: 2, runs: waiting.map(({ id }) => id).toSorted((a, b) => a - b) },
    ])
    expect(await (await fetch(`${server.url.replace('/test_framework/v1', '')}/ui/results/${started.id}`)).text()).toContain(
      'waits for a line of its trunk',
    )
    // Nobody watched when they began to wait. The progress is told every ten seconds where it is not a terminal's.
    const watching = place.start(['watch', path])
    await until('the watch tells', () => watching.stderr().includes('3 in flight, 2 waiting for a line'))
    // Their turn comes, and what is known of it is news.
    while ((await read<Result>(path)).status !== 'failed') {
      for (const incoming of ringing.splice(0)) incoming.refuse(486)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    const unchanged = { headers: { 'if-none-match': answer.headers.get('etag')! } }
    expect(await (await fetch(path, unchanged)).json()).toMatchObject({ waiting_for: [] })
    await watching.ended
  })

  test('refuses a number that is not its own, and warns of what has no effect', async () => {
    const server = await served({ onCall: call => call.refuse(486) })
    const body = { agent_id: 2, scenarios: [1], outbound_phone_number: '+15555550999' }
    const headers = { 'content-type': 'application/json' }
    const refused = await fetch(`${server.url}/scenarios/run_scenarios/`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect([refused.status, await refused.json()]).toEqual([
      400,
      {
        outbound_phone_number: [
          '"dials" is to call +15555550999, but the trunk does not have that number. Known numbers: +15555550111, +15555550112.',
        ],
      },
    ])
    const started = await start(server, { agent_id: 1, scenarios: [1], agent_number: '+15555550122' })
    expect((started as { warnings?: object }).warnings).toEqual({
      agent_number: [expect.stringContaining('agent_number has no effect for "clinic"')],
    })
  })

  test('tells by its name why an agent took no call, or made none', async () => {
    const server = await served({ onCall: call => call.refuse(486) }, { ring: '2s' })
    const [busy] = await runsOf(server, await start(server, { agent_id: 1, scenarios: [1] }))
    expect(busy).toMatchObject({ status: 'failed', success: false, error_message: expect.stringContaining('is busy') as string })
    expect(busy!.metadata).toMatchObject({
      ended_reason: 'Main agent-call-not-connected',
      callsheet: { fault: { code: 'busy', by: 'agent' } },
    })
    const [late] = await runsOf(server, await start(server, { agent_id: 2, scenarios: [1] }))
    expect(late).toMatchObject({ status: 'timeout', success: false })
    expect(late!.metadata).toMatchObject({
      ended_reason: 'Main agent-call-not-connected',
      callsheet: { fault: { code: 'not_called', by: 'agent' } },
    })
  })
})

/** A run that has just been started, and calls an agent. */
const startedFrom = (inbound: string) => ({
  id: expect.any(Number) as number,
  status: 'pending',
  scenario: 1,
  scenario_name: 'Cancel',
  number: null,
  inbound_number: inbound,
  test_profile_data: null,
  outbound_dial_window_opens_at: null,
  outbound_dial_window_seconds: null,
  outbound_dial_window_closes_at: null,
})

interface Told {
  readonly run_id: string
  readonly from_number: string
  readonly to_number: string
}

async function dial({ from_number: from, to_number: to }: Told): Promise<void> {
  const media = await agent!.media()
  const call = agent!.userAgent.place({
    to: uriOf(`sip:${to}@127.0.0.1:${port}`),
    from: uriOf(`sip:${from}@127.0.0.1`),
    media,
    ringMs: 10_000,
  })
  media.call = call
  if (await call.answered) talkOn(media, clinicAnswer, greeting)
}

/** What tells an agent to call. */
async function webhookFor(told: (told: Told) => Promise<void>): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request: IncomingMessage, response) => {
    void request.toArray().then(async chunks => told(JSON.parse(Buffer.concat(chunks).toString()) as Told))
    request.once('end', () => response.end())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/call`, [Symbol.asyncDispose]: async () => void server.close() }
}
