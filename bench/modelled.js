import { join } from 'node:path'
import { startAgent } from './agents.js'
import { folder, isQuick, rounds, runSuite } from './measured.js'
import { startModel } from './models.js'
import { median, row, spread, title } from './print.js'
import { loadSuite, modelSuite } from './suites.js'

/**
 * Conversations with a model as caller and one as judge, beside the sum of their waits: three sequential model answers and
 * two agent answers. Scripted conversations with the same agent show what latency Callsheet measures for it.
 */
export async function models() {
  const [runs, concurrency, modelMs, agentMs] = [isQuick ? 400 : 1000, 200, 100, 300]
  const idealMs = (runs / concurrency) * (3 * modelMs + 2 * agentMs)
  title(`${runs} runs with a model as caller and one as judge, ${concurrency} at once, ${modelMs} ms an answer: ideal ${idealMs} ms`)
  const [agent, model] = await Promise.all([startAgent('http', agentMs), startModel(modelMs)])
  try {
    const pairs = Array.from({ length: rounds }, () => ({
      modelled: runSuite(modelSuite({ url: agent.url, model: model.url, runs, concurrency })),
      scripted: runSuite(loadSuite({ url: agent.url, runs, concurrency, turns: 2, isTimed: true })),
    }))
    row('from the first call to the last', spread(pairs.map(({ modelled }) => modelled.callsMs / idealMs)), '<= 1.2')
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
