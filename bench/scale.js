import { startAgent } from './agents.js'
import { isQuick, rounds, runSuite } from './measured.js'
import { median, row, spread, title } from './print.js'
import { loadSuite } from './suites.js'

/** What a run costs in a suite of ten times as many. */
export async function scale() {
  const [few, many] = isQuick ? [1000, 10_000] : [10_000, 100_000]
  title(`CPU and memory by number of runs, over http, 100 at once`)
  const agent = await startAgent('http', 0)
  try {
    const pairs = Array.from({ length: rounds }, () => {
      const [small, large] = [few, many].map(runs => runSuite(loadSuite({ url: agent.url, runs, concurrency: 100, turns: 1 })))
      return { small, large }
    })
    const peaks = (/** @type {'small' | 'large'} */ size) => median(pairs.map(pair => pair[size]?.peakMb ?? NaN)).toFixed(0)
    row('peak memory', `${peaks('small')} MB with ${few} runs, ${peaks('large')} MB with ${many}`)
    row('memory, to that of a tenth', spread(pairs.map(({ small, large }) => (large?.peakMb ?? NaN) / (small?.peakMb ?? NaN))), '<= 1.2')
    row(
      'CPU a run, to that of a tenth',
      spread(pairs.map(({ small, large }) => (large?.cpuMs ?? NaN) / 10 / (small?.cpuMs ?? NaN))),
      '<= 1.15',
    )
  } finally {
    agent.stop()
  }
}
