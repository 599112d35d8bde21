// node bench/stored-runs.js [-- quick]: measures a server's memory and answer times by the number of stored runs.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startAgent } from './agents.js'
import { startCallsheet } from './long-lived.js'
import { median, row, title } from './print.js'
import { loadSuite } from './suites.js'

const [few, many] = [500, process.argv.includes('quick') ? 5000 : 50_000]
const runsOfResult = 500
const [readers, reads] = [20, 2000]
const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
const agent = await startAgent('http', 0)
writeFileSync(join(folder, 'suite.yaml'), loadSuite({ url: agent.url, runs: runsOfResult, concurrency: 100, turns: 1 }))
try {
  title(`a server under ${reads} reads, by the number of runs that it has stored`)
  const [small, large] = [await measure(few), await measure(many)]
  for (const { runs, peakMb, answerMs } of [small, large])
    row(`${runs} runs`, `${peakMb.toFixed(0)} MB, ${answerMs.toFixed(1)} ms an answer`)
  row('peak memory, many runs to few', (large.peakMb / small.peakMb).toFixed(2), '<= 1.2')
  row('time of an answer, many runs to few', (large.answerMs / small.answerMs).toFixed(2))
} finally {
  agent.stop()
  rmSync(folder, { recursive: true })
}

/** Reads all over the stored runs, after a fresh start. @param {number} runs */
async function measure(runs) {
  const data = `data-${runs}`
  await store(runs, data)
  const usage = join(folder, 'usage.json')
  Object.assign(process.env, { BENCH_USAGE: usage, NODE_OPTIONS: `--import ${fileURLToPath(new URL('measure.js', import.meta.url))}` })
  const { server, url } = await serve(data)
  delete process.env['BENCH_USAGE']
  delete process.env['NODE_OPTIONS']
  /** @type {number[]} */
  const answersMs = []
  const read = async (/** @type {number} */ reader) => {
    for (let i = reader; i < reads; i += readers) {
      const askedAt = performance.now()
      await ask(`${url}/${pathOf(i, runs)}`)
      answersMs.push(performance.now() - askedAt)
    }
  }
  await Promise.all(Array.from({ length: readers }, (_, reader) => read(reader)))
  await server.stop()
  return { runs, peakMb: JSON.parse(readFileSync(usage, 'utf8')).peakMb, answerMs: median(answersMs) }
}

/** The path of the i-th read: each one differs, spread over everything stored. @param {number} i @param {number} runs */
function pathOf(i, runs) {
  const [result, run] = [1 + (i % (runs / runsOfResult)), 1 + ((i * 7919) % runs)]
  return [`results/${result}/`, `runs/${run}/`, `runs/?result_id=${result}&page_size=50`, 'results/?page_size=20'][i % 4] ?? ''
}

/** Lets a server run and store that many runs, in results of equal size. @param {number} runs @param {string} data */
async function store(runs, data) {
  const { server, url } = await serve(data)
  const body = JSON.stringify({ agent_id: 1, scenarios: 'all', frequency: runsOfResult })
  for (let left = runs; left > 0; left -= runsOfResult) {
    const { id } = await ask(`${url}/scenarios/run_scenarios/`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    let result = await ask(`${url}/results/${id}/`)
    for (; ['pending', 'running'].includes(result.status); result = await ask(`${url}/results/${id}/`)) await wait(20)
    if (result.success_runs_count !== runsOfResult)
      throw new Error(`Result ${id}: ${result.success_runs_count} of ${runsOfResult} runs passed.`)
  }
  await server.stop()
}

/** @param {string} data */
async function serve(data) {
  const server = await startCallsheet(['serve', 'suite.yaml', '--port', '0', '--data', data], folder)
  return { server, url: `${/http:\S+/.exec(server.said)?.[0]}/test_framework/v1` }
}

/** @param {string} url @param {RequestInit} [how] @returns {Promise<any>} */
async function ask(url, how) {
  const answer = await fetch(url, how)
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
