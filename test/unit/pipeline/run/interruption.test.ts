import { expect, test } from 'vitest'
import { modelCaller } from '../../../../src/adapters/callers/model-driven.js'
import { seededRandom } from '../../../../src/adapters/clocks/system.js'
import type { Personality } from '../../../../src/domain/document.js'
import { document, entry, scenario, somewhere } from '../../../support/build.js'
import { fakeChannel } from '../../../support/fake-channel.js'
import { fakeModel, questionOf } from '../../../support/fake-model.js'
import { conductPlan, linesOf } from '../../../support/run-plan.js'
import { virtualClock } from '../../../support/virtual-clock.js'
import { moveOf } from '../../adapters/callers/plays.js'

/** Says something, then more 50 and 100 ms later; hangs up when it has been answered twice. */
const talkative = {
  hears: (said: string, agent: { says(text: string): void; hangsUp(): void; later(ms: number, then: () => void): void }) => {
    if (said !== 'Hi.') return agent.hangsUp()
    agent.says('One.')
    agent.later(50, () => agent.says('Two.'))
    agent.later(100, () => agent.says('Three.'))
  },
}

/** Takes 20 ms to say how many messages it has heard. */
async function callBy(personality: Partial<Personality>, seed: number): Promise<string[]> {
  const clock = virtualClock()
  const model = fakeModel(async (request, nth) => {
    await new Promise<void>(resolve => void clock.after(20, resolve))
    return moveOf(nth === 0 ? 'Hi.' : `I heard ${questionOf(request).match(/The agent says/g)?.length}.`)
  })
  const named = { key: 'p', name: 'P', at: somewhere, language: 'en', ...personality }
  const talk = { ...scenario({}), behaviour: { kind: 'instructions', instructions: 'Talk.' } as const, personality: named }
  const suite = document({ scenarios: [talk], entries: [entry()], personalities: [named] })
  const { ended } = await conductPlan(suite, clock, fakeChannel(clock, talkative), {
    caller: modelCaller(model),
    randomOf: name => seededRandom(seed, name),
  })
  return linesOf(ended[0]!)
}

test('who does not interrupt hears the agent out: 150 ms after its last message it begins to think', async () => {
  expect(await callBy({}, 1)).toEqual([
    '0.02 caller: Hi.',
    '0.02 agent: One.',
    '0.07 agent: Two.',
    '0.12 agent: Three.',
    '0.29 caller: I heard 3.',
  ])
})

test('who is fast waits for less, who is slow for more and takes a pause', async () => {
  expect((await callBy({ pace: 'fast' }, 1)).at(-1)).toBe('0.215 caller: I heard 3.')
  const [three, answer] = (await callBy({ pace: 'slow' }, 1)).slice(-2)
  expect(answer).toMatch(/caller: I heard 3\.$/)
  const waitedS = Number.parseFloat(answer ?? '') - Number.parseFloat(three ?? '')
  expect(waitedS).toBeGreaterThanOrEqual(0.3 + 0.02 + 0.4 - 0.001)
  expect(waitedS).toBeLessThanOrEqual(0.3 + 0.02 + 0.8 + 0.001)
})

test('who interrupts answers the first message, and does not give way to what comes while it thinks', async () => {
  const calls = await Promise.all([1, 2, 3, 4, 5].map(seed => callBy({ interruptionLevel: 'high' }, seed)))
  const interrupted = ['0.02 caller: Hi.', '0.02 agent: One.', '0.04 caller: I heard 1.']
  expect(calls).toContainEqual(interrupted)
  expect(await callBy({ interruptionLevel: 'high' }, 1)).toEqual(calls[0])
})
