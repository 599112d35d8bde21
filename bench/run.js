// npm run bench [-- quick] [throughput makespan models slow-model replay masking memory start-up]: measures what Callsheet costs, as ratios to
// the cheapest possible way, measured in the same run.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startAgent } from './agents.js'
import { startModel } from './models.js'
import { median, row, title } from './print.js'
import { loadSuite, modelSuite, wideSuite } from './suites.js'

const bench = fileURLToPath(new URL('.', import.meta.url))
const binary = join(bench, '../bin/callsheet.js')
const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
const wanted = process.argv.slice(2).filter(word => word !== 'quick')
const isQuick = process.argv.includes('quick')
let runsMade = 0

try {
  if (isWanted('throughput')) {
    await throughput('http', 1, isQuick ? 2000 : 10_000, 100)
    await throughput('websocket', 5, isQuick ? 200 : 2000, 100)
  }
  if (isWanted('makespan')) {
    await makespan('http', { runs: 1000, concurrency: 100, latencyMs: 50, turns: 1, bar: 1.5 })
    await makespan('http', { runs: isQuick ? 200 : 1000, concurrency: 10, latencyMs: 50, turns: 1, bar: 1.1 })
    await makespan('websocket', { runs: 1000, concurrency: 500, latencyMs: 50, turns: 5, bar: 1.25 })
  }
  if (isWanted('models')) await models(isQuick ? 400 : 1000, 200)
  if (isWanted('slow-model')) await slowModel()
  if (isWanted('replay')) await replay(isQuick ? 200 : 1000)
  if (isWanted('masking')) await masking(isQuick ? 2000 : 10_000, isQuick ? 3 : 7)
  if (isWanted('memory')) await memory(isQuick ? [1000, 10_000] : [1000, 10_000, 100_000])
  if (isWanted('start-up')) startUp()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Without any name, all parts run. @param {string} part */
function isWanted(part) {
  return wanted.length === 0 || wanted.includes(part)
}

/**
 * Turns per second and CPU time with an agent that answers at once, beside a bare loop of the same client.
 *
 * @param {'http'  | 'websocket'} kind
 * @param {number}  turns
 * @param {number}  runs
 * @param {number}  concurrency
 */
async function throughput(kind, turns, runs, concurrency) {
  title(`${runs} runs of ${turns} turn${turns > 1 ? 's' : ''} over ${kind}, ${concurrency} at once, agent answers at once`)
  const agent = await startAgent(kind, 0)
  try {
    const rounds = [1, 2, 3].map(() => ({
      raw: measured([join(bench, 'raw.js'), kind, agent.url, String(runs), String(concurrency), String(turns)]),
      ours: runSuite(loadSuite({ url: agent.url, runs, concurrency, turns })),
    }))
    const perSecond = (/** @type {Usage} */ { wallMs }) => (runs * turns) / (wallMs / 1000)
    const raw = median(rounds.map(round => perSecond(round.raw)))
    const ours = median(rounds.map(round => perSecond(round.ours)))
    row('turns a second, all included', `${ours.toFixed(0)} (bare loop ${raw.toFixed(0)})`)
    row(
      'share of the bare loop',
      median(rounds.map(round => perSecond(round.ours) / perSecond(round.raw))).toFixed(2),
      kind === 'http' ? '>= 0.33' : '',
    )
    row(
      'CPU a run',
      `${(median(rounds.map(({ ours: { cpuMs } }) => cpuMs)) / runs).toFixed(3)} ms (bare loop ${(median(rounds.map(({ raw: { cpuMs } }) => cpuMs)) / runs).toFixed(3)} ms)`,
      kind === 'http' ? '<= 0.25 ms' : '',
    )
    row('CPU a run to bare loop', median(rounds.map(round => round.ours.cpuMs / round.raw.cpuMs)).toFixed(2))
    row(
      'peak memory',
      `${median(rounds.map(({ ours: { peakMb } }) => peakMb)).toFixed(0)} MB (bare loop ${median(rounds.map(({ raw: { peakMb } }) => peakMb)).toFixed(0)} MB)`,
      kind === 'http' ? '<= 150 MB' : '',
    )
  } finally {
    agent.stop()
  }
}

/**
 * The duration of a suite, beside N / concurrency x latency.
 *
 * @param {'http'  | 'websocket'} kind
 * @param {{  runs: number, concurrency: number, latencyMs: number, turns: number, bar: number }} shape
 */
async function makespan(kind, { runs, concurrency, latencyMs, turns, bar }) {
  const idealMs = (runs / concurrency) * latencyMs * turns
  title(
    `${runs} runs of ${turns} turn${turns > 1 ? 's' : ''} over ${kind}, ${concurrency} at once, agent takes ${latencyMs} ms: ideal ${idealMs} ms`,
  )
  const agent = await startAgent(kind, latencyMs)
  try {
    const raw = [1, 2, 3].map(() => measured([join(bench, 'raw.js'), kind, agent.url, String(runs), String(concurrency), String(turns)]))
    const rounds = [1, 2, 3].map(() => runSuite(loadSuite({ url: agent.url, runs, concurrency, turns })))
    row('bare loop, start-up included', median(raw.map(({ wallMs }) => wallMs / idealMs)).toFixed(2))
    const whole = median(rounds.map(({ wallMs }) => wallMs / idealMs))
    const calls = median(rounds.map(round => round.callsMs / idealMs))
    row('start-up and reports included', whole.toFixed(2), kind === 'http' ? `<= ${bar}` : '')
    row('from the first call to the last', calls.toFixed(2), kind === 'http' ? '' : `<= ${bar}`)
    row('runs lost', String(runs - Math.min(...rounds.map(({ passed }) => passed))), '0')
  } finally {
    agent.stop()
  }
}

/**
 * Conversations with a model as caller and one as judge, beside the sum of their waits: three sequential model answers and
 * two agent answers. Scripted conversations with the same agent show what latency Callsheet measures for it.
 *
 * @param {number}  runs
 * @param {number}  concurrency
 */
async function models(runs, concurrency) {
  const [modelMs, agentMs] = [100, 300]
  const idealMs = (runs / concurrency) * (3 * modelMs + 2 * agentMs)
  title(`${runs} runs with a model as caller and one as judge, ${concurrency} at once, ${modelMs} ms an answer: ideal ${idealMs} ms`)
  const [agent, model] = await Promise.all([startAgent('http', agentMs), startModel(modelMs)])
  try {
    const rounds = [1, 2, 3].map(() => runSuite(modelSuite({ url: agent.url, model: model.url, runs, concurrency })))
    const scripted = runSuite(loadSuite({ url: agent.url, runs, concurrency, turns: 2, isTimed: true }))
    row('from the first call to the last', median(rounds.map(round => round.callsMs / idealMs)).toFixed(2), '<= 1.2')
    row(
      'CPU a run',
      `${(median(rounds.map(({ cpuMs }) => cpuMs)) / runs).toFixed(2)} ms (scripted ${(scripted.cpuMs / runs).toFixed(2)} ms)`,
    )
    row(
      'agent measured to take, p50',
      `${median(rounds.map(({ latencyMs }) => latencyMs)).toFixed(1)} ms (scripted ${scripted.latencyMs.toFixed(1)} ms)`,
    )
    row('of that with scripts', median(rounds.map(({ latencyMs }) => latencyMs / scripted.latencyMs)).toFixed(2), '<= 1.1')
    row('runs lost', String(runs - Math.min(...rounds.map(({ passed }) => passed))), '0')
  } finally {
    agent.stop()
    model.stop()
  }
}

/** Twenty conversations at once with a model that makes one answer at a time, beside the time that its answers take one after the other. */
async function slowModel() {
  const [runs, modelMs] = [20, 500]
  title(`${runs} runs at once with one model as caller and judge, which makes one answer at a time, ${modelMs} ms each`)
  const [agent, model] = await Promise.all([startAgent('http', 0), startModel(modelMs, 1)])
  try {
    const round = runSuite(modelSuite({ url: agent.url, model: model.url, runs, concurrency: runs, adapts: true }))
    row('from the first call to the last, to its answers', (round.callsMs / (round.asked * modelMs)).toFixed(2), '<= 1.15')
    row('runs lost', String(runs - round.passed), '0')
  } finally {
    agent.stop()
    model.stop()
  }
}

/** The duration of a suite's replay, beside that of its recording. @param {number} runs */
async function replay(runs) {
  const [concurrency, modelMs] = [10, 100]
  title(`${runs} runs with models from a cassette, ${concurrency} at once, recorded at ${modelMs} ms an answer`)
  const [agent, model] = await Promise.all([startAgent('http', 0), startModel(modelMs)])
  const cassette = join(folder, 'models.jsonl')
  const suite = modelSuite({ url: agent.url, model: model.url, runs, concurrency })
  try {
    const recorded = runSuite(suite, ['--record', cassette])
    model.stop()
    const replayed = [1, 2, 3].map(() => runSuite(suite, ['--replay', cassette]))
    const wallMs = median(replayed.map(round => round.wallMs))
    row('recorded, start-up and reports included', `${recorded.wallMs.toFixed(0)} ms`)
    row('replayed, start-up and reports included', `${wallMs.toFixed(0)} ms`)
    row('CPU a run, replayed', `${(median(replayed.map(({ cpuMs }) => cpuMs)) / runs).toFixed(2)} ms`)
    row('times as fast', (recorded.wallMs / wallMs).toFixed(1), '>= 20')
    row('runs lost', String(runs - Math.min(recorded.passed, ...replayed.map(({ passed }) => passed))), '0')
  } finally {
    agent.stop()
    model.stop()
  }
}

/**
 * What it costs to look for secrets in everything and to compare texts as a reader would, in turn with a suite that has nothing to
 * mask and compares no text.
 *
 * @param {number} runs
 * @param {number} rounds
 */
async function masking(runs, rounds) {
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
    row(
      'CPU a run, to that without',
      `${median(ratios).toFixed(3)} (${ratios
        .map(ratio => ratio.toFixed(2))
        .toSorted()
        .join(' ')})`,
      '<= 1.05',
    )
  } finally {
    agent.stop()
  }
}

