import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Personality } from '../../../../src/domain/document.js'
import { turnPresets } from '../../../../src/domain/turn-taking.js'
import { described, diagnosticsOf, documentOf, folderOf, loadIn, loadText, suiteWith } from './suites.js'

async function personality(yaml: string): Promise<Personality | undefined> {
  const { personalities } = await documentOf(suiteWith({ personalities: `{ p: ${yaml} }` }))
  return personalities[0]
}

test('a personality that says nothing of calls has neither turns nor sound', async () => {
  const calm = await personality('{ prompt: You are calm. }')
  expect([calm?.turns, calm?.sound]).toEqual([undefined, undefined])
})

test('a preset states its numbers, a level of interruption without one means eager, and any number is replaced', async () => {
  expect((await personality('{ turns: patient }'))?.turns).toEqual(turnPresets.patient)
  expect((await personality('{ interruption_level: high }'))?.turns).toEqual({ ...turnPresets.eager, cutInShare: 0.8 })
  const own =
    '{ preset: patient, end_of_turn: 2s, yield_after: 1ms, cut_in: 0.1, cut_in_after: 0s, cut_in_words: 2, insist: 3s, backchannels: 0.4, idle_prompt: 20s, idle_prompts: 1 }'
  expect((await personality(`{ turns: ${own} }`))?.turns).toEqual({
    preset: 'patient',
    endOfTurnMs: 2000,
    yieldAfterMs: 1,
    cutInShare: 0.1,
    cutInAfterMs: 0,
    cutInAfterWords: 2,
    insistMs: 3000,
    backchannelShare: 0.4,
    idlePromptMs: 20_000,
    idlePrompts: 1,
  })
})

test('a sound has defaults for all that it leaves out', async () => {
  const usual = { speed: 1, volume: 1, burstsPerMinute: 0, muffled: false, tics: 'none' }
  expect((await personality('{ speed: 1.2 }'))?.sound).toEqual({ ...usual, speed: 1.2 })
  expect((await personality('{ background_noise: street }'))?.sound).toEqual({
    ...usual,
    backgroundNoise: { sound: 'street', snrDb: 15, driftDb: 3 },
  })
  expect((await personality('{ network: { loss: 0.02 } }'))?.sound?.network).toEqual({
    loss: 0.02,
    meanBurstMs: 100,
    jitterMs: 0,
    delayMs: 0,
  })
})

test('a sound takes all that the suite says', async () => {
  const yaml =
    '{ voice: alloy, speed: 0.9, volume: 0.5, background_noise: { sound: babble, snr_db: 5, drift_db: 0 }, bursts_per_minute: 2, network: { loss: 0.1, mean_burst_ms: 200, jitter_ms: 20, delay_ms: 150 }, band: telephone, muffled: true, tics: low }'
  expect((await personality(yaml))?.sound).toEqual({
    voice: 'alloy',
    speed: 0.9,
    volume: 0.5,
    backgroundNoise: { sound: 'babble', snrDb: 5, driftDb: 0 },
    burstsPerMinute: 2,
    network: { loss: 0.1, meanBurstMs: 200, jitterMs: 20, delayMs: 150 },
    band: 'telephone',
    muffled: true,
    tics: 'low',
  })
})

test('a recording is found beside the file that names it', async () => {
  const folder = folderOf({
    'suite.yaml': suiteWith({ include: '[people/p.yaml]', personalities: '' }),
    'people/p.yaml': 'personalities: { p: { background_noise: Street.WAV } }',
    'people/Street.WAV': 'RIFF',
  })
  const loaded = await loadIn(folder)
  expect('document' in loaded && loaded.document.personalities[0]?.sound?.backgroundNoise).toEqual({
    sound: 'Street.WAV',
    file: resolve(folder, 'people/Street.WAV'),
    snrDb: 15,
    driftDb: 3,
  })
})

test.each([
  ['{ turns: fast }', ['VALUE_UNKNOWN suite.yaml: fast']],
  ['{ turns: { end_of_turn: 0s } }', ['DURATION_ZERO suite.yaml: 0s']],
  ['{ volume: 3 }', ['VALUE_OUT_OF_RANGE suite.yaml: 3']],
  ['{ band: radio }', ['VALUE_UNKNOWN suite.yaml: radio']],
])('%s is refused where it is wrong', async (yaml, told) => {
  expect(described(diagnosticsOf(await loadText(suiteWith({ personalities: `{ p: ${yaml} }` }))))).toEqual(told)
})
