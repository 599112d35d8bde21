import { expect, test } from 'vitest'
import type { LoopbackAgent } from '../../../../../src/adapters/channels/voice/lines/loopback.js'
import type { Stretch } from '../../../../../src/domain/sound.js'
import { powerOf } from '../../../../../src/adapters/audio/level.js'
import { scenario, step, text } from '../../../../support/build.js'
import { linesOf, transcriptOf } from '../../../../support/run-plan.js'
import { between, voiceCall, type Talking, type VoiceCallOptions } from '../../../../support/voice-call.js'

const goodbye = [...text('Bye.'), { type: 'endcall' }] as const
const asked = scenario({ firstMessage: text('What do you have?'), steps: [step({ kind: 'when', matcher: { contains: 'last' } }, goodbye)] })

/** Says three sentences with pauses of half a second between them, once the caller has asked. */
function threeSentences(talking: Talking): Partial<LoopbackAgent> {
  let isAsked = false
  return {
    speech: is => {
      if (is !== 'ends' || isAsked) return
      isAsked = true
      for (const startMs of [1_000, 4_500, 8_000]) talking.later(startMs, () => talking.speaks(3_000))
    },
  }
}

const asides = (stretches: readonly Stretch[]): readonly Stretch[] =>
  stretches.filter(({ kind }) => kind === 'backchannel' || kind === 'tic')

async function called(heard: readonly string[], options: VoiceCallOptions) {
  const { run, sent } = await voiceCall(asked, threeSentences, { heard, ...options })
  const { moments, sound, ending } = transcriptOf(run)
  expect(ending.reason).toBe('Testing agent-ended-call')
  const agent = sound!.stretches.filter(({ by }) => by === 'agent')
  return { run, sent, moments, agent, own: asides(sound!.stretches) }
}

const always = { backchannelShare: 1 }

test('"mm-hm" follows a sentence while the agent speaks on, never a question, and takes no turn', async () => {
  const { run, moments, agent, own } = await called(['We have Monday.', 'Or is that too soon?', 'That is the last one.'], { turns: always })
  expect(linesOf(run).map(line => line.replace(/^[\d.]+ /, ''))).toEqual([
    'caller: What do you have?',
    'agent: We have Monday.',
    'agent: Or is that too soon?',
    'caller: Mm-hm.',
    'agent: That is the last one.',
    'caller: Bye.',
  ])
  expect(own).toHaveLength(1)
  expect(own[0]).toMatchObject({ by: 'caller', kind: 'backchannel' })
  expect(own[0]!.startS - agent[1]!.startS).toBeLessThan(0.3)
  expect(moments.map(({ turn }) => turn)).toEqual([1, 1, 1, 1, 1, 2])
})

test('without marks at the ends of sentences nobody can tell a question, and says nothing', async () => {
  const { own } = await called(['we have monday', 'or is that too soon', 'that is the last one'], { turns: always })
  expect(own).toEqual([])
})

test('a caller says "mm-hm" in the share of sentences that its way to take turns states', async () => {
  expect(await countOf(0)).toBe(0)
  const some = await countOf(0.3)
  expect(some).toBeGreaterThan(2)
  expect(some).toBeLessThan(15)
})

async function countOf(backchannelShare: number): Promise<number> {
  let count = 0
  for (let seed = 1; seed <= 12; seed += 1) {
    count += (await called(['One.', 'Two.', 'The last.'], { turns: { backchannelShare }, seed })).own.length
  }
  return count
}

test('a caller with tics coughs, or speaks to somebody else, while the agent speaks; the same with the same seed', async () => {
  const sound = { tics: 'high' } as const
  const shown = new Set<string>()
  for (let seed = 1; seed <= 8; seed += 1) {
    const { moments, agent, own, sent } = await called(['One.', 'Two.', 'The last.'], { sound, seed })
    for (const tic of own) {
      expect(tic).toMatchObject({ by: 'caller', kind: 'tic' })
      const over = agent.find(({ startS, endS }) => startS < tic.startS && endS > tic.startS)
      expect(tic.startS - over!.startS).toBeGreaterThan(0.49)
      expect(tic.startS - over!.startS).toBeLessThan(2.2)
      expect(powerOf(between(sent, tic.startS, tic.endS))).toBeGreaterThan(10_000)
    }
    for (const moment of moments) if (moment.type === 'said' && moment.text.startsWith('[')) shown.add(moment.text)
    expect((await called(['One.', 'Two.', 'The last.'], { sound, seed })).own).toEqual(own)
  }
  expect(shown).toContain('[cough]')
  expect([...shown].some(each => each.startsWith('[aside: '))).toBe(true)
})

test('callers in other languages only cough', async () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const { moments } = await called(['Uno.', 'Dos.', 'The last.'], { sound: { tics: 'high' }, seed, language: 'es' })
    expect(moments.filter(each => each.type === 'said' && each.text.startsWith('[aside'))).toEqual([])
  }
})

test('what an agent gave no time for is kept back, and nothing of it comes later', async () => {
  for (let seed = 1; seed <= 5; seed += 1) {
    const { run } = await voiceCall(asked, brief, { heard: ['The last.'], sound: { tics: 'high' }, seed })
    expect(asides(transcriptOf(run).sound!.stretches)).toEqual([])
  }
})

function brief(talking: Talking): Partial<LoopbackAgent> {
  return {
    speech: is => {
      if (is === 'ends') talking.later(500, () => talking.speaks(400))
    },
  }
}
