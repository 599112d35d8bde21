import { expect, test } from 'vitest'
import type { Fault } from '../../../../src/domain/fault.js'
import type { RunEnded } from '../../../../src/domain/event.js'
import type { Sound } from '../../../../src/domain/sound.js'
import type { Channel } from '../../../../src/ports/channel.js'
import { document, scenario } from '../../../support/build.js'
import { fakeChannel, type Behaviour } from '../../../support/fake-channel.js'
import { conductPlan, transcriptOf } from '../../../support/run-plan.js'
import { agentAt, callerAt, soundOf } from '../../../support/sounds.js'
import { virtualClock } from '../../../support/virtual-clock.js'

const answers: Behaviour = {
  hears(_said, agent) {
    agent.says('Hello.')
    agent.hangsUp()
  },
}

/** Conducts one run over a channel that says how its calls sounded. */
async function runOf(sounds: readonly Sound[], behaviour = answers): Promise<RunEnded> {
  const clock = virtualClock()
  const plain = fakeChannel(clock, behaviour)
  let calls = 0
  const channel: Channel = {
    async open(call, hear, signal) {
      const conversation = await plain.open(call, hear, signal)
      const sound = sounds[Math.min(calls++, sounds.length - 1)]
      return { ...conversation, sound: async () => sound }
    },
    async [Symbol.asyncDispose]() {},
  }
  const { ended } = await conductPlan(document({ scenarios: [scenario({})] }), clock, channel)
  return ended[0]!
}

const stretches = [callerAt(0, 1), agentAt(2, 3)]
const clean = soundOf(stretches)
const late = soundOf(stretches, { pacing: { p99Ms: 80, worstMs: 90, late: 100, lost: 0, frames: 500 } })
const words = Array.from({ length: 50 }, () => 'apple').join(' ')
const unclear = soundOf(stretches, { selfHeard: { said: [{ text: words, heard: words.replaceAll('apple', 'maple') }], usualWer: 0 } })

test('a call keeps what was measured of its sound', async () => {
  const run = await runOf([clean])
  expect(run.outcome.status).toBe('passed')
  expect(transcriptOf(run).sound).toEqual(clean)
})

test('a machine that was too slow for the sound is no fault of the agent, and the call is tried again', async () => {
  const run = await runOf([late, clean])
  expect(run.outcome.status).toBe('passed')
  expect(run.earlier[0]?.outcome).toMatchObject({
    status: 'infra_error',
    fault: { code: 'late_audio', message: expect.stringContaining('100 of 500 frames were sent more than 20 ms late (p99 80 ms)') },
  })
})

test('what an agent breaks in a call that it could not hear well does not count against it', async () => {
  const fault: Fault = { by: 'agent', code: 'closed', message: 'it closed' }
  const breaks: Behaviour = { hears: (_said, agent) => agent.does({ type: 'broke', fault }) }
  expect((await runOf([late], breaks)).outcome).toMatchObject({ status: 'infra_error', fault: { code: 'late_audio' } })
  expect((await runOf([clean], breaks)).outcome).toMatchObject({ status: 'agent_error', fault: { code: 'closed' } })
})

test('a caller that nobody could understand makes the call invalid', async () => {
  const run = await runOf([unclear, clean])
  expect(run.outcome.status).toBe('passed')
  expect(run.earlier[0]?.outcome).toMatchObject({ status: 'caller_invalid', reason: expect.stringContaining('could not be understood') })
})
