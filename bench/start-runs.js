// node bench/start-runs.js [postgres://...]: measures how long `callsheet serve` takes to store 1,000 runs and answer, beside
// one run.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, row, title } from './print.js'

const rounds = 25
const binary = fileURLToPath(new URL('../bin/callsheet.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
const [database] = process.argv.slice(2)

// The agent never connects: only starting is measured.
writeFileSync(join(folder, 'agent.js'), 'export default () => new Promise(() => {})\n')
writeFileSync(
  join(folder, 'suite.yaml'),
  `version: 1
suite: { name: Bench }
agents: { clinic: { id: 1, connection: { type: module, path: agent.js }, limits: { concurrency: 1 } } }
scenarios: { cancels: { id: 1, script: { first_message: Hi }, expect: [{ agent_says: { contains: cancelled } }] } }
`,
)
const server = spawn(process.execPath, [binary, 'serve', 'suite.yaml', '--port', '0', ...(database ? ['--database', database] : [])], {
  cwd: folder,
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [line] = await once(server.stdout, 'data')
const base = `${/http:\S+/.exec(String(line))?.[0]}/test_framework/v1`
try {
  title(`POST run_scenarios/, ${database ? 'PostgreSQL' : 'embedded database'}`)
  await startMs(1000)
  const taken = []
  for (let round = 0; round < rounds; round += 1) taken.push({ one: await startMs(1), thousand: await startMs(1000) })
  const ofOne = median(taken.map(({ one }) => one))
  const ofThousand = median(taken.map(({ thousand }) => thousand))
  row('1 run', `${ofOne.toFixed(1)} ms`)
  row('1,000 runs', `${ofThousand.toFixed(1)} ms: ${(ofThousand / ofOne).toFixed(1)} times as long`, '<= 10 times')
} finally {
  const gone = once(server, 'close')
  server.kill('SIGKILL')
  await gone
  rmSync(folder, { recursive: true })
}

/** The time from the request to the whole answer. @param {number} frequency */
async function startMs(frequency) {
  const startedMs = performance.now()
  const answer = await post('scenarios/run_scenarios/', { agent_id: 1, scenarios: 'all', frequency })
  const { id } = JSON.parse(await answer.text())
  const tookMs = performance.now() - startedMs
  await (await post(`results/${id}/end_calls/`, {})).text()
  return tookMs
}

/** @param {string} path @param {object} body */
function post(path, body) {
  return fetch(`${base}/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}
