import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { RunEnded } from '../../src/domain/event.js'
import { serve } from '../cli/served-place.js'
import { endsOf, openWorkplace, type Workplace } from '../cli/workplace.js'

// The same suite run here, and by a server of ours that a second process asks over a hosted connection.

const scenarios = `
  buys:
    id: 11
    script: { first_message: Bread., steps: [{ when: { contains: how many }, say: Two. }, { when: any, say: 'Bye. <endcall/>' }] }
    expect: [{ agent_says: { contains: bread } }, { agent_says: { contains: never } }]
    metrics: [talk_ratio]
  leaves: { id: 12, script: { first_message: Leave. }, expect: [{ agent_says: { contains: gone } }] }
  breaks: { id: 13, script: { first_message: Break. }, expect: [{ agent_says: { contains: gone } }] }
  sleeps: { id: 14, script: { first_message: Sleep. }, expect: [{ agent_says: { contains: gone } }] }
  uses: { id: 15, script: { first_message: Use., steps: [{ when: any, say: 'Bye. <endcall/>' }] }, expect: [{ tool_called: { name: book } }] }
  idles: { id: 16, script: { first_message: Bread. }, expect: [{ not: { ended_by: agent } }] }
  goes: { id: 17, script: { first_message: Hi., steps: [{ when: any, say: More. }] }, expect: [{ cut_off: going_away }] }
`
const ids = { buys: 11, leaves: 12, breaks: 13, sleeps: 14, uses: 15, idles: 16 }
const all = { ...ids, goes: 17 }

const agent = `export default async (message, { mockTools }) => {
  if (message === 'Leave.') return { content: 'I am gone.', end: true, metadata: { mood: 'bad' } }
  if (message === 'Break.') throw new Error('It broke.')
  if (message === 'Sleep.') return new Promise(() => {})
  if (message === 'Use.') return 'Booked: ' + await (await fetch(mockTools.url + '/book', { method: 'POST', body: '{"day":"mon"}' })).text()
  await new Promise(resolve => setTimeout(resolve, 30))
  return message === 'Bread.' ? 'Sure, how many?' : 'Here is your bread.'
}
`

/** An agent that answers once, and then goes away. */
const leaving = new WebSocketServer({ port: 0, host: '127.0.0.1' }).on('connection', socket => {
  socket.once('message', () => {
    socket.send(JSON.stringify({ content: 'Hello.' }))
    socket.once('message', () => socket.close(1001))
  })
})

let place: Workplace
let here: ReadonlyMap<string, RunEnded>
let there: ReadonlyMap<string, RunEnded>

beforeAll(async () => {
  place = await openWorkplace()
  place.write('agent.mjs', agent)
  place.write(
    'suite.yaml',
    `version: 1
suite: { name: Shop }
agents:
  shop:
    id: 7
    connection: { type: module, path: agent.mjs, timeout: 3s }
    mock_tools: { book: { cases: [{ input: { day: mon }, output: { ok: true } }] } }
  gone: { id: 8, connection: { type: websocket, url: "ws://127.0.0.1:${(leaving.address() as AddressInfo).port}" } }
scenarios:${scenarios}
runs:
  - { name: Shop, agent: shop, scenarios: [${Object.values(ids).join(', ')}] }
  - { name: Gone, agent: gone, scenarios: [17] }
`,
  )
  await place.run(['run', 'suite.yaml', '--out', 'here'])
  const server = await serve(place)
  place.write(
    'hosted.yaml',
    `version: 1
suite: { name: Shop }
agents:
  shop: { connection: { type: hosted, base_url: "${new URL(server.url).origin}", agent_id: 7 } }
  gone: { connection: { type: hosted, base_url: "${new URL(server.url).origin}", agent_id: 8 } }
runs:
  - { name: Shop, agent: shop, scenarios: [${Object.values(ids).join(', ')}] }
  - { name: Gone, agent: gone, scenarios: [17] }
`,
  )
  place.write(
    'own-checks.yaml',
    `${readFileSync(join(place.path, 'hosted.yaml'), 'utf8').split('runs:')[0]}
scenarios:
  idles: { id: 16, script: { first_message: Hi. }, expect: [{ ended_by: limit }] }
  goes: { id: 17, script: { first_message: Hi. }, expect: [{ not: { cut_off: going_away } }, { ended_by: agent }] }
runs:
  - { name: Shop, agent: shop, scenarios: [16] }
  - { name: Gone, agent: gone, scenarios: [17] }
`,
  )
  const { stderr } = await place.run(['run', 'hosted.yaml', '--out', 'there'])
  here = new Map(endsOf(place.journal('here')).map(end => [/\/(\w+)#/.exec(end.run)?.[1] ?? '', end]))
  there = new Map(endsOf(place.journal('there')).map(end => [/\/(\d+)#/.exec(end.run)?.[1] ?? '', end]))
  if (there.size !== here.size) throw new Error(stderr)
}, 60_000)

afterAll(async () => {
  leaving.close()
  await place[Symbol.asyncDispose]()
})

/** An outcome without what differs from call to call: times, ids of tool calls, the place in the file, the run at the service. */
function lastingOf({ outcome }: RunEnded): unknown {
  return JSON.parse(
    JSON.stringify(outcome, (key, value: unknown) => (['startS', 'endS', 'atS', 'id', 'line', 'hosted'].includes(key) ? undefined : value)),
  )
}

test.each(Object.entries(all))('%s comes to the same: moments, causes, verdict, fault and end', (key, id) => {
  const [own, hosted] = [here.get(key)!, there.get(String(id))!]
  expect(lastingOf(hosted)).toEqual(lastingOf(own))
})

test('who ended a call that was cut off, or fell silent, is checked here as there', async () => {
  await place.run(['run', 'own-checks.yaml', '--out', 'own-checks'])
  const [idles, goes] = endsOf(place.journal('own-checks')).toSorted((a, b) => a.index - b.index)
  expect(idles?.outcome.status).toBe('passed')
  expect(goes?.outcome).toMatchObject({ status: 'failed', transcript: { ending: { by: 'agent', cutOff: 'going_away' } } })
  expect(failedOf(goes!)).toEqual(expect.arrayContaining(['not cut off: going_away', 'ended by agent']))
})

function failedOf({ outcome }: RunEnded): string[] {
  return 'verdict' in outcome ? outcome.verdict.checks.filter(({ holds }) => holds === 'no').map(({ assertion }) => assertion) : []
}

test('a call takes as long as it took there, not whole seconds', () => {
  for (const { outcome, durationMs } of there.values()) {
    if (!('transcript' in outcome)) throw new Error('It was not conducted.')
    const { moments, ending } = outcome.transcript
    expect(ending.atS).toBeGreaterThanOrEqual(moments.at(-1)!.endS)
    expect(durationMs).toBe(Math.round(ending.atS * 1000))
  }
  expect([...there.values()].some(({ durationMs }) => durationMs % 1000 !== 0)).toBe(true)
  expect(there.get('14')?.durationMs).toBeGreaterThanOrEqual(3000)
})

test('no check names a line of a suite that is elsewhere', () => {
  expect(JSON.stringify([...there.values()])).not.toContain('"line"')
})
