// What a run costs that does not depend on the machine: promises, and bytes allocated on the heap. Both are differences of a large suite and
// a small one, so start-up does not count.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startAgent } from './agents.js'
import { bench, binary, folder, isQuick, measured, suiteFile } from './measured.js'
import { row, title } from './print.js'
import { loadSuite } from './suites.js'

export async function perRun() {
  await perRunOver('http', 1)
  await perRunOver('websocket', 5)
}

/** @param {'http' | 'websocket'} kind @param {number} turns */
async function perRunOver(kind, turns) {
  const [few, many] = isQuick ? [500, 2500] : [2000, 12_000]
  title(`a run of ${turns} turn${turns > 1 ? 's' : ''} over ${kind}, 100 at once: ${many} runs less ${few}`)
  const agent = await startAgent(kind, 0)
  const suites = [few, many].map(runs => suiteFile(loadSuite({ url: agent.url, runs, concurrency: 100, turns })))
  try {
    const [promisesFew = NaN, promisesMany = NaN] = suites.map(promisesOf)
    row('promises a run', ((promisesMany - promisesFew) / (many - few)).toFixed(1), kind === 'http' ? '<= 15' : '')
    const [bytesFew = NaN, bytesMany = NaN] = suites.map(allocatedKb)
    row('allocated a run', `${((bytesMany - bytesFew) / (many - few)).toFixed(1)} KB`, kind === 'http' ? '<= 30 KB' : '')
  } finally {
    agent.stop()
  }
}

/** @param {string} suite @param {number} index */
function promisesOf(suite, index) {
  const file = join(folder, 'promises')
  const out = join(folder, `promises-${index}-${performance.now()}`)
  const preload = ['--import', join(bench, 'count-promises.js')]
  measured([...preload, binary, 'run', suite, '--reporter', 'none', '--out', out], { env: { BENCH_PROMISES: file } })
  return Number(readFileSync(file, 'utf8'))
}

/** What the collector's own log shows: how far the heap grew between its runs, in all. @param {string} suite @param {number} index */
function allocatedKb(suite, index) {
  const out = join(folder, `bytes-${index}-${performance.now()}`)
  const { stdout } = measured(['--trace-gc', binary, 'run', suite, '--reporter', 'none', '--out', out])
  let [before, allocatedMb] = [0, 0]
  for (const [, from, to] of stdout.matchAll(/(?:Scavenge|Mark-Compact)[^\n]*? ([\d.]+) \([\d.]+\) -> ([\d.]+) \(/g)) {
    allocatedMb += Number(from) - before
    before = Number(to)
  }
  return allocatedMb * 1024
}
