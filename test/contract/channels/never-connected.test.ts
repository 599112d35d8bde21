import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { httpChannel } from '../../../src/adapters/channels/http.js'
import { openaiChannel } from '../../../src/adapters/channels/openai.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { Agent, Scenario } from '../../../src/domain/document.js'
import type { Outcome } from '../../../src/domain/outcome.js'
import { agent, document, entry, scenario } from '../../support/build.js'
import { conductPlan } from '../../support/run-plan.js'

/** A server that takes connections and says nothing, neither TLS nor HTTP. */
let server: Server
let host: string
const sockets = new Set<Socket>()

beforeAll(async () => {
  server = createServer(socket => void sockets.add(socket.on('error', () => {})))
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  for (const socket of sockets) socket.destroy()
  server.close()
})

type Kind = 'http' | 'openai'
const channels = { http: httpChannel, openai: openaiChannel }
const connectionOf = (kind: Kind, tls: 's' | '') =>
  ({
    http: { type: 'http', url: `http${tls}://${host}/` },
    openai: { type: 'openai', baseUrl: `http${tls}://${host}/v1`, model: 'm' },
  })[kind] as Agent['connection']

async function outcomeOf(kind: Kind, tls: 's' | '', silenceMs: number, more: Partial<Scenario> = {}): Promise<Outcome> {
  const of = agent({ connection: connectionOf(kind, tls), silenceMs })
  await using channel = await channels[kind](of, { clock: systemClock, concurrency: 1 })
  const suite = document({
    scenarios: [scenario({}, more)],
    entries: [entry({ agent: of })],
    retries: { infraError: 0, agentError: 0, failed: 0 },
  })
  const { ended } = await conductPlan(suite, systemClock, channel)
  return ended[0]!.outcome
}

describe.each(['http', 'openai'] as const)('over %s', kind => {
  test('an agent to which no connection is made is not to blame, however short its timeout', async () => {
    expect(await outcomeOf(kind, 's', 300)).toMatchObject({ status: 'infra_error', fault: { code: 'connect_timeout' } })
  })

  test('nor is it if the call is over before its timeout', async () => {
    expect(await outcomeOf(kind, 's', 30_000, { maxDurationMs: 300 })).toMatchObject({
      status: 'infra_error',
      fault: { code: 'connect_timeout' },
    })
  })

  test('an agent that is connected and says nothing is silent', async () => {
    expect(await outcomeOf(kind, '', 300)).toMatchObject({ status: 'agent_error', fault: { code: 'silence' } })
  })
})
