// node bench/phone-calls.js <calls> <seconds> [shielded]: has the binary conduct telephone calls in real time, with an agent in a process of its
// own, and prints how they went and what they cost: the CPU of each thread (Linux). `shielded`: nothing else on this machine goes before
// the threads of the binary, where that is allowed. NODE_FLAGS are flags of Node for the binary.
import { fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { longCalls } from '../test/agents/long-calls.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const [calls = 25, seconds = 30] = process.argv.slice(2, 4).map(Number)
/** Until all calls are set up, at 20 a second, and code is compiled. */
const setUpMs = 4_000 + calls * 50
/** Threads that nothing goes before. */
const shielded = new Set()
const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
const agent = fork(join(here, '../test/agents/phone-agent.js'))
try {
  const [port] = await once(agent, 'message')
  const { exit, stderr, ours, theirs, load } = await conduct(port)
  const told = once(agent, 'message')
  agent.send('stop')
  /** @type {[import('../test/agents/phone-agent.js').AgentHeard[]]} */
  const [heard] = /** @type {any} */ (await told)
  console.log(JSON.stringify({ calls, seconds, exit, load, ...pacing(), ...heardOf(heard), ours, theirs }, null, 1))
  if (exit !== 0) console.error(stderr.slice(-2000))
} finally {
  agent.kill()
  rmSync(folder, { recursive: true, force: true })
}

/** @param {number} port */
async function conduct(port) {
  const suite = join(folder, 'suite.yaml')
  writeFileSync(suite, longCalls({ port, calls, seconds }))
  const flags = process.env['NODE_FLAGS']?.split(' ') ?? []
  const binary = spawn(process.execPath, [...flags, join(here, '../bin/callsheet.js'), 'run', suite, '--out', join(folder, 'result')], {
    cwd: folder,
    env: { ...process.env, CALLSHEET_CACHE: join(tmpdir(), 'callsheet-bench-cache') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const shielding = process.argv.includes('shielded') ? setInterval(() => shield(binary.pid), 20) : undefined
  let stderr = ''
  binary.stderr?.on('data', text => (stderr += text))
  const ended = once(binary, 'exit')
  await new Promise(resolve => setTimeout(resolve, setUpMs))
  const measuredMs = seconds * 1000 - setUpMs - 1_000
  clearInterval(shielding)
  const before = [threadsOf(binary.pid), threadsOf(agent.pid)]
  await new Promise(resolve => setTimeout(resolve, measuredMs))
  const after = [threadsOf(binary.pid), threadsOf(agent.pid)]
  const load = loadavg()[0]
  const [exit] = await ended
  const [ours, theirs] = [0, 1].map(i => spent(/** @type {Threads} */ (before[i]), /** @type {Threads} */ (after[i]), measuredMs))
  return { exit, stderr, ours, theirs, load }
}

/** Threads come one by one; what the process starts besides takes turns as ever. @param {number | undefined} pid */
function shield(pid) {
  const tasks = `/proc/${pid}/task`
  for (const task of existsSync(tasks) ? readdirSync(tasks) : []) {
    if (shielded.has(task)) continue
    shielded.add(task)
    spawnSync('chrt', ['-R', '-f', '-p', '2', task])
  }
}

/** What the system says of a thread, after its name. @param {string} task */
function fieldsOf(task) {
  const stat = readFileSync(join(task, 'stat'), 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** As the result has it. */
function pacing() {
  const outcomes = readFileSync(join(folder, 'result/journal.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line.startsWith('{"type":"run.ended"'))
    .map(line => JSON.parse(line).outcome)
  /** @type {import('../src/domain/sound.js').Pacing[]} */
  const pacings = outcomes.flatMap(({ transcript }) => transcript?.sound?.pacing ?? [])
  const p99s = pacings.map(({ p99Ms }) => p99Ms).toSorted((a, b) => a - b)
  return {
    passed: outcomes.filter(({ status }) => status === 'passed').length,
    p99Ms: { median: p99s[p99s.length >> 1], worst: p99s.at(-1) },
    worstMs: Math.max(...pacings.map(({ worstMs }) => worstMs)),
    late: sum(pacings.map(({ late }) => late)),
    lost: sum(pacings.map(({ lost }) => lost)),
    frames: sum(pacings.map(({ frames }) => frames)),
  }
}

/** @param {import('../test/agents/phone-agent.js').AgentHeard[]} all */
function heardOf(all) {
  return { heard: sum(all.map(({ received }) => received)), heardLost: sum(all.map(({ lost, twice }) => lost + twice)) }
}

/** @typedef {Map<string, { name: string, ms: number }>} Threads */

/** CPU of each thread, in ms. @param {number | undefined} pid @returns {Threads} */
function threadsOf(pid) {
  const tasks = `/proc/${pid}/task`
  return new Map(
    readdirSync(tasks).map(task => {
      const fields = fieldsOf(join(tasks, task))
      return [task, { name: task === String(pid) ? 'main' : `thread ${task}`, ms: (Number(fields[11]) + Number(fields[12])) * 10 }]
    }),
  )
}

/** Of a core, in percent; threads that cost next to nothing are only in the sum. @param {Threads} before @param {Threads} after @param {number} ms */
function spent(before, after, ms) {
  const rows = [...after].map(([task, { name, ms: spentMs }]) => ({ name, percent: (100 * (spentMs - (before.get(task)?.ms ?? 0))) / ms }))
  const percent = sum(rows.map(row => row.percent))
  const threads = Object.fromEntries(rows.filter(row => row.percent >= 0.5).map(row => [row.name, Number(row.percent.toFixed(1))]))
  return { percent: Number(percent.toFixed(1)), msPerCallAndSecond: Number(((percent * 10) / calls).toFixed(2)), threads }
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((all, each) => all + each, 0)
}