/** Peak memory by number of runs. @param {number[]} sizes */
async function memory(sizes) {
  title('peak memory by number of runs, over http, 100 at once')
  const agent = await startAgent('http', 0)
  try {
    const peaks = sizes.map(runs => runSuite(loadSuite({ url: agent.url, runs, concurrency: 100, turns: 1 })).peakMb)
    for (const [i, runs] of sizes.entries()) row(`${runs} runs`, `${peaks[i]?.toFixed(0)} MB`)
    row(`${sizes.at(-1)} runs to ${sizes.at(-2)} runs`, ((peaks.at(-1) ?? 0) / (peaks.at(-2) ?? 1)).toFixed(2), '<= 1.5')
  } finally {
    agent.stop()
  }
}

/** The duration of a command. @param {string[]} command  Arguments for node. */
function wallMsOf(command) {
  const started = performance.now()
  spawnSync(process.execPath, command)
  return performance.now() - started
}

function startUp() {
  title('start-up, to that of node -e 0')
  const suite = join(folder, 'wide.yaml')
  writeFileSync(suite, wideSuite(100))
  row('callsheet --version', startUpRatio([binary, '--version']), '<= 2')
  row('callsheet validate, 100 scenarios', startUpRatio([binary, 'validate', suite]), '<= 4')
}

