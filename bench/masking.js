import { startAgent } from './agents.js'
import { isQuick, rounds, runSuite } from './measured.js'
import { row, spread, title } from './print.js'
import { loadSuite } from './suites.js'

/**
 * What it costs to look for secrets in everything and to compare texts as a reader would, in turn with a suite that has nothing to
 * mask and compares no text.
 */
export async function masking() {
  const runs = isQuick ? 2000 : 10_000
  title(`${runs} runs over http, 100 at once, with 20 secrets to mask and a text to compare, beside none`)
  const agent = await startAgent('http', 0)
  const secrets = Array.from({ length: 20 }, (_, i) => `BENCH_KEY_${i}`)
  for (const [i, name] of secrets.entries()) process.env[name] = `sk-bench-${i}-0123456789abcdefghij`
  const shape = { url: agent.url, runs, concurrency: 100, turns: 1 }
  try {
    const ratios = Array.from({ length: rounds }, () => {
      const without = runSuite(loadSuite({ ...shape, comparesText: false }))
      return runSuite(loadSuite({ ...shape, secrets })).cpuMs / without.cpuMs
    })
    row('CPU a run, to that without', spread(ratios, 3), '<= 1.05')
  } finally {
    agent.stop()
  }
}
