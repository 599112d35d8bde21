import { startAgent } from './agents.js'
import { isQuick, rounds, runRaw, runSuite } from './measured.js'
import { row, spread, title } from './print.js'
import { loadSuite } from './suites.js'

/** The duration of a suite, beside N / concurrency x latency, and beside a bare loop of the same client. */
export async function makespan() {
  await makespanOver({ kind: 'http', runs: 1000, concurrency: 100, latencyMs: 50, turns: 1, whole: '<= 1.3' })
  await makespanOver({ kind: 'http', runs: isQuick ? 200 : 1000, concurrency: 10, latencyMs: 50, turns: 1, whole: '<= 1.1' })
  await makespanOver({ kind: 'websocket', runs: 1000, concurrency: 500, latencyMs: 50, turns: 5, toLoop: '<= 1.4' })
}

/**
 * @param {{ kind: 'http' | 'websocket', runs: number, concurrency: number, latencyMs: number, turns: number, whole?: string, toLoop?: string }} shape
 * `whole` and `toLoop`: what is wanted.
 */
async function makespanOver({ kind, runs, concurrency, latencyMs, turns, whole = '', toLoop = '' }) {
  const idealMs = (runs / concurrency) * latencyMs * turns
  title(
    `${runs} runs of ${turns} turn${turns > 1 ? 's' : ''} over ${kind}, ${concurrency} at once, agent takes ${latencyMs} ms: ideal ${idealMs} ms`,
  )
  const agent = await startAgent(kind, latencyMs)
  const { url } = agent
  try {
    const pairs = Array.from({ length: rounds }, () => ({
      raw: runRaw({ kind, url, runs, concurrency, turns }),
      ours: runSuite(loadSuite({ url, runs, concurrency, turns })),
    }))
    row('bare loop, start-up included', spread(pairs.map(({ raw }) => raw.wallMs / idealMs)))
    row('start-up and reports included', spread(pairs.map(({ ours }) => ours.wallMs / idealMs)), whole)
    row('from the first call to the last', spread(pairs.map(({ ours }) => ours.callsMs / idealMs)))
    row("to the bare loop's first to last", spread(pairs.map(({ ours, raw }) => ours.callsMs / raw.loopMs)), toLoop)
    row('runs lost', String(runs - Math.min(...pairs.map(({ ours }) => ours.passed))), '0')
  } finally {
    agent.stop()
  }
}
