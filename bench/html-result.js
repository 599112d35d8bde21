// node html-result.js <folder> <runs> <turns>: writes a result as large as that, without calling anybody. Its sentences are those of docs/,
// so it repeats itself less than a real suite.
import { createWriteStream, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createTally } from '../dist/pipeline/tally/tally.js'

const [folder = '', runs = '2000', turns = '10'] = process.argv.slice(2)
const docs = fileURLToPath(new URL('../docs/', import.meta.url))
const sentences = readdirSync(docs)
  .filter(name => name.endsWith('.md'))
  .flatMap(name =>
    readFileSync(join(docs, name), 'utf8')
      .replaceAll(/```[^]*?```/g, '')
      .split(/(?<=[.:;])\s+/),
  )
  .map(text => text.replaceAll(/\s+/g, ' ').trim())
  .filter(text => text.length > 30 && text.length < 400)
const at = '2026-01-01T09:00:00.000Z'
const repeats = 20
let state = 1

/** The next number of a sequence that is the same each time, from 0 up to `most`. @param {number} most */
function random(most) {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
  return Math.floor((state / 2 ** 32) * most)
}

function sentence() {
  return sentences[random(sentences.length)] ?? ''
}

/** @param {number} index */
function runOf(index) {
  /** @type {object[]} */
  const moments = []
  let time = 0
  for (let turn = 1; turn <= Number(turns); turn += 1) {
    const said = (/** @type {string} */ by, /** @type {number} */ took) => {
      time += took
      moments.push({ turn, startS: time, endS: time, type: 'said', by, text: by === 'agent' ? `${sentence()} ${sentence()}` : sentence() })
    }
    said('caller', 0.2)
    if (random(100) < 35) {
      const id = `call_${random(1e9)}`
      const name = ['look_up', 'book', 'cancel', 'find_slots'][random(4)]
      moments.push({
        turn,
        startS: time,
        endS: time,
        type: 'tool_called',
        by: 'agent',
        id,
        name,
        arguments: { id: random(1e6), date: '2026-03-11' },
      })
      moments.push({ turn, startS: time, endS: time, type: 'tool_returned', by: 'agent', id, name, result: { ok: true, ref: random(1e9) } })
    }
    said('agent', 0.3 + random(2000) / 1000)
  }
  const hasFailed = index % 12 === 0
  const checks = Array.from({ length: 5 }, (_, i) => ({
    assertion: `expected outcome: ${sentences[(index % 40) * 5 + i]}`,
    holds: hasFailed && i === index % 5 ? 'no' : 'yes',
    because: sentence(),
    turn: 1 + random(Number(turns)),
    line: 20 + i,
    judged: true,
  }))
  const transcript = { moments, metadata: {}, ending: { by: 'agent', reason: 'Main agent-ended-call', atS: time } }
  const verdict = {
    holds: hasFailed ? 'no' : 'yes',
    checks,
    metrics: [{ metric: 'reply_latency', type: 'numeric', value: 400, samples: moments.map(() => random(2000)) }],
  }
  return {
    type: 'run.ended',
    index,
    at,
    run: `load/s${Math.floor(index / repeats)}#${(index % repeats) + 1}`,
    outcome: { status: hasFailed ? 'failed' : 'passed', transcript, verdict },
    startedAt: at,
    durationMs: Math.round(time * 1000),
    earlier: [],
    flaky: false,
  }
}

const total = Number(runs)
const agent = { key: 'desk', name: 'Desk', channel: 'websocket' }
const cases = Array.from({ length: total / repeats }, (_, i) => ({
  index: i,
  key: `load/s${i}`,
  repeats,
  firstRun: i * repeats,
  scenario: {
    key: `s${i}`,
    name: sentences[i % sentences.length]?.slice(0, 60),
    tags: ['load'],
    metrics: [],
    file: 'load.yaml',
    line: 1 + i,
  },
}))
const digest = '0'.repeat(64)
const started = /** @type {import('../dist/domain/event.js').SuiteStarted} */ (
  /** @type {unknown} */ ({
    type: 'suite.started',
    version: 4,
    at,
    result: '2026-01-01T09-00-00Z-0000',
    callsheet: '0.1.0',
    suite: { name: 'Load', file: 'load.yaml' },
    plan: {
      seed: 1,
      totalRuns: total,
      thresholds: { passRate: { min: 0.9 }, metrics: [] },
      entries: [{ index: 0, name: 'Load', slug: 'load', agent, cases }],
    },
    digests: { suite: digest, bar: digest, plan: digest },
    options: {},
  })
)

function* journal() {
  const tally = createTally(started)
  yield `${JSON.stringify(started)}\n`
  for (let index = 0; index < total; index += 1) {
    const event = runOf(index)
    tally.add(/** @type {import('../dist/domain/event.js').RunEnded} */ (/** @type {unknown} */ (event)))
    yield `${JSON.stringify(event)}\n`
  }
  yield `${JSON.stringify({ type: 'suite.ended', at, report: tally.report() })}\n`
}

mkdirSync(folder, { recursive: true })
await pipeline(journal(), createWriteStream(join(folder, 'journal.jsonl')))
