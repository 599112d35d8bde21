import { expect, test } from 'vitest'
import type { Weather } from '../../../support/sip/memory-network.js'
import type { IncomingCall } from '../../../../src/adapters/sip/incoming-call.js'
import { PaperMedia, sipRig } from '../../../support/sip/sip-rig.js'

const seeds = Array.from({ length: Number(process.env['SIP_SEEDS'] ?? 5) }, (_, i) => ({ seed: i + 1 }))

test.each(seeds)('20 calls at 20 % loss each way and 10 % duplicates all complete (seed $seed)', async ({ seed }) => {
  expect(await completed({ loss: 0.2, duplicates: 0.1, delayMs: [5, 120] }, seed)).toBe(20)
})

test.each(seeds)('18 of 20 calls at 40 % loss each way complete (seed $seed)', async ({ seed }) => {
  expect(await completed({ loss: 0.4, duplicates: 0.1, delayMs: [5, 120] }, seed)).toBeGreaterThanOrEqual(18)
})

/** Places 20 calls one after the other. @returns How many were answered, and ended as they should on both sides. */
async function completed(weather: Weather, seed: number): Promise<number> {
  const rig = sipRig(weather, seed)
  const incoming = new Map<string, IncomingCall>()
  rig.agent('10.0.0.2', {
    async onCall(call) {
      incoming.set(call.id, call)
      call.ring()
      await rig.wait(2_000)
      await call.answer(new PaperMedia('desk'))
    },
  })
  const agent = rig.agent('10.0.0.1')
  let complete = 0
  for (let i = 0; i < 20; i += 1) {
    const { call } = rig.dial(agent)
    if (!(await call.answered)) continue
    await rig.wait(10_000)
    await call.hangUp()
    const [ours, theirs] = await Promise.all([call.ended, incoming.get(call.id)!.ended])
    if (ours.cause === 'hung_up' && theirs.cause === 'hung_up' && theirs.by === 'them') complete += 1
  }
  return complete
}
