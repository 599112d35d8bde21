import { afterAll, beforeAll, expect, test } from 'vitest'
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
`
const ids = { buys: 11, leaves: 12, breaks: 13, sleeps: 14, uses: 15 }

const agent = `export default async (message, { mockTools }) => {
  if (message === 'Leave.') return { content: 'I am gone.', end: true, metadata: { mood: 'bad' } }
  if (message === 'Break.') throw new Error('It broke.')
  if (message === 'Sleep.') return new Promise(() => {})
  if (message === 'Use.') return 'Booked: ' + await (await fetch(mockTools.url + '/book', { method: 'POST', body: '{"day":"mon"}' })).text()
  await new Promise(resolve => setTimeout(resolve, 30))
  return message === 'Bread.' ? 'Sure, how many?' : 'Here is your bread.'
}
`

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
scenarios:${scenarios}`,
  )
  await place.run(['run', 'suite.yaml', '--out', 'here'])
  const server = await serve(place)
  place.write(
    'hosted.yaml',
    `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: hosted, base_url: "${new URL(server.url).origin}", agent_id: 7 } } }
runs: [{ name: All, scenarios: [${Object.values(ids).join(', ')}] }]
`,
  )
  const { stderr } = await place.run(['run', 'hosted.yaml', '--out', 'there'])
  here = new Map(endsOf(place.journal('here')).map(end => [/\/(\w+)#/.exec(end.run)?.[1] ?? '', end]))
  there = new Map(endsOf(place.journal('there')).map(end => [/\/(\d+)#/.exec(end.run)?.[1] ?? '', end]))
  if (there.size !== here.size) throw new Error(stderr)
}, 60_000)

afterAll(async () => {
  await place[Symbol.asyncDispose]()
})

/** An outcome without what differs from call to call: times, ids of tool calls, the place in the file, the run at the service. */
function lastingOf({ outcome }: RunEnded): unknown {
  return JSON.parse(
    JSON.stringify(outcome, (key, value: unknown) => (['startS', 'endS', 'atS', 'id', 'line', 'hosted'].includes(key) ? undefined : value)),
  )
}

test.each(Object.entries(ids))('%s comes to the same: moments, causes, verdict, fault and end', (key, id) => {
  const [own, hosted] = [here.get(key)!, there.get(String(id))!]
  expect(lastingOf(hosted)).toEqual(lastingOf(own))
})

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
