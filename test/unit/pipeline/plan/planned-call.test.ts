import { expect, test } from 'vitest'
import { usualSound } from '../../../../src/domain/caller-sound.js'
import type { Document } from '../../../../src/domain/document.js'
import { noMask } from '../../../../src/domain/mask.js'
import { turnPresets } from '../../../../src/domain/turn-taking.js'
import { planDigest } from '../../../../src/pipeline/plan/digest.js'
import { planRuns } from '../../../../src/pipeline/plan/plan-runs.js'
import { summarise } from '../../../../src/pipeline/plan/summary.js'
import { documentOf, suiteWith } from '../load/suites.js'

const chirp = '{ clinic: { connection: { type: chirp, url: "ws://127.0.0.1:1" } } }'
const answers =
  '{ script: { first_message: Hi., steps: [{ when: { contains: name }, say: Maria. }] }, expect: [{ agent_says: { contains: help } }] }'
const recites = '{ script: { first_message: Hi., steps: [{ when: any, say: Bye. }] }, expect: [{ agent_says: { contains: help } }] }'

const suite = (changed: Parameters<typeof suiteWith>[0] = {}) =>
  documentOf(suiteWith({ agents: chirp, scenarios: `{ answers: ${answers}, recites: ${recites} }`, ...changed }))

function planOf(document: Document) {
  const planned = planRuns(document)
  if (!('plan' in planned)) throw new Error(planned.diagnostics.map(({ message }) => message).join())
  return planned
}

async function told(changed: Parameters<typeof suiteWith>[0]): Promise<string[]> {
  const planned = planRuns(await suite(changed))
  return ('plan' in planned ? planned.warnings : planned.diagnostics).map(({ severity, code }) => `${severity} ${code}`)
}

async function digestOfPersonality(personality: string, recordings = 'default', file?: string) {
  const document = await suite({ personalities: `{ p: ${personality} }`, runs: '[{ personalities: [p] }]' })
  const { plan } = planOf({ ...document, recordings: recordings as Document['recordings'] })
  const moved = JSON.parse(JSON.stringify(plan).replaceAll('"driftDb":3', file ? `"driftDb":3,"file":"${file}"` : '"driftDb":3'))
  return planDigest(moved, { metrics: [], variables: [] }, noMask)
}

test('a case whose agent is called knows its turns, its sound and when it hears; a case in text knows none of it', async () => {
  const { plan } = planOf(await suite())
  const cases = plan.entries.flatMap(entry => entry.cases)
  expect(cases.map(({ call }) => call)).toEqual([
    { turns: turnPresets.normal, sound: usualSound, hear: 'live' },
    { turns: turnPresets.normal, sound: usualSound, hear: 'after' },
  ])
  const { plan: inText } = planOf(await suite({ agents: '{ clinic: { connection: { type: module, path: a.js } } }' }))
  expect(inText.entries.flatMap(entry => entry.cases).map(each => 'call' in each)).toEqual([false, false])
})

test('in a call the caller prompts a silent agent by its own patience, unless the scenario says when', async () => {
  const { plan } = planOf(
    await suite({
      personalities: '{ eager: { turns: eager } }',
      scenarios: `{ a: { personality: eager, ${recites.slice(1)}, b: { personality: eager, idle_timeout: 12s, ${recites.slice(1)} }`,
    }),
  )
  expect(plan.entries.flatMap(({ cases }) => cases).map(({ scenario }) => scenario.idleTimeoutMs)).toEqual([5000, 12_000])
})

test('engines are part of the plan only if an agent is called', async () => {
  const models = '{ tts: { engine: flite, voice: rms }, stt: { engine: sherpa, models: moonshine } }'
  const { plan } = planOf(await suite({ models }))
  expect([plan.models.tts?.engine, plan.models.stt?.engine]).toEqual(['flite', 'sherpa'])
  expect(summarise(plan)).toMatchObject({ tts: { engine: 'flite', voice: 'rms' }, stt: { engine: 'sherpa', models: 'moonshine' } })
  const { plan: inText } = planOf(await suite({ models, agents: '{ clinic: { connection: { type: module, path: a.js } } }' }))
  expect(inText.models).toEqual({ audits: false })
})

