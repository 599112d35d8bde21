import { describe, expect, test } from 'vitest'
import type { RunEnded } from '../../../../../src/domain/event.js'
import type { Scenario } from '../../../../../src/domain/document.js'
import type { Hearing } from '../../../../../src/domain/hearing.js'
import type { LoopbackAgent } from '../../../../../src/adapters/channels/voice/lines/loopback.js'
import type { Utterance } from '../../../../../src/domain/utterance.js'
import { scenario, somewhere, step, text } from '../../../../support/build.js'
import { linesOf, transcriptOf } from '../../../../support/run-plan.js'
import { answersAfter, voiceCall, type Talking } from '../../../../support/voice-call.js'

/** Answers after 1.5 s, at the speed of speech: first for 8 s, then for one. It stops so long after the caller's onset. */
const stopsAfter =
  (stopMs: number) =>
  (talking: Talking): Partial<LoopbackAgent> => {
    let [answers, wanted] = [0, 0]
    const speak = (leftMs: number, of: number): void => {
      if (leftMs <= 0 || of !== wanted) return
      talking.speaks(200)
      talking.later(200, () => speak(leftMs - 200, of))
    }
    return {
      speech(is) {
        if (is === 'begins') return talking.later(stopMs, () => (wanted += 1))
        answers += 1
        const ms = answers === 1 ? 8_000 : 1_000
        talking.later(1_500, () => speak(ms, wanted))
      },
    }
  }

const asks = (words: string): Scenario =>
  scenario({
    firstMessage: text('Hello.'),
    steps: [
      step({ kind: 'after', step: -1 }, [{ type: 'interruption', ms: 3_000 }, ...text(words)]),
      step({ kind: 'any' }, [...text('Thank you.'), { type: 'endcall' }]),
    ],
  })

const bySide = (run: RunEnded): string[] => transcriptOf(run).sound!.stretches.map(({ by, kind }) => kind ?? by)

/** Says something while the caller speaks, 1.5 s into its words, and answers 1.5 s after them. */
const speaksMeanwhile =
  (ms: number) =>
  (talking: Talking): Partial<LoopbackAgent> => ({
    speech: is => (is === 'begins' ? talking.later(1_500, () => talking.speaks(ms)) : talking.later(1_500, () => talking.speaks(1_000))),
  })

const insisting = { type: 'sound', tag: 'ignore_interruptions', scope: 'enclosed', at: somewhere } as const
const long = 'I have called you three times, and nobody could tell me when I can see the doctor.'
const speaksOn = (firstMessage: Utterance): Scenario =>
  scenario({ firstMessage, steps: [step({ kind: 'any' }, [...text('Thanks.'), { type: 'endcall' }])] })

describe.each<Hearing>(['live', 'after'])('what the agent says while the caller speaks on, heard %s', hear => {
  test.each<[string, number, Utterance]>([
    ['"mm-hm"', 400, text(long)],
    ['words that the caller ignores', 1_600, [insisting, ...text(long), { type: 'sound_end', tag: 'ignore_interruptions' }]],
  ])('%s is no answer', async (_, ms, firstMessage) => {
    const { run } = await voiceCall(speaksOn(firstMessage), speaksMeanwhile(ms), { hear, heard: ['Mm-hm.', 'On Monday.'] })
    expect(bySide(run)).toEqual(['caller', 'agent', 'agent', 'caller'])
    expect(linesOf(run).filter(line => line.includes('agent:'))).toHaveLength(2)
  })
})

describe.each<Hearing>(['live', 'after'])('an agent that the caller has interrupted, heard %s', hear => {
  test.each([
    ['at once', 100, 'Stop that, please, and let me speak to somebody.'],
    ['after the words that interrupted it', 900, 'Stop it.'],
  ])('stops %s, and is given the time to answer: what it had said before is no answer', async (_, stopMs, words) => {
    const { run } = await voiceCall(asks(words), stopsAfter(stopMs), { hear, heard: ['So let me tell you.', 'All right.'] })
    expect(bySide(run)).toEqual(['caller', 'agent', 'barge_in', 'agent', 'caller'])
    expect(linesOf(run).filter(line => line.includes('agent:'))).toHaveLength(2)
  })

  test('talks on, and is heard to the end', async () => {
    const { run } = await voiceCall(asks('Stop it.'), stopsAfter(60_000), { hear, heard: ['So let me tell you.', 'And that is all.'] })
    expect(bySide(run).slice(0, 4)).toEqual(['caller', 'agent', 'barge_in', 'caller'])
    const [, agentSpeech, , last] = transcriptOf(run).sound!.stretches
    expect(last!.startS - agentSpeech!.endS).toBeLessThan(2)
  })
})

test.each<Hearing>(['live', 'after'])('what the agent says while it is on hold is no answer to what follows, heard %s', async hear => {
  const onHold = scenario({
    firstMessage: [...text('One moment.'), { type: 'hold', ms: 6_000 }, ...text('It is number four.')],
    steps: [step({ kind: 'any' }, [...text('Thanks.'), { type: 'endcall' }])],
  })
  const { run } = await voiceCall(onHold, answersAfter(2_000, 1_200), { hear, heard: ['Take your time.', 'Thank you.'] })
  expect(bySide(run)).toEqual(['caller', 'agent', 'caller', 'agent', 'caller'])
})
