// node bench/watchers.js: measures how soon a server answers while thousands of clients watch a result.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startAgent } from './agents.js'
import { startCallsheet } from './long-lived.js'
import { row, title } from './print.js'
import { loadSuite } from './suites.js'

const [watchers, atOnce, turns, latencyMs, measuredMs, everyMs] = [8000, 20, 5, 1000, 15_000, 20]
const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
const agent = await startAgent('websocket', latencyMs)
writeFileSync(join(folder, 'suite.yaml'), loadSuite({ url: agent.url, runs: 2000, concurrency: atOnce, turns }))
const server = await startCallsheet(['serve', 'suite.yaml', '--port', '0'], folder)
const url = new URL(/http:\S+/.exec(server.said)?.[0] ?? '')
// The watchers have a process of their own, so that it is not their time that is measured.
const clients = fork(fileURLToPath(new URL('watching-clients.js', import.meta.url)), { stdio: 'inherit' })
try {
  title(`${watchers} clients watch a result of 2000 runs, ${atOnce} at once, of ${turns} turns of ${latencyMs} ms`)
  const { id } = await start()
  clients.send({ url: `${url.origin}/test_framework/v1/results/${id}/events`, watchers })
  const [watching] = await once(clients, 'message')
  /** @type {number[]} */
  const answersMs = []
  for (const until = performance.now() + measuredMs; performance.now() < until; await wait(everyMs)) answersMs.push(await askReady())
  clients.send('stop')
  const [told] = await once(clients, 'message')
  answersMs.sort((a, b) => a - b)
  row('clients that watch', String(watching.seated), String(watchers))
  row('connections lost', String(watching.lost), '0')
  row('events received', String(told.events))
  row('answers of /readyz', String(answersMs.length))
  row('half of them, 99 %', [0.5, 0.99].map(part => `${answersMs[Math.floor(answersMs.length * part)]?.toFixed(0)} ms`).join(', '))
  row('the slowest', `${answersMs.at(-1)?.toFixed(0)} ms`, '<= 100 ms')
} finally {
  clients.kill()
  agent.stop()
  await server.stop()
  rmSync(folder, { recursive: true })
}

/** @returns {Promise<any>} The result. */
async function start() {
  const sent = request(new URL('/test_framework/v1/scenarios/run_scenarios/', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  })
  sent.end(JSON.stringify({ agent_id: 1, scenarios: 'all', frequency: 2000 }))
  const [answer] = await once(sent, 'response')
  return json(answer)
}

/** @returns {Promise<number>} Milliseconds. */
async function askReady() {
  const askedMs = performance.now()
  const [answer] = await once(get(new URL('/readyz', url), { agent: false }), 'response')
  answer.resume()
  await once(answer, 'end')
  return performance.now() - askedMs
}
