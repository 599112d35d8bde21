import { describe, expect, test } from 'vitest'
import { createVoiceChannels } from '../../../../../src/adapters/channels/voice.js'
import { loopback, type LoopbackAgent } from '../../../../../src/adapters/channels/voice/lines/loopback.js'
import type { Hearing } from '../../../../../src/domain/hearing.js'
import type { RunEnded } from '../../../../../src/domain/event.js'
import type { Scenario } from '../../../../../src/domain/document.js'
import type { SelfHearing, SpokenWords } from '../../../../../src/ports/speech.js'
import { agent, document, entry, scenario, step, text } from '../../../../support/build.js'
import { conductPlan, linesOf, transcriptOf } from '../../../../support/run-plan.js'
import { ownThread } from '../../../../support/talking.js'
import { virtualClock } from '../../../../support/virtual-clock.js'
import { answersAfter, callRate as rate, voiceCall, type Talking } from '../../../../support/voice-call.js'

const goodbye = [...text('Bye.'), { type: 'endcall' }] as const
const clinic = agent({ connection: { type: 'chirp', url: 'ws://clinic.test' } })

async function call(
  asked: Scenario,
  heard: readonly string[],
  answer: (agent: Talking) => Partial<LoopbackAgent>,
  hear: Hearing = 'live',
): Promise<RunEnded> {
  return (await voiceCall(asked, answer, { heard, hear })).run
}

test('a call in sound: both sides speak, and the words and times are those that were heard', async () => {
  const asked = scenario({
    firstMessage: text('I would like to cancel my appointment.'),
    steps: [
      step({ kind: 'when', matcher: { contains: 'name' } }, text('It is Maria Lopez.')),
      step({ kind: 'when', matcher: { contains: 'cancelled' } }, goodbye),
    ],
  })
  const run = await call(asked, ['What is your name?', 'It is cancelled.'], answersAfter(1_000, 1_200))
  expect(run.outcome.status).toBe('passed')
  expect(linesOf(run).map(line => line.replace(/^[\d.]+ /, ''))).toEqual([
    'caller: I would like to cancel my appointment.',
    'agent: What is your name?',
    'caller: It is Maria Lopez.',
    'agent: It is cancelled.',
    'caller: Bye.',
  ])
  const { moments, sound, ending } = transcriptOf(run)
  expect(ending).toMatchObject({ by: 'caller', reason: 'Testing agent-ended-call' })
  expect(sound).toMatchObject({ rate, mouth: 'fake mouth', ears: 'fake ears', detector: 'energy', pacing: { lost: 0, late: 0 } })
  const stretches = sound!.stretches
  expect(stretches.map(({ by }) => by)).toEqual(['caller', 'agent', 'caller', 'agent', 'caller'])
  // A known delay of a second is measured.
  expect(stretches[1]!.startS - stretches[0]!.endS).toBeCloseTo(1, 1)
  expect(stretches[3]!.startS - stretches[2]!.endS).toBeCloseTo(1, 1)
  // The caller answers 0.8 s after the agent is done.
  expect(stretches[2]!.startS - stretches[1]!.endS).toBeGreaterThan(0.79)
  expect(stretches[2]!.startS - stretches[1]!.endS).toBeLessThan(1)
  expect(moments[1]!.startS).toBeCloseTo(stretches[1]!.startS, 2)
})

test('what is wrong with what the agent sends, and yet harmless, is kept with the call, once', async () => {
  const run = await call(scenario({}), ['Hello.'], ({ tell, speaks, later }) => {
    later(100, () => {
      for (const warning of ['It sent half a sample.', 'It sent half a sample.', 'It sent no name.']) tell({ type: 'warned', warning })
      speaks(500)
      later(3000, () => tell({ type: 'ended' }))
    })
    return {}
  })
  expect(run.outcome).toMatchObject({ transcript: { sound: { warnings: ['It sent half a sample.', 'It sent no name.'] } } })
})

test('a caller that is talked over falls silent, and its words are those that were said', async () => {
  const words = 'I would like to cancel my appointment, and I would like to book another one for next week, if that is possible at all.'
  const asked = scenario({ firstMessage: text(words), steps: [step({ kind: 'any' }, goodbye)] })
  const run = await call(asked, ['Wait a moment, please, I did not understand.'], talking => {
    talking.later(1_500, () => talking.speaks(3_000))
    return {}
  })
  const { moments, sound } = transcriptOf(run)
  const [first] = moments
  expect(first).toMatchObject({ by: 'caller', cut: true })
  expect(words.startsWith((first as { text: string }).text)).toBe(true)
  expect(sound!.stretches[0]).toMatchObject({ by: 'caller', cut: true })
  // The policy's second, and no more than 60 ms beside it.
  const overlap = sound!.stretches[0]!.endS - sound!.stretches[1]!.startS
  expect(overlap).toBeGreaterThan(0.95)
  expect(overlap).toBeLessThan(1.06)
})

