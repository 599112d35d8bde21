import { startAgent } from './agents.js'
import { isQuick, rounds, runRaw, runSuite } from './measured.js'
import { median, row, spread, title } from './print.js'
import { loadSuite } from './suites.js'

/** How many turns a second, and what they cost, with an agent that answers at once, in turn with a bare loop of the same client. */
export async function throughput() {
  await throughputOver({ kind: 'http', turns: 1, runs: isQuick ? 2000 : 10_000, concurrency: 100 })
  await throughputOver({ kind: 'websocket', turns: 5, runs: isQuick ? 200 : 2000, concurrency: 100 })
}

/** @param {{ kind: 'http' | 'websocket', turns: number, runs: number, concurrency: number }} shape */
async function throughputOver({ kind, turns, runs, concurrency }) {
  title(`${runs} runs of ${turns} turn${turns > 1 ? 's' : ''} over ${kind}, ${concurrency} at once, agent answers at once`)
  const agent = await startAgent(kind, 0)
  const { url } = agent
  const wanted = (/** @type {string} */ bar) => (kind === 'http' ? bar : '')
  try {
    const pairs = Array.from({ length: rounds }, () => ({
      raw: runRaw({ kind, url, runs, concurrency, turns }),
      ours: runSuite(loadSuite({ url, runs, concurrency, turns })),
    }))
    const perSecond = (/** @type {{ wallMs: number }} */ { wallMs }) => (runs * turns) / (wallMs / 1000)
    const [ours, raw] = [pairs.map(pair => perSecond(pair.ours)), pairs.map(pair => perSecond(pair.raw))]
    row('turns a second, all included', `${median(ours).toFixed(0)} (bare loop ${median(raw).toFixed(0)})`)
    row('share of the bare loop', spread(pairs.map(pair => perSecond(pair.ours) / perSecond(pair.raw))), wanted('>= 0.5'))
    row(
      'CPU a run',
      `${(median(pairs.map(pair => pair.ours.cpuMs)) / runs).toFixed(3)} ms (bare loop ${(median(pairs.map(pair => pair.raw.cpuMs)) / runs).toFixed(3)} ms)`,
    )
    row('CPU a run to bare loop', spread(pairs.map(pair => pair.ours.cpuMs / pair.raw.cpuMs)), wanted('<= 2.3'))
    row(
      'peak memory',
      `${spread(
        pairs.map(pair => pair.ours.peakMb),
        0,
      )} MB (bare loop ${median(pairs.map(pair => pair.raw.peakMb)).toFixed(0)} MB)`,
      wanted('<= 130 MB'),
    )
  } finally {
    agent.stop()
  }
}
