import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startModelServer } from '../test/agents/model-server.js'
import { startAgent } from './agents.js'
import { binary, folder, isQuick, rounds, runRaw, runSuite, suiteFile } from './measured.js'
import { startModel } from './models.js'
import { median, row, spread, title } from './print.js'
import { loadSuite, modelSuite } from './suites.js'

/**
 * Conversations with a model as caller and one as judge, beside the sum of their waits: three sequential model answers and
 * two agent answers; and beside a bare loop that sends the same questions. Scripted conversations with the same agent show what latency
 * Callsheet measures for it.
 */
export async function models() {
  const [runs, concurrency, modelMs, agentMs] = [isQuick ? 400 : 1000, 200, 100, 300]
  const idealMs = (runs / concurrency) * (3 * modelMs + 2 * agentMs)
  title(`${runs} runs with a model as caller and one as judge, ${concurrency} at once, ${modelMs} ms an answer: ideal ${idealMs} ms`)
  const [agent, model] = await Promise.all([startAgent('http', agentMs), startModel(modelMs)])
  try {
    const questions = await questionsOf(agent.url)
    const pairs = Array.from({ length: rounds }, () => ({
      raw: runRaw({ kind: 'models', url: agent.url, runs, concurrency, turns: 2 }, [model.url, questions]),
      modelled: runSuite(modelSuite({ url: agent.url, model: model.url, runs, concurrency })),
      scripted: runSuite(loadSuite({ url: agent.url, runs, concurrency, turns: 2, isTimed: true })),
    }))
    row('bare loop', spread(pairs.map(({ raw }) => raw.loopMs / idealMs)))
    row('from the first call to the last', spread(pairs.map(({ modelled }) => modelled.callsMs / idealMs)), '<= 1.2')
    row("to the bare loop's first to last", spread(pairs.map(({ raw, modelled }) => modelled.callsMs / raw.loopMs)))
    row(
      'CPU a run',
      `${(median(pairs.map(({ modelled }) => modelled.cpuMs)) / runs).toFixed(2)} ms (scripted ${(median(pairs.map(({ scripted }) => scripted.cpuMs)) / runs).toFixed(2)} ms)`,
    )
    row('agent measured to take, p50', `${median(pairs.map(({ modelled }) => modelled.latencyMs)).toFixed(1)} ms`)
    row('of that with scripts', spread(pairs.map(({ modelled, scripted }) => modelled.latencyMs / scripted.latencyMs)), '<= 1.1')
    row('runs lost', String(runs - Math.min(...pairs.map(({ modelled }) => modelled.passed))), '0')
  } finally {
    agent.stop()
    model.stop()
  }
}

/** Has one conversation, and keeps what is asked of models in it. @param {string} url  The agent's. @returns {Promise<string>} The file. */
async function questionsOf(url) {
  const model = await startModelServer({ delayMs: 0 })
  const suite = suiteFile(modelSuite({ url, model: model.url, runs: 1, concurrency: 1 }))
  await promisify(execFile)(process.execPath, [binary, 'run', suite, '--reporter', 'none', '--out', join(folder, 'questions')])
  const bodies = model.requests.map(({ body }) => body)
  await model.close()
  // Before the first call, models are asked whether they answer, what the outcome claims, and about an empty conversation.
  const ofCaller = bodies.filter(({ messages: [rules] }) => /^You (?:play|check)/.test(rules?.content ?? ''))
  const questions = [...ofCaller, bodies.at(-1)]
  if (questions.length !== 4) throw new Error(`A conversation asked models ${questions.length} times, not 4: the bare loop has to change.`)
  const file = join(folder, 'questions.json')
  writeFileSync(file, JSON.stringify(questions))
  return file
}

/** Twenty conversations at once with a model that makes one answer at a time, beside the time that its answers take one after the other. */
export async function slowModel() {
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

/** A suite replayed from a cassette, beside its recording and beside scripted conversations with as many turns. */
export async function replay() {
  const [runs, concurrency, modelMs] = [isQuick ? 200 : 1000, 10, 100]
  title(`${runs} runs with models from a cassette, ${concurrency} at once, recorded at ${modelMs} ms an answer`)
  const [agent, model] = await Promise.all([startAgent('http', 0), startModel(modelMs)])
  const cassette = join(folder, 'models.jsonl')
  const suite = modelSuite({ url: agent.url, model: model.url, runs, concurrency })
  try {
    const recorded = runSuite(suite, ['--record', cassette])
    model.stop()
    const pairs = Array.from({ length: rounds }, () => ({
      replayed: runSuite(suite, ['--replay', cassette]),
      scripted: runSuite(loadSuite({ url: agent.url, runs, concurrency, turns: 2, isTimed: true })),
    }))
    const wallMs = median(pairs.map(({ replayed }) => replayed.wallMs))
    row('recorded, start-up and reports included', `${recorded.wallMs.toFixed(0)} ms`)
    row('replayed, start-up and reports included', `${wallMs.toFixed(0)} ms`)
    row('CPU, to scripted runs', spread(pairs.map(({ replayed, scripted }) => replayed.cpuMs / scripted.cpuMs)), '<= 1.5')
    row('times as fast', (recorded.wallMs / wallMs).toFixed(1), '>= 20')
    row('runs lost', String(runs - Math.min(recorded.passed, ...pairs.map(({ replayed }) => replayed.passed))), '0')
  } finally {
    agent.stop()
    model.stop()
  }
}
