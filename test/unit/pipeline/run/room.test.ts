import { expect, test } from 'vitest'
import type { Caller } from '../../../../src/ports/caller.js'
import { document, entry, scenario, text } from '../../../support/build.js'
import { fakeChannel } from '../../../support/fake-channel.js'
import { conductPlan } from '../../../support/run-plan.js'
import { virtualClock } from '../../../support/virtual-clock.js'

const told = scenario({}, { behaviour: { kind: 'instructions', instructions: 'Be calm.' }, frequency: 3 })
const bye: Caller = {
  idlePrompt: '',
  open: () => ({ type: 'say', utterance: [...text('Bye.'), { type: 'endcall' }], cause: { kind: 'instructions' } }),
  answer: () => ({ type: 'wait' }),
}

test("a run starts when its caller's model can serve it, and a scripted one at once", async () => {
  const clock = virtualClock()
  const script = scenario({}, { key: 'scripted' } as never)
  const suite = document({ scenarios: [told, script], entries: [entry()] })
  const { events } = await conductPlan(suite, clock, fakeChannel(clock, {}), {
    caller: () => bye,
    room: () => new Promise(resolve => void clock.after(5000, resolve)),
  })
  const started = events.flatMap(event => (event.type === 'run.started' ? [[event.run.split('#')[0], event.at]] : []))
  const at = (run: RegExp): Set<unknown> => new Set(started.filter(([name]) => run.test(name ?? '')).map(([, when]) => when))
  expect([...at(/scripted/)]).toEqual(['2026-01-01T00:00:00.000Z'])
  expect([...at(/^(?!.*scripted)/)]).toEqual(['2026-01-01T00:00:05.000Z'])
})

test('a run that is not wanted any more does not wait for its model', async () => {
  const clock = virtualClock()
  let aborted = 0
  const { ended } = await conductPlan(document({ scenarios: [told], entries: [entry()] }), clock, fakeChannel(clock, {}), {
    admit: () => (clock.now() < 1000 ? undefined : 'cancelled'),
    room: signal =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted += 1
          reject(signal.reason as Error)
        })
      }),
  })
  expect(ended.map(({ outcome }) => outcome)).toEqual([1, 2, 3].map(() => ({ status: 'not_run', reason: 'cancelled' })))
  expect([aborted, clock.now()]).toEqual([3, 1000])
})

test('a retry waits for room too', async () => {
  const clock = virtualClock()
  let asked = 0
  const { ended } = await conductPlan(
    document({ scenarios: [{ ...told, frequency: 1 }], entries: [entry()] }),
    clock,
    fakeChannel(clock, {}),
    {
      caller: () => bye,
      audit: async () => (asked === 1 ? 'it played the agent' : undefined),
      room: () => void (asked += 1),
    },
  )
  expect(ended[0]!.earlier).toHaveLength(1)
  expect(asked).toBe(2)
})
