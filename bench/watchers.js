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

if (!process.argv.includes('finished')) await measureLive()
await measureFinished()

async function measureLive() {
  const [watchers, atOnce, turns, latencyMs, measuredMs] = [8000, 20, 5, 1000, 15_000]
  await serving({ runs: 2000, atOnce, turns, latencyMs }, async place => {
    title(`${watchers} clients watch a result of 2000 runs, ${atOnce} at once, of ${turns} turns of ${latencyMs} ms`)
    const { id } = await place.start()
    const clients = watch(place.eventsOf(id), watchers)
    const watching = await clients.areSeated
    const answersMs = await place.askReady(async () => wait(measuredMs))
    row('clients that watch', String(watching.seated), String(watchers))
    row('connections lost', String(watching.lost), '0')
    row('events received', String(await clients.stop()))
    showAnswers(answersMs)
  })
}

/** Each client gets the whole result, as fast as it can take it. */
async function measureFinished() {
  const [watchers, runs] = [500, 1000]
  await serving({ runs, atOnce: 50, turns: 5, latencyMs: 0 }, async place => {
    title(`${watchers} clients watch a finished result of ${runs} runs`)
    const { id } = await place.start()
    while (!(await place.isOver(id))) await wait(200)
    const fromMs = performance.now()
    const clients = watch(place.eventsOf(id), watchers)
    const answersMs = await place.askReady(() => clients.areServed)
    row('until all of them have all of it', `${((performance.now() - fromMs) / 1000).toFixed(1)} s`)
    row('events received', String(await clients.stop()))
    showAnswers(answersMs)
  })
}

/** @param {number[]} answersMs */
function showAnswers(answersMs) {
  answersMs.sort((a, b) => a - b)
  row('answers of /readyz', String(answersMs.length))
  row('half of them, 99 %', [0.5, 0.99].map(part => `${answersMs[Math.floor(answersMs.length * part)]?.toFixed(0)} ms`).join(', '))
  row('the slowest', `${answersMs.at(-1)?.toFixed(0)} ms`, '<= 100 ms')
}

/**
 * Uses a server with one suite, and its agent.
 *
 * @param {Parameters<typeof serve>[0]} load
 * @param {(place: Awaited<ReturnType<typeof serve>>) => Promise<void>} use
 */
async function serving(load, use) {
  const place = await serve(load)
  try {
    await use(place)
  } finally {
    await place.close()
  }
}

/** @param {{ runs: number, atOnce: number, turns: number, latencyMs: number }} load */
async function serve({ runs, atOnce, turns, latencyMs }) {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
  const agent = await startAgent('websocket', latencyMs)
  writeFileSync(join(folder, 'suite.yaml'), loadSuite({ url: agent.url, runs, concurrency: atOnce, turns }))
  const server = await startCallsheet(['serve', 'suite.yaml', '--port', '0'], folder)
  const url = new URL(/http:\S+/.exec(server.said)?.[0] ?? '')
  const at = (/** @type {string} */ path) => new URL(`/test_framework/v1/${path}`, url)
  return {
    eventsOf: (/** @type {number} */ id) => at(`results/${id}/events`).href,
    /** @returns {Promise<any>} The result. */
    async start() {
      const sent = request(at('scenarios/run_scenarios/'), { method: 'POST', headers: { 'content-type': 'application/json' } })
      sent.end(JSON.stringify({ agent_id: 1, scenarios: 'all', frequency: runs }))
      const [answer] = await once(sent, 'response')
      return json(answer)
    },
    async isOver(/** @type {number} */ id) {
      const [answer] = await once(get(at(`results/${id}/`)), 'response')
      const { status } = /** @type {any} */ (await json(answer))
      return status !== 'running' && status !== 'pending'
    },
    /**
     * Asks again and again until something is over.
     *
     * @param {() => Promise<unknown>} until
     */
    async askReady(until) {
      /** @type {number[]} */
      const answersMs = []
      let isOver = false
      void until().finally(() => (isOver = true))
      for (; !isOver; await wait(20)) answersMs.push(await askOnce(new URL('/readyz', url)))
      return answersMs
    },
    async close() {
      agent.stop()
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/**
 * Clients in a process of their own, so that it is not their time that is measured.
 *
 * @param {string} url
 * @param {number} watchers
 */
function watch(url, watchers) {
  const clients = fork(fileURLToPath(new URL('watching-clients.js', import.meta.url)), { stdio: 'inherit' })
  const told = (/** @type {string} */ key) =>
    new Promise(resolve => clients.on('message', message => key in /** @type {object} */ (message) && resolve(message)))
  const [areSeated, areServed] = [told('seated'), told('served')]
  clients.send({ url, watchers })
  return {
    /** @type {Promise<any>} */
    areSeated,
    areServed,
    /** @returns {Promise<number>} The events that they received since all were seated. */
    async stop() {
      const stopped = told('events')
      clients.send('stop')
      const { events } = /** @type {any} */ (await stopped)
      clients.kill()
      return events
    },
  }
}

/**
 * @param {URL} url
 * @returns {Promise<number>} Milliseconds.
 */
async function askOnce(url) {
  const askedMs = performance.now()
  const [answer] = await once(get(url, { agent: false }), 'response')
  answer.resume()
  await once(answer, 'end')
  return performance.now() - askedMs
}
