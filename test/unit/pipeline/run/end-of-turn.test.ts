import { expect, test } from 'vitest'
import type { MessageSettings } from '../../../../src/domain/turn-text.js'
import { agent, document, entry, scenario, step, text } from '../../../support/build.js'
import { fakeChannel, type Behaviour } from '../../../support/fake-channel.js'
import { conductPlan, linesOf } from '../../../support/run-plan.js'
import { virtualClock } from '../../../support/virtual-clock.js'

/** An agent that says its pieces one after another, after what it hears first. */
const streaming = (pieces: readonly string[], everyMs: number): Behaviour => ({
  hears: (said, voice) => {
    if (said !== 'Hi.') return
    for (const [i, piece] of pieces.entries()) voice.later(i * everyMs, () => voice.says(piece))
  },
})

async function heard(behaviour: Behaviour, messages: MessageSettings): Promise<readonly string[]> {
  const clock = virtualClock()
  const script = scenario({ steps: [step({ kind: 'any' }, [...text('So.'), { type: 'endcall' }])] })
  const suite = document({ scenarios: [script], entries: [entry({ agent: agent({ messages }) })] })
  const { ended } = await conductPlan(suite, clock, fakeChannel(clock, behaviour))
  return linesOf(ended[0]!)
}

test('the caller lets the agent finish: 400 ms after what does not end like a sentence, 150 ms after what does', async () => {
  expect(await heard(streaming(['Tell ', 'me ', 'more.'], 399), { join: 'auto', endOfTurn: 'auto' })).toEqual([
    '0 caller: Hi.',
    '0 agent: Tell ',
    '0.399 agent: me ',
    '0.798 agent: more.',
    '0.948 caller: So.',
  ])
})

test('it speaks when the pause is longer', async () => {
  expect(await heard(streaming(['Tell ', 'me'], 401), { join: 'auto', endOfTurn: 'auto' })).toEqual([
    '0 caller: Hi.',
    '0 agent: Tell ',
    '0.4 caller: So.',
  ])
})

test('the suite may say how long the pause is, and that there is none', async () => {
  expect(await heard(streaming(['Tell ', 'me'], 700), { join: 'auto', endOfTurn: 800 })).toContain('1.5 caller: So.')
  expect(await heard(streaming(['Tell ', 'me'], 1), { join: 'auto', endOfTurn: 0 })).toEqual([
    '0 caller: Hi.',
    '0 agent: Tell ',
    '0 caller: So.',
  ])
})

test('a step of the script is matched on the turn as one text', async () => {
  const clock = virtualClock()
  const script = scenario({ steps: [step({ kind: 'when', matcher: { equals: 'credit card' } }, [...text('No.'), { type: 'endcall' }])] })
  const suite = document({ scenarios: [script], entries: [entry({ agent: agent() })] })
  const { ended } = await conductPlan(suite, clock, fakeChannel(clock, streaming(['credit', ' card'], 5)))
  expect(linesOf(ended[0]!).at(-1)).toBe('0.015 caller: No.')
})
