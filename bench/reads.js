// node bench/reads.js [quick]: measures how many reads per second `callsheet serve` answers, beside an empty route of the same
// framework, and beside a route that has the same bytes ready.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { answersPerSecond } from './counting-client.js'
import { median, row, spread, title } from './print.js'

/** Rounds of one second each. */
const rounds = process.argv.includes('quick') ? 3 : 7
/** Clients at once. */
const connections = 20

const bench = fileURLToPath(new URL('.', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
writeFileSync(join(folder, 'agent.js'), 'export default async () => ({ content: "That is cancelled.", end: true })\n')
writeFileSync(join(folder, 'suite.yaml'), suite())
const bare = await start([join(bench, 'bare-server.js')], folder)
const ours = await start([join(bench, '../bin/callsheet.js'), 'serve', 'suite.yaml', '--port', '0'], folder)
try {
  title(`reads from callsheet serve, ${connections} clients, embedded database`)
  const one = await finished(ours.url, 1)
  const thousand = await finished(ours.url, 1000)
  for (const { what, path, headers = {}, bar = '' } of pathsOf(one, thousand)) {
    const url = `${ours.url}/test_framework/v1/${path}`
    const bytes = await bytesOf(url, headers)
    await fetch(`${bare.url}/same`, { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body: new Uint8Array(bytes) })
    await perSecond(url, headers)
    const taken = []
    for (let round = 0; round < rounds; round += 1) {
      taken.push({
        ours: await perSecond(url, headers),
        empty: await perSecond(`${bare.url}/empty`),
        same: await perSecond(`${bare.url}/same`),
      })
    }
    const toEmpty = median(taken.map(each => each.ours / each.empty)).toFixed(2)
    const toSame = spread(taken.map(each => each.ours / each.same))
    row(
      what,
      `${median(taken.map(each => each.ours)).toFixed(0)} a second: ${toEmpty} of empty, ${toSame} of the same ${(bytes.length / 1024).toFixed(1)} kB`,
      bar,
    )
  }
} finally {
  await bare.stop()
  await ours.stop()
  rmSync(folder, { recursive: true })
}

/**
 * @param {{ id: number, run: number }} one
 * @param {{ id: number }} thousand
 * @returns {{ what: string, path: string, headers?: Record<string, string>, bar?: string }[]}
 */
function pathsOf(one, thousand) {
  return [
    { what: 'result of 1 run', path: `results/${one.id}/` },
    { what: 'result of 1,000 runs', path: `results/${thousand.id}/`, bar: '>= 0.4 of the same' },
    { what: 'result of 1,000 runs, gzip', path: `results/${thousand.id}/`, headers: { 'accept-encoding': 'gzip' } },
    { what: 'a run with its conversation', path: `runs/${one.run}/` },
    { what: 'a page of 20 runs', path: `runs/?result_id=${thousand.id}` },
    { what: 'a page of results', path: 'results/' },
    { what: 'scenarios', path: 'scenarios/' },
  ]
}

/** @param {string} url @param {Record<string, string>} [headers] */
function perSecond(url, headers = {}) {
  return answersPerSecond(url, { headers, connections })
}

/** The body as sent, compressed or not. @param {string} url @param {Record<string, string>} headers @returns {Promise<Buffer>} */
function bytesOf(url, headers) {
  return new Promise((resolve, reject) => {
    get(url, { headers }, answer => {
      /** @type {Buffer[]} */
      const pieces = []
      answer.on('data', piece => pieces.push(piece)).on('end', () => resolve(Buffer.concat(pieces)))
    }).on('error', reject)
  })
}

/** Starts a result and waits for its end. @param {string} url @param {number} frequency */
async function finished(url, frequency) {
  const base = `${url}/test_framework/v1`
  const started = await fetch(`${base}/scenarios/run_scenarios/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agent_id: 1, scenarios: 'all', frequency }),
  })
  const { id, runs } = /** @type {{ id: number, runs: { id: number }[] }} */ (await started.json())
  for (;;) {
    const { status } = /** @type {{ status: string }} */ (await (await fetch(`${base}/results/${id}/`)).json())
    if (status === 'completed') return { id, run: runs[0]?.id ?? 0 }
    await wait(100)
  }
}

/** Starts a server that prints its URL first. @param {string[]} command  Arguments for node. @param {string} cwd */
async function start(command, cwd) {
  const child = spawn(process.execPath, command, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const url = /http:\S+/.exec(String(line))?.[0]
  if (!url) throw new Error(`node ${command.join(' ')} printed no URL: ${line}`)
  return {
    url,
    stop: async () => {
      const gone = once(child, 'close')
      child.kill('SIGTERM')
      await gone
    },
  }
}

function suite() {
  return `version: 1
suite: { name: Bench }
agents: { clinic: { id: 1, connection: { type: module, path: agent.js } } }
scenarios:
  cancels:
    id: 1
    tags: [smoke]
    script: { first_message: Please cancel my appointment. }
    expect: [{ agent_says: { contains: cancelled } }, { ended_by: agent }]
    metrics: [latency_ms, turns]
`
}
