// node bench/workers.js: measures the gain from a second worker. Needs redis-server.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAgent } from './agents.js'
import { binary, startCallsheet, startRedis } from './long-lived.js'
import { median, row, title } from './print.js'
import { loadSuite } from './suites.js'

const [runs, each, latencyMs] = [200, 10, 200]
const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
const agent = await startAgent('http', latencyMs)
const redis = await startRedis(folder)
try {
  title(
    `${runs} runs of 1 turn, ${each} at once on each worker, agent takes ${latencyMs} ms: ideal ${idealMs(1)} ms on one, ${idealMs(2)} ms on two`,
  )
  writeFileSync(join(folder, 'suite.yaml'), loadSuite({ url: agent.url, runs, concurrency: 10 * each, turns: 1 }))
  const rounds = []
  for (let round = 0; round < 3; round += 1) rounds.push({ one: await callsMs(1, `one-${round}`), two: await callsMs(2, `two-${round}`) })
  row('one worker, to its ideal', median(rounds.map(({ one }) => one / idealMs(1))).toFixed(2))
  row('two workers, to their ideal', median(rounds.map(({ two }) => two / idealMs(2))).toFixed(2))
  row('two workers to one', median(rounds.map(({ one, two }) => two / one)).toFixed(2), '<= 0.6')
} finally {
  agent.stop()
  await redis.stop()
  rmSync(folder, { recursive: true })
}

/** @param {number} workers */
function idealMs(workers) {
  return (runs / (workers * each)) * latencyMs
}

/** The time from the first call's start to the last call's end. @param {number} count @param {string} out */
async function callsMs(count, out) {
  const worker = () => startCallsheet(['worker', '--queue', redis.url, '--concurrency', String(each)], folder)
  const workers = await Promise.all(Array.from({ length: count }, worker))
  const child = spawn(process.execPath, [binary, 'run', 'suite.yaml', '--queue', redis.url, '--out', out, '--reporter', 'none'], {
    cwd: folder,
    stdio: 'ignore',
  })
  const [code] = await once(child, 'exit')
  await Promise.all(workers.map(({ stop }) => stop()))
  if (code !== 0) throw new Error(`The run ended with ${code}.`)
  let [first, last] = [Infinity, -Infinity]
  for (const [, at = ''] of readFileSync(join(folder, out, 'journal.jsonl'), 'utf8').matchAll(
    /^\{"type":"run\.(?:started|ended)".*?"at":"([^"]+)"/gm,
  )) {
    first = Math.min(first, Date.parse(at))
    last = Math.max(last, Date.parse(at))
  }
  return last - first
}