test('a follow-up cuts in on an agent that speaks on and on', async () => {
  const asked = scenario({
    firstMessage: text('Hello.'),
    steps: [step({ kind: 'after', step: -1 }, [{ type: 'interruption', ms: 2_000 }, ...text('Stop!'), { type: 'endcall' }])],
  })
  const run = await call(asked, ['So let me tell you all about it.'], answersAfter(500, 8_000))
  const { sound, ending } = transcriptOf(run)
  const [, agentSpeech, cutIn] = sound!.stretches
  expect(cutIn).toMatchObject({ by: 'caller', kind: 'barge_in' })
  expect(cutIn!.startS - agentSpeech!.startS).toBeGreaterThan(1.9)
  expect(cutIn!.startS - agentSpeech!.startS).toBeLessThan(2.3)
  expect(ending.reason).toBe('Testing agent-ended-call')
})

/** When the caller has cut in, in seconds after the agent began. */
const onsets = (run: RunEnded): number[] => {
  const [, agentSpeech, ...rest] = transcriptOf(run).sound!.stretches
  return rest.filter(({ by, kind }) => by === 'caller' && kind === 'barge_in').map(({ startS }) => startS - agentSpeech!.startS)
}

describe('a caller that cuts in', () => {
  const steps = [step({ kind: 'any' }, text('All right.')), step({ kind: 'any' }, [...text('Bye.'), { type: 'endcall' }])]
  const asked = scenario({ firstMessage: text('Hello.'), steps })
  const cutsIn = { cutInShare: 1, cutInAfterMs: 3_000 }
  test('does so in a script, once the agent has spoken for long enough, though its words come later', async () => {
    const { run } = await voiceCall(asked, answersAfter(500, 6_000), { heard: ['One.', 'Two.'], hear: 'after', turns: cutsIn })
    const [first = 0] = onsets(run)
    expect(first).toBeGreaterThan(2.9)
    expect(first).toBeLessThan(3.3)
  })

  test('does so on words that nobody has made out yet, where the next step is said whatever they are', async () => {
    const { run } = await voiceCall(asked, answersAfter(500, 6_000), { heard: ['One.', 'Two.'], hear: 'live', turns: cutsIn })
    expect(onsets(run)[0]).toBeLessThan(3.3)
    const listening = scenario({ firstMessage: text('Hello.'), steps: [step({ kind: 'when', matcher: { contains: 'one' } }, goodbye)] })
    const { run: other } = await voiceCall(listening, answersAfter(500, 6_000), { heard: ['One.'], hear: 'live', turns: cutsIn })
    expect(onsets(other)).toEqual([])
  })

  test('says no more than one turn over an agent that does not stop', async () => {
    const deaf = answersAfter(500, 30_000)
    let answers = 0
    const { run } = await voiceCall(
      asked,
      talking => ({ speech: is => void (is === 'ends' && (answers += 1) === 1 && deaf(talking).speech?.('ends')) }),
      { heard: ['One.'], hear: 'after', turns: { ...cutsIn, insistMs: 1_000 } },
    )
    expect(onsets(run)).toHaveLength(1)
  })

  test('never does so if its share is 0, whatever its level of interruption', async () => {
    const { run } = await voiceCall(asked, answersAfter(500, 6_000), { heard: ['One.', 'Two.'], hear: 'after', turns: { cutInShare: 0 } })
    expect(onsets(run)).toEqual([])
  })
})

test("an agent's last words are heard before its hang-up", async () => {
  const asked = scenario({ firstMessage: text('Hello.'), steps: [] })
  const run = await call(asked, ['Wrong number, goodbye.'], talking => ({
    speech: is => {
      if (is === 'ends')
        talking.later(500, () => {
          talking.speaks(1_000)
          talking.later(1_300, () => talking.tell({ type: 'ended' }))
        })
    },
  }))
  expect(linesOf(run).at(-1)).toContain('agent: Wrong number, goodbye.')
  expect(transcriptOf(run).ending).toMatchObject({ by: 'agent', reason: 'Main agent-ended-call-after-message-spoken' })
})

test('words that nobody needs during the call are made out after it, whoever hangs up', async () => {
  const asked = scenario({ firstMessage: text('Hello.'), steps: [] })
  const run = await call(
    asked,
    ['How can I help?', 'Nobody there? Goodbye.'],
    talking => ({
      speech: is => {
        if (is !== 'ends') return
        talking.later(500, () => talking.speaks(1_000))
        talking.later(4_000, () => talking.speaks(1_000))
        talking.later(5_300, () => talking.tell({ type: 'ended' }))
      },
    }),
    'after',
  )
  expect(linesOf(run).map(line => line.replace(/^[\d.]+ /, ''))).toEqual([
    'caller: Hello.',
    'agent: How can I help?',
    'agent: Nobody there? Goodbye.',
  ])
  expect(transcriptOf(run).ending).toMatchObject({ by: 'agent', reason: 'Main agent-ended-call-after-message-spoken' })
})

