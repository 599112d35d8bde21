import { expect, test } from 'vitest'
import type { Caller, CallerMove } from '../../../../src/ports/caller.js'
import { document, text } from '../../../support/build.js'
import { fakeChannel } from '../../../support/fake-channel.js'
import { conductPlan, linesOf } from '../../../support/run-plan.js'
import { virtualClock } from '../../../support/virtual-clock.js'

const answering = { hears: (_said: string, agent: { says(text: string): void }) => agent.says('Yes?') }
const lapse: CallerMove = { type: 'lapse', reason: 'turn 2: the caller repeated its instructions' }

const callerThat = (move: CallerMove) => (): Caller => ({
  idlePrompt: 'Hello?',
  open: () => ({ type: 'say', utterance: text('Hi.'), cause: { kind: 'first_message' } }),
  answer: () => move,
})

test('a caller that cannot keep to what it was told hangs up; the run is caller_invalid, unscored, and tried again', async () => {
  const clock = virtualClock()
  const channel = fakeChannel(clock, answering)
  const { ended } = await conductPlan(document(), clock, channel, {
    caller: callerThat(lapse),
    score: () => {
      throw new Error('it was scored')
    },
  })

  const [run] = ended
  expect(run?.outcome).toMatchObject({ status: 'caller_invalid', reason: 'turn 2: the caller repeated its instructions' })
  expect(run?.outcome).toMatchObject({ transcript: { ending: { by: 'caller', reason: 'Testing agent-ended-call' } } })
  expect(run?.earlier.map(({ outcome }) => outcome.status)).toEqual(['caller_invalid', 'caller_invalid'])
  expect(linesOf(run!)).toEqual(['0 caller: Hi.', '0 agent: Yes?'])
  expect(channel.log).toContain('end()')
})

test('one that cannot even open says nothing at all', async () => {
  const clock = virtualClock()
  const { ended } = await conductPlan(
    document({ retries: { infraError: 0, agentError: 0, failed: 0 } }),
    clock,
    fakeChannel(clock, answering),
    {
      caller: () => ({ ...callerThat(lapse)(), open: () => lapse }),
    },
  )
  expect(ended[0]?.outcome.status).toBe('caller_invalid')
  expect(linesOf(ended[0]!)).toEqual([])
})