test('hearing after the call is refused where the caller has to know the words, and claimed words where nobody claims any', async () => {
  expect(await told({ models: '{ stt: { hear: after } }' })).toEqual(['error HEAR_TOO_LATE'])
  expect(await told({ models: '{ stt: { hear: claimed } }' })).toEqual(['error HEAR_UNCLAIMED'])
  expect(await told({ models: '{ stt: { hear: live } }' })).toEqual([])
})

test('where nothing hears the agent, what needs its words is refused', async () => {
  const hear = { models: '{ stt: { hear: never } }' }
  const keys = (more: string) => ({ ...hear, scenarios: `{ keys: { script: { first_message: '<dtmf digits="1"/>' }, ${more} } }` })
  expect(await told(hear)).toEqual(['error HEAR_NEVER', 'error HEAR_NEVER'])
  expect(await told(keys('expect: [{ ended_by: agent }, { metric: { name: dead_air_s, max: 6 } }]'))).toEqual([])
  for (const words of [
    'expect: [{ not: { agent_says: { contains: sorry } } }]',
    'expect: [{ metric: { name: repetition, max: 0.5 } }]',
    'metrics: [words_per_minute], expect: [{ ended_by: agent }]',
  ])
    expect(await told(keys(words))).toEqual(['error HEAR_NEVER'])
})

test('a caller that says "mm-hm" after sentences hears them live', async () => {
  const { plan } = planOf(
    await suite({ personalities: '{ p: { turns: eager } }', scenarios: `{ recites: ${recites} }`, runs: '[{ personalities: [p] }]' }),
  )
  expect(plan.entries[0]!.cases[0]!.call!.hear).toBe('live')
})

test('a level of interruption without effect in a call is a warning, and a sound that nobody has is an error', async () => {
  const runs = '[{ personalities: [p] }]'
  expect(await told({ runs, personalities: '{ p: { turns: normal, interruption_level: low } }' })).toEqual([
    'warning INTERRUPTION_NO_EFFECT',
  ])
  expect(await told({ runs, personalities: '{ p: { turns: { preset: normal, cut_in: 0.1 }, interruption_level: low } }' })).toEqual([])
  expect(await told({ runs, personalities: '{ p: { background_noise: spaceship } }' })).toEqual(['error SOUND_UNKNOWN'])
  expect(await told({ runs, personalities: '{ p: { background_noise: street } }' })).toEqual([])
})

test('a bound on cost needs the prices of engines that may cost something', async () => {
  const limits = '{ max_cost: 5 }'
  const hosted = 'engine: openai, base_url: "http://h", model: m'
  expect(await told({ limits, models: `{ tts: { ${hosted} }, stt: { ${hosted} } }` })).toEqual([
    'error SPEECH_PRICES_MISSING',
    'error SPEECH_PRICES_MISSING',
  ])
  expect(
    await told({ limits, models: `{ tts: { ${hosted}, prices: { per_character: 0 } }, stt: { engine: sherpa, models: m } }` }),
  ).toEqual([])
})

test('how a caller sounds is part of the digest; which recordings are kept, and where noises are on this machine, is not', async () => {
  const street = '{ background_noise: street }'
  expect(await digestOfPersonality(street)).toBe(await digestOfPersonality(street, 'none'))
  expect(await digestOfPersonality(street)).toBe(await digestOfPersonality(street, 'default', '/home/me/street.wav'))
  expect(await digestOfPersonality(street)).not.toBe(await digestOfPersonality('{ background_noise: { sound: street, snr_db: 5 } }'))
})

test('a report knows the numbers of every call, but no file of this machine', async () => {
  const { plan } = planOf(
    await suite({ personalities: '{ p: { turns: patient, background_noise: hum } }', runs: '[{ personalities: [p] }]' }),
  )
  const [entry] = JSON.parse(JSON.stringify(plan).replaceAll('"driftDb":3', '"driftDb":3,"file":"/home/hum.wav"')).entries
  const summary = summarise({ ...plan, entries: [entry] })
  expect(summary.entries[0]?.cases[0]?.call).toMatchObject({
    turns: turnPresets.patient,
    sound: { backgroundNoise: { sound: 'hum', snrDb: 15, driftDb: 3 } },
    hear: 'live',
  })
  expect(JSON.stringify(summary)).not.toContain('hum.wav')
})
