// node bench/polling.js: measures what many polling clients cost the conversations.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { startAgent } from './agents.js'
import { binary, startCallsheet } from './long-lived.js'
import { row, title } from './print.js'
import { loadSuite } from './suites.js'

const [atOnce, turns, latencyMs, clients, everyMs, rounds] = [500, 5, 400, 200, 1000, 3]
const idealMs = turns * latencyMs
const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
const agent = await startAgent('websocket', latencyMs)
writeFileSync(join(folder, 'suite.yaml'), loadSuite({ url: agent.url, runs: atOnce, concurrency: atOnce, turns }))
const server = await startCallsheet(['serve', 'suite.yaml', '--port', '0'], folder)
const url = `${/http:\S+/.exec(server.said)?.[0]}/test_framework/v1`
try {
  title(
    `${clients} clients, each polling once in ${everyMs / 1000} s, during ${atOnce} conversations at once of ${turns} turns of ${latencyMs} ms: ideal ${idealMs} ms`,
  )
  const alone = await runResult(0)
  const polled = []
  for (let round = 0; round < rounds; round += 1) polled.push(await runResult(clients))
  const answers = polled.flatMap(each => each.answersMs).toSorted((a, b) => a - b)
  row('longest run with no client, to ideal', (Math.max(...alone.runsMs) / idealMs).toFixed(2))
  row('longest run with clients, to ideal', (Math.max(...polled.flatMap(({ runsMs }) => runsMs)) / idealMs).toFixed(2), '<= 2')
  row('runs lost', String(atOnce * rounds - polled.flatMap(({ runsMs }) => runsMs).length), '0')
  row(
    'answers to clients',
    `${answers.length}, ${answers[Math.floor(answers.length / 2)]?.toFixed(0)} ms half of them, ${answers[Math.floor(answers.length * 0.99)]?.toFixed(0)} ms 99 %`,
  )
} finally {
  agent.stop()
  await server.stop()
  rmSync(folder, { recursive: true })
}

/**
 * Runs one result while clients poll it.
 *
 * @param {number} pollers  @returns {Promise<{ runsMs: number[], answersMs: number[] }>}
 */
async function runResult(pollers) {
  const started = await ask('POST', 'scenarios/run_scenarios/', { agent_id: 1, scenarios: 'all', frequency: atOnce })
  let isOver = false
  /** @type {number[]} */
  const answersMs = []
  const poll = async (/** @type {number} */ client) => {
    // Clients start at different times.
    await wait((client / pollers) * everyMs)
    while (!isOver) {
      const askedAt = performance.now()
      await (await fetch(`${url}/results/${started.id}/`, { headers: { 'accept-encoding': 'identity' } })).arrayBuffer()
      answersMs.push(performance.now() - askedAt)
      await wait(everyMs)
    }
  }
  const polling = Promise.all(Array.from({ length: pollers }, (_, client) => poll(client)))
  let result = started
  while (['pending', 'running'].includes(result.status)) {
    await wait(200)
    result = await ask('GET', `results/${started.id}/`)
  }
  isOver = true
  await polling
  return { runsMs: await durationsOf(started.id), answersMs }
}

/** The duration of each passed run, in milliseconds. @param {number} id @returns {Promise<number[]>} */
async function durationsOf(id) {
  const { stdout } = await promisify(execFile)(process.execPath, [binary, 'report', String(id), '--reporter', 'json'], {
    cwd: folder,
    maxBuffer: 1 << 28,
  })
  const { runs } = JSON.parse(stdout)
  return runs.filter((/** @type {any} */ { status }) => status === 'passed').map((/** @type {any} */ { durationMs }) => durationMs)
}

/** @param {'GET' | 'POST'} method @param {string} path @param {object} [body] @returns {Promise<any>} */
async function ask(method, path, body) {
  const sent = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch(`${url}/${path}`, { method, ...sent })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