test('a caller that answers anything does so before the words are made out, and who hangs up is told', async () => {
  const asked = scenario({ firstMessage: [], steps: [step({ kind: 'any' }, text('One.')), step({ kind: 'any' }, text('Two.'))] })
  let turns = 0
  const run = await call(
    asked,
    ['Welcome.', 'Which?', 'Goodbye.'],
    talking => {
      talking.later(400, () => talking.speaks(1_000))
      return {
        speech: is => {
          if (is !== 'ends') return
          turns += 1
          talking.later(500, () => talking.speaks(1_000))
          if (turns === 2) talking.later(2_000, () => talking.tell({ type: 'ended' }))
        },
      }
    },
    'after',
  )
  expect(linesOf(run).map(line => line.replace(/^[\d.]+ /, ''))).toEqual([
    'agent: Welcome.',
    'caller: One.',
    'agent: Which?',
    'caller: Two.',
    'agent: Goodbye.',
  ])
  expect(transcriptOf(run).ending).toMatchObject({ by: 'agent', reason: 'Main agent-ended-call-after-message-spoken' })
})

const long = Array.from({ length: 9 }, () => 'This is said over and over.').join(' ')

test.each([
  ['who is understood', long, (words: string) => words, 'passed'],
  ['whom nobody understands', long, (words: string) => words.replaceAll('over', 'clover'), 'caller_invalid'],
  ['of few words', 'Over and out.', () => '', 'passed'],
])('a caller %s is no failure of the agent', async (_, words, misheard, status) => {
  const asked = scenario({ firstMessage: text(words), steps: [step({ kind: 'any' }, goodbye)] })
  const listened: SpokenWords[] = []
  const hearing: SelfHearing = {
    async listen(said) {
      listened.push(...said)
      return { said: said.map(each => ({ text: each.text, heard: misheard(each.text) })), usualWer: 0.02 }
    },
  }
  const { run } = await voiceCall(asked, answersAfter(1_000, 1_000), {
    heard: ['Sure.'],
    sound: { voice: 'slt', speed: 1.1, band: 'telephone' },
    selfHearing: { hearing, leastWords: 40 },
  })
  expect(run.outcome.status).toBe(status)
  // An attempt that proves nothing is repeated.
  expect(listened.slice(0, 2)).toEqual(words === long ? [long, 'Bye.'].map(each => ({ text: each, voice: 'slt', speed: 1.1 })) : [])
  expect('selfHeard' in transcriptOf(run).sound!).toBe(words === long)
})

test('a call of keys and timing needs no ears, and nothing waits for words', async () => {
  const asked = scenario({
    firstMessage: [],
    steps: [step({ kind: 'any' }, [{ type: 'dtmf', digits: '1' }]), step({ kind: 'any' }, goodbye)],
  })
  const run = await call(
    asked,
    [],
    talking => {
      talking.later(400, () => talking.speaks(1_000))
      return { press: () => talking.later(700, () => talking.speaks(1_000)) }
    },
    'never',
  )
  expect(linesOf(run).map(line => line.replace(/^[\d.]+ /, ''))).toEqual(['caller: #1', 'caller: Bye.'])
  const { sound, moments } = transcriptOf(run)
  expect(sound!.stretches.map(({ by }) => by)).toEqual(['agent', 'agent', 'caller'])
  expect(sound!.stretches[1]!.startS - moments[0]!.endS).toBeCloseTo(0.7, 1)
})

test('a caller without a mouth proves nothing', async () => {
  const clock = virtualClock()
  const channel = await createVoiceChannels(() => ownThread(clock, () => loopback(rate, () => ({ send: () => undefined }))))(clinic, {
    clock,
    concurrency: 1,
  })
  const { ended } = await conductPlan(document({ entries: [entry({ agent: clinic })] }), clock, channel)
  expect(ended[0]!.outcome).toMatchObject({ status: 'infra_error', fault: { message: expect.stringContaining('models.tts') as string } })
})

test.each([
  [{}, '+12025550142'],
  [{ to: '+12025550143' }, '+12025550143'],
])("an agent's number is the one that is called, unless its connection has one: %j", async (more, to) => {
  const clock = virtualClock()
  const called: unknown[] = []
  const threads = ownThread(clock, ({ connection }) => {
    called.push('to' in connection && connection.to)
    return loopback(8_000, () => ({ send: () => undefined }))
  })
  const phone = agent({ connection: { type: 'twilio_stream', url: 'ws://clinic.test', ...more }, contactNumber: '+12025550142' })
  const channel = await createVoiceChannels(() => threads)(phone, { clock, concurrency: 1 })
  await conductPlan(document({ entries: [entry({ agent: phone })] }), clock, channel)
  expect(called.at(-1)).toBe(to)
})
