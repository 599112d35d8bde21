// Runs commands in processes of their own and measures them.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const bench = fileURLToPath(new URL('.', import.meta.url))
export const binary = join(bench, '../bin/callsheet.js')
/** For the files of this measurement. */
export const folder = mkdtempSync(join(tmpdir(), 'callsheet-bench-'))
let suitesRun = 0

/** Whether to measure in a short form. */
export const isQuick = process.argv.includes('quick')
/** How often something is measured, each time beside what it is compared with. */
export const rounds = isQuick ? 3 : 7

export function removeFolder() {
  rmSync(folder, { recursive: true, force: true })
}

/** @typedef {{ wallMs: number, cpuMs: number, peakMb: number }} Usage */

/**
 * @param {readonly string[]} command  Arguments for node.
 * @param {{ env?: Record<string, string>, cwd?: string }} [how]
 * @returns {Usage & { stdout: string, stderr: string }}
 */
export function measured(command, { env = {}, cwd } = {}) {
  const file = join(folder, 'usage.json')
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env, BENCH_USAGE: file, NODE_OPTIONS: `--import ${join(bench, 'measure.js')}` },
  })
  const wallMs = performance.now() - started
  if (status !== 0) throw new Error(`node ${command.join(' ')} ended with ${status}: ${stderr.slice(-500)}`)
  return { wallMs, ...JSON.parse(readFileSync(file, 'utf8')), stdout, stderr }
}

/**
 * The same client without Callsheet.
 *
 * @param {{ kind: 'http' | 'websocket' | 'models', url: string, runs: number, concurrency: number, turns: number }} shape
 * @param {string[]} [models]  With models: where they are, and the file of the questions to them.
 * @returns {Usage & { loopMs: number }}  `loopMs`: from the first call to the last.
 */
export function runRaw({ kind, url, runs, concurrency, turns }, models = []) {
  const usage = measured([join(bench, 'raw.js'), kind, url, String(runs), String(concurrency), String(turns), ...models])
  return { ...usage, ...JSON.parse(usage.stdout) }
}

/** @param {string} text  YAML. @returns {string} The suite's file. */
export function suiteFile(text) {
  suitesRun += 1
  const file = join(folder, `suite-${suitesRun}.yaml`)
  writeFileSync(file, text)
  return file
}

/**
 * @param {string} text  YAML.
 * @param {string[]} [options]
 * @param {string[]} [nodeOptions]
 * @returns {Usage & { stdout: string, callsMs: number, passed: number, latencyMs: number, asked: number }}  `asked`: requests to models in
 *   the conversations.
 */
export function runSuite(text, options = [], nodeOptions = []) {
  const suite = suiteFile(text)
  const out = join(folder, `result-${suitesRun}`)
  const usage = measured([...nodeOptions, binary, 'run', suite, '--out', out, ...options])
  const journal = join(out, 'journal.jsonl')
  const { totals, metrics, usage: spent } = JSON.parse(lastLine(journal)).report
  const result = { ...usage, callsMs: callsMs(journal), passed: totals.passed, latencyMs: latencyIn(metrics), asked: askedIn(spent) }
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
