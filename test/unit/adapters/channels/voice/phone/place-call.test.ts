import { expect, test } from 'vitest'
import { placeCall } from '../../../../../../src/adapters/channels/voice/phone/place-call.js'
import { ScriptedCall } from '../../../../../support/sip/scripted-call.js'
import { PaperMedia, sipRig, uriOf } from '../../../../../support/sip/sip-rig.js'

/** Places a call, whose first answers are 503, each with a Retry-After or none. */
async function placeWith(retryAfter: readonly (string | undefined)[]) {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  let held = 0
  let asked = 0
  const given = new AbortController()
  const order = {
    to: uriOf('sip:desk@10.0.0.2'),
    from: uriOf('sip:+15555550111@10.0.0.1'),
    media: new PaperMedia('caller'),
    ringMs: 60_000,
  }
  const placing = placeCall(order, {
    userAgent: rig.agent('10.0.0.1'),
    credentials: undefined,
    clock: rig.clock,
    signal: given.signal,
    mayCallAgain: async () => void (asked += 1),
    placed() {},
    hold() {
      const sinceMs = rig.clock.now()
      return () => (held += rig.clock.now() - sinceMs)
    },
  })
  for (const seconds of retryAfter) {
    const call = await ScriptedCall.of(peer)
    call.answer({ status: 503, tag: 'x', ...(seconds !== undefined && { headers: [['Retry-After', seconds]] }) })
    await rig.wait(Number(seconds ?? 0) * 1000 + 100)
  }
  return { rig, peer, placing, given, heldMs: () => held, askedAgain: () => asked }
}

test('a server that is overloaded is called again when it says, and the time of the run stands still until then', async () => {
  const { peer, placing, heldMs, askedAgain } = await placeWith(['7', '2'])
  ;(await ScriptedCall.of(peer)).accept()
  expect(await (await placing).answered).toBe(true)
  expect([peer.count('INVITE'), heldMs(), askedAgain()]).toEqual([3, 9000, 2])
})

test('a server that does not say for how long it is overloaded is not called again', async () => {
  const { peer, placing } = await placeWith([undefined])
  expect(await (await placing).ended).toMatchObject({ status: 503 })
  expect(peer.count('INVITE')).toBe(1)
})

test('a server that wants more patience than two minutes is not waited for', async () => {
  const { peer, placing, heldMs } = await placeWith(['60'])
  ;(await ScriptedCall.of(peer)).answer({ status: 503, tag: 'y', headers: [['Retry-After', '61']] })
  expect(await (await placing).ended).toMatchObject({ status: 503, retryAfterMs: 61_000 })
  expect([peer.count('INVITE'), heldMs()]).toEqual([2, 60_000])
})

test('a call that is given up while a server is waited for is not placed again', async () => {
  const { rig, peer, placing, given, askedAgain } = await placeWith([])
  ;(await ScriptedCall.of(peer)).answer({ status: 503, tag: 'z', headers: [['Retry-After', '60']] })
  await rig.wait(1000)
  given.abort(new Error('The call was given up.'))
  expect(await (await placing).ended).toMatchObject({ status: 503 })
  expect([peer.count('INVITE'), askedAgain()]).toEqual([1, 0])
})
