import { expect, test } from 'vitest'
import type { Scenario } from '../../../../src/domain/document.js'
import type { RunEnded } from '../../../../src/domain/event.js'
import { document, entry, scenario, step, text } from '../../../support/build.js'
import { conductPlan, linesOf, transcriptOf } from '../../../support/run-plan.js'
import { speakingChannel, type SpeakingAgent } from '../../../support/speaking-channel.js'
import { virtualClock } from '../../../support/virtual-clock.js'

async function call(opens: (agent: SpeakingAgent) => void, asked: Scenario): Promise<{ run: RunEnded; log: string[] }> {
  const clock = virtualClock()
  const channel = speakingChannel(clock, opens)
  const { ended } = await conductPlan(document({ scenarios: [asked], entries: [entry()] }), clock, channel)
  return { run: ended[0]!, log: channel.log }
}

const goodbye = [...text('Bye.'), { type: 'endcall' }] as const

test('the agent is heard while the caller speaks, and both stand in the order in which they began', async () => {
  const { run } = await call(
    agent => {
      agent.later(300, () => agent.speaks('Yes?', 900))
      agent.later(3_000, () => agent.speaks('Cancelled.', 500))
    },
    scenario({
      firstMessage: text('I would like to cancel.'),
      steps: [step({ kind: 'when', matcher: { contains: 'cancelled' } }, goodbye)],
    }),
  )
  expect(linesOf(run)).toEqual(['0 caller: I would like to cancel.', '0.3 agent: Yes?', '3 agent: Cancelled.', '3.51 caller: Bye.'])
  const { moments, ending } = transcriptOf(run)
  expect(moments.map(({ turn }) => turn)).toEqual([1, 1, 1, 2])
  expect(moments[0]).toMatchObject({ startS: 0, endS: 2.3 })
  expect(ending).toEqual({ by: 'caller', reason: 'Testing agent-ended-call', atS: 3.91 })
})

test('an agent that hangs up while the caller speaks cuts it off', async () => {
  const { run, log } = await call(
    agent => {
      agent.speaks('Wrong number.', 200)
      agent.later(1_000, agent.hangsUp)
    },
    scenario({ firstMessage: text('I would like to cancel.') }),
  )
  expect(log).toEqual(['I would like to cancel.', 'cut(I would li)'])
  const { moments, ending } = transcriptOf(run)
  expect(moments[0]).toMatchObject({ by: 'caller', text: 'I would li', cut: true, startS: 0, endS: 1 })
  expect(ending).toMatchObject({ by: 'agent', reason: 'Main agent-ended-call', atS: 1 })
})

test('nobody asks whether an agent is there that is speaking, however long it takes', async () => {
  const { log } = await call(
    agent => agent.later(1_000, () => agent.speaks('Once upon a time ...', 60_000)),
    scenario({ steps: [step({ kind: 'any' }, goodbye)] }, { idleTimeoutMs: 5_000 }),
  )
  expect(log).toEqual(['Hi.', 'Bye.', 'end()'])
})

test('an agent that begins to speak breaks into a silence', async () => {
  const { run } = await call(
    agent => agent.later(1_000, () => agent.speaks('Yes?', 500)),
    scenario({
      firstMessage: [...text('Well'), { type: 'silence', ms: 3_000 }, ...text('as I said')],
      steps: [step({ kind: 'any' }, goodbye)],
    }),
  )
  expect(linesOf(run)).toEqual(['0 caller: Well', '1 agent: Yes?', '1.51 caller: Bye.'])
})

test('a caller that the agent speaks over does not say the rest of its turn', async () => {
  const clock = virtualClock()
  const spoken = speakingChannel(clock, agent => agent.later(400, () => agent.speaks('Wait!', 3_000)))
  const yielding: typeof spoken = {
    ...spoken,
    async open(opened, hear, signal) {
      const conversation = await spoken.open(opened, hear, signal)
      return {
        ...conversation,
        say(part) {
          const saying = conversation.say(part)
          // As a mouth does that yields: it stops by itself.
          clock.after(1_000, saying.cut)
          return saying
        },
      }
    },
  }
  const asked = scenario({ firstMessage: [...text('I would like to cancel.'), { type: 'hold', ms: 10 }, ...text('And to book.')] })
  const { ended } = await conductPlan(document({ scenarios: [asked], entries: [entry()] }), clock, yielding)
  expect(linesOf(ended[0]!).slice(0, 2)).toEqual(['0 caller: I would li', '0.4 agent: Wait!'])
  expect(spoken.log).not.toContain('And to book.')
})