/** The start-up time relative to `node -e 0`, measured in turn. @param {string[]} command  Arguments for node. */
function startUpRatio(command) {
  return median(Array.from({ length: 15 }, () => wallMsOf(command) / wallMsOf(['-e', '0']))).toFixed(2)
}

/**
 * @typedef {{ wallMs: number, cpuMs: number, peakMb: number }} Usage
 * @param {string} text  YAML.
 * @param {string[]} [options]
 * @returns {Usage & { callsMs: number, passed: number, latencyMs: number, asked: number }}  `asked`: requests to models in the conversations.
 */
function runSuite(text, options = []) {
  runsMade += 1
  const out = join(folder, `result-${runsMade}`)
  const suite = join(folder, `suite-${runsMade}.yaml`)
  writeFileSync(suite, text)
  const usage = measured([binary, 'run', suite, '--out', out, ...options])
  const { totals, metrics, usage: spent } = JSON.parse(lastLine(join(out, 'journal.jsonl'))).report
  const result = {
    ...usage,
    callsMs: callsMs(join(out, 'journal.jsonl')),
    passed: totals.passed,
    latencyMs: latencyIn(metrics),
    asked: askedIn(spent),
  }
  rmSync(out, { recursive: true })
  return result
}

/** Requests to models, without those before the first call: one a role. @param {{ total: { requests: number }[] } | undefined} usage */
function askedIn(usage) {
  return (usage?.total ?? []).reduce((sum, { requests }) => sum + requests - 1, 0)
}

/** The median of the agent's latency, if the suite measures it. @param {{ metric: string, p50?: number }[]} metrics */
function latencyIn(metrics) {
  return metrics.find(({ metric }) => metric === 'latency_ms')?.p50 ?? NaN
}

/** @param {string[]} command  Arguments for node. @returns {Usage} */
function measured(command) {
  const file = join(folder, 'usage.json')
  const started = performance.now()
  const { status, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, BENCH_USAGE: file, NODE_OPTIONS: `--import ${join(bench, 'measure.js')}` },
  })
  const wallMs = performance.now() - started
  if (status !== 0) throw new Error(`node ${command.join(' ')} ended with ${status}: ${stderr.slice(-500)}`)
  return { wallMs, ...JSON.parse(readFileSync(file, 'utf8')) }
}

/** The time from the first call's start to the last call's end. @param {string} journal */
function callsMs(journal) {
  let [first, last] = [Infinity, -Infinity]
  for (const [, , at = ''] of readFileSync(journal, 'utf8').matchAll(/^\{"type":"run\.(started|ended)".*?"at":"([^"]+)"/gm)) {
    first = Math.min(first, Date.parse(at))
    last = Math.max(last, Date.parse(at))
  }
  return last - first
}

/** @param {string} path */
function lastLine(path) {
  if (statSync(path).size === 0) throw new Error(`${path} is empty`)
  return readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? ''
}
