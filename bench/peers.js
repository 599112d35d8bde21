// Callsheet beside programs that can ask an agent the same over HTTP and check the same, where they are installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { startAgent } from './agents.js'
import { bench, folder, isQuick, rounds, runSuite } from './measured.js'
import { median, row, spread, title } from './print.js'
import { loadSuite } from './suites.js'

const asks = 'Please cancel my appointment.'
const answers = 'Your appointment is cancelled.'
const concurrency = 10

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {(url: string, runs: number) => { files: Record<string, string>, args: string[] }} prepare  What it reads, by file name, and how
 *   it is called.
 */

/** @type {Peer[]} */
const known = [
  { name: 'promptfoo', prepare: promptfoo },
  { name: 'vitest', prepare: vitest },
  { name: 'stepci', prepare: stepci },
]

/** The wall and CPU time of the same questions, in turn. */
export async function peers() {
  const runs = isQuick ? 100 : 500
  title(`${runs} questions over http, ${concurrency} at once, agent answers at once, each answer checked: beside others`)
  const agent = await startAgent('http', 0)
  try {
    for (const { name, prepare } of known) {
      const program = find(name)
      if (program === undefined) {
        row(name, 'skipped: it is not installed')
        continue
      }
      const pairs = Array.from({ length: rounds }, () => ({
        peer: usageOf(program, prepare(agent.url, runs)),
        ours: runSuite(loadSuite({ url: agent.url, runs, concurrency, turns: 1 })),
      }))
      const of = (/** @type {'cpuMs' | 'wallMs'} */ what) => `${median(pairs.map(({ peer }) => peer[what])).toFixed(0)} ms`
      row(`${name}, time to ours`, `${spread(pairs.map(({ peer, ours }) => peer.wallMs / ours.wallMs))}: ${of('wallMs')}`)
      row(`${name}, CPU to ours`, `${spread(pairs.map(({ peer, ours }) => peer.cpuMs / ours.cpuMs))}: ${of('cpuMs')}`)
    }
  } finally {
    agent.stop()
  }
}

/** The program, among the packages here or on the PATH. @param {string} name */
function find(name) {
  const folders = [join(bench, '../node_modules/.bin'), ...(process.env['PATH'] ?? '').split(delimiter)]
  return folders.map(each => join(each, name)).find(path => existsSync(path))
}

/** @param {string} program @param {ReturnType<Peer['prepare']>} prepared */
function usageOf(program, { files, args }) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const times = join(folder, 'times')
  rmSync(times, { force: true })
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync('sh', ['-c', '"$@"; status=$?; times > "$0"; exit $status', times, program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...process.env,
      PROMPTFOO_DISABLE_TELEMETRY: '1',
      PROMPTFOO_DISABLE_UPDATE: '1',
      PROMPTFOO_CONFIG_DIR: folder,
      STEPCI_DISABLE_ANALYTICS: '1',
    },
  })
  const wallMs = performance.now() - started
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout.slice(-500)} ${stderr.slice(-500)}`)
  // The second line has the times of what the shell started: 0m1.230s 0m0.210s.
  const children = readFileSync(times, 'utf8').trim().split('\n').at(-1) ?? ''
  const cpuMs = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  )
  return { wallMs, cpuMs }
}

/** @param {string} url @param {number} runs */
function promptfoo(url, runs) {
  const config = {
    prompts: [`${asks} {{n}}`],
    providers: [
      {
        id: url,
        config: {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: { message: '{{prompt}}' },
          transformResponse: 'json.reply',
        },
      },
    ],
    defaultTest: { assert: [{ type: 'contains', value: 'cancelled' }] },
    tests: Array.from({ length: runs }, (_, n) => ({ vars: { n } })),
  }
  const args = ['eval', '-c', 'promptfoo.json', '--no-cache', '--no-table', '--no-progress-bar', '--no-write', '-j', String(concurrency)]
  return { files: { 'promptfoo.json': JSON.stringify(config) }, args }
}

/** @param {string} url @param {number} runs */
function vitest(url, runs) {
  const test = `test.concurrent.each(Array.from({ length: ${runs} }, (_, n) => n))('run %i', async () => {
  const response = await fetch('${url}', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"message":"${asks}"}' })
  expect((await response.json()).reply).toContain('cancelled')
})
`
  const config = `export default { test: { globals: true, maxConcurrency: ${concurrency} } }\n`
  return {
    files: { 'peer.test.js': test, 'vitest.config.js': config },
    args: ['run', '--root', folder, '--config', 'vitest.config.js', 'peer.test.js'],
  }
}

/** @param {string} url @param {number} runs */
function stepci(url, runs) {
  const step = {
    name: 'ask',
    http: {
      url,
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      json: { message: asks },
      check: { status: 200, jsonpath: { '$.reply': answers } },
    },
  }
  const tests = Object.fromEntries(Array.from({ length: runs }, (_, n) => [`run${n}`, { steps: [step] }]))
  const workflow = { version: '1.1', name: 'Load', config: { concurrency }, tests }
  return { files: { 'stepci.json': JSON.stringify(workflow) }, args: ['run', 'stepci.json'] }
}
