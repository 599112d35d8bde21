import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import type { SuiteEvent } from '../../../src/domain/event.js'
import { listen } from '../../agents/server.js'
import { openApi } from './api.js'

const suite = `version: 1
suite: { name: Shop }
agents: { shop: { id: 12, connection: { type: http, url: "\${SHOP_URL}" } } }
scenarios:
  waits: { script: { first_message: Hi, steps: [{ when: any, say: '<endcall/>' }] }, expect: [{ agent_says: { contains: Good } }] }
limits: { concurrency: 2 }
retries: { infra_error: 0 }
`

function statusesIn(events: readonly SuiteEvent[]): string[] {
  return events.flatMap(event => (event.type === 'run.ended' ? [event.outcome.status] : []))
}

test('a server that drains shows and keeps what ends meanwhile, also after a run that it leaves to the next start', async () => {
  let calls = 0
  // The first conversation tells nothing of the agent, and ends long before the second.
  const answers = createServer((_request, response) => {
    calls += 1
    if (calls === 1) setTimeout(() => response.writeHead(429, { 'retry-after': '9999' }).end('{}'), 300)
    else setTimeout(() => response.end('{"reply":"Good day."}'), 1000)
  })
  const running = await listen(answers, 0)
  try {
    await using api = await openApi({ suite, agent: '', environment: { SHOP_URL: `http://127.0.0.1:${running.port}` } })
    const { body } = await api.post('scenarios/run_scenarios/', { agent_id: 12, scenarios: 'all', frequency: 4 })
    const id = body.id as number
    const shown: SuiteEvent[] = []
    await new Promise<void>(resolve => {
      api.service.live.watch(id, events => {
        shown.push(...events)
        if (shown.filter(({ type }) => type === 'run.started').length === 2) resolve()
      })
    })
    await api.service.conductor.drain(new AbortController().signal)

    expect(calls).toBe(2)
    expect(statusesIn(shown)).toEqual(['passed'])
    const stored = (await api.service.database.events(id, 0, 100)).map(({ event }) => event)
    expect(statusesIn(stored)).toEqual(['passed'])
    expect([...shown, ...stored].map(({ type }) => type)).not.toContain('suite.ended')
    expect(api.service.conductor.isActive(id)).toBe(false)
  } finally {
    await running.close()
  }
})
