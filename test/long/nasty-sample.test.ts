import { expect, test } from 'vitest'
import { createApiClient, ApiFailure } from '../../src/adapters/clients/api-client.js'
import { httpBehaviours } from '../agents/nasty/http-behaviours.js'
import { nastyAgents, runNasty, startServer } from '../support/nasty.js'

/** One in so many of the nasty agents; test/long/nasty.test.ts runs them all. */
const sampled = 14

test('a sample of nasty agents: each has its right outcome', async () => {
  const agents = nastyAgents().filter(({ key }, i) => i % sampled === 0 && key !== 'websocket-handshake-silent')
  const { exit, outcomes } = await runNasty(agents, 20)
  const wrong = agents.filter(({ key, right }) => !right.includes(outcomes.get(key)?.status ?? 'none'))
  expect(wrong.map(({ key, right }) => ({ key, right, was: outcomes.get(key) }))).toEqual([])
  expect([1, 3]).toContain(exit)
})

test('a nasty service gives an answer or a trouble with a sentence, and nothing else', async () => {
  const { child, port } = await startServer('server.js')
  const odd: string[] = []
  const enough = AbortSignal.timeout(8_000)
  const ask = async (name: string): Promise<void> => {
    const { get } = createApiClient(`http://127.0.0.1:${port}/hosted/${name}`, 'key')
    try {
      await get('aiagents/7/', enough)
    } catch (error) {
      const isTrouble = error instanceof ApiFailure && /^.{20,1500}$/s.test(error.message)
      if (!isTrouble && error !== enough.reason) odd.push(`${name}: ${String(error)}`)
    }
  }
  await Promise.all(Object.keys(httpBehaviours).map(ask))
  child.kill('SIGKILL')
  expect(odd).toEqual([])
})
