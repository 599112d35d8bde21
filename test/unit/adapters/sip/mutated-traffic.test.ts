import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IncomingCall } from '../../../../src/adapters/sip/incoming-call.js'
import { bytesOf, invalidMessages, readableMessages, validMessages } from '../../../support/sip/torture-messages.js'
import { mutation, type Mutation } from '../../../support/sip/mutate.js'
import { PaperMedia, sipRig } from '../../../support/sip/sip-rig.js'

const mutations = Number(process.env['SIP_TRAFFIC'] ?? 500)

test(
  'mutated requests and responses in the middle of calls crash nothing, and calls still work afterwards',
  { timeout: 3_600_000 },
  async () => {
    const rig = sipRig()
    const agent = rig.agent('10.0.0.1', { onCall: call => void answered(call) })
    rig.agent('10.0.0.2', { onCall: call => void answered(call) })
    const stranger = await rig.network.host('10.0.0.3').reach({ protocol: 'udp', address: '10.0.0.1', port: 5060 })
    const torture = [...validMessages, ...invalidMessages, ...readableMessages].map(bytesOf)
    const seen: Buffer[] = []
    let rounds = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(), mutation), { maxLength: 10 }), async each => {
        const { call } = rig.dial(agent)
        await rig.wait(10)
        // What this call has said so far, in both directions, is the best to be mutated.
        for (const { text } of rig.network.sent.slice(-10)) seen.push(Buffer.from(text))
        seen.splice(0, seen.length - 50)
        for (const [which, change] of each) stranger.send(mutatedOf([...torture, ...seen], which, change))
        await rig.wait(10)
        void call.hangUp()
        rig.network.sent.splice(0)
        // Whatever came of them is over before there is too much of it.
        rounds += 1
        if (rounds % 50 === 0) await rig.wait(100_000)
      }),
      { numRuns: mutations },
    )
    await rig.wait(200_000)
    const { call } = rig.dial(agent)
    expect(await call.answered).toBe(true)
    await call.hangUp()
    expect(await call.ended).toMatchObject({ by: 'us', cause: 'hung_up' })
    await rig.wait(200_000)
    expect(agent.calls).toEqual([])
  },
)

function mutatedOf(messages: readonly Buffer[], which: number, change: Mutation): Buffer {
  return change(messages[which % messages.length]!)
}

async function answered(call: IncomingCall): Promise<void> {
  call.ring()
  if (await call.answer(new PaperMedia('desk'))) return
  await call.ended
}
