import { afterEach, describe, expect, test } from 'vitest'
import { sends } from '../../src/adapters/rtp/agreed-media.js'
import type { IncomingCall } from '../../src/adapters/sip/incoming-call.js'
import type { SipCall } from '../../src/adapters/sip/sip-call.js'
import { hasLinphone, startLinphone, type Linphone } from '../support/sip/linphone.js'
import { uriOf } from '../support/sip/sip-rig.js'
import { startSipAgent, type SipAgent, type SipAgentCall } from '../support/sip-agent.js'

let linphone: Linphone | undefined
let agent: SipAgent | undefined
afterEach(async () => {
  await agent?.[Symbol.asyncDispose]()
  await linphone?.stop()
  linphone = agent = undefined
})

// Debian's linphone: a telephone that is not ours, with another stack of SIP and another of sound.
describe.skipIf(!hasLinphone)('with linphone', { timeout: 120_000 }, () => {
  test.each([false, true])('a call that we place has sound both ways; SRTP: %s', async srtp => {
    const { call, media } = await placed(srtp)
    expect(media.negotiation.agreed!.srtp !== undefined).toBe(srtp)
    // It is told to ask for packets of 40 ms, and hears them.
    expect(media.negotiation.agreed!.packetMs).toBe(40)
    await heardTone(media)
    // Its reports say that it hears us.
    await until(() => media.session!.state.reported !== undefined)
    expect(media.session!.state.reported!.lost).toBeLessThan(10)
    await call.hangUp()
    await until(() => linphone!.said().includes('ended (No error)'))
  })

  test('keys of ours are taken, and keys of its are heard', async () => {
    const { call, media } = await placed()
    await heardTone(media)
    media.session!.press('7')
    await until(() => linphone!.said().includes('Receiving tone 7'))
    linphone!.type('5')
    await until(() => media.keys.length > 0)
    expect(media.keys).toEqual(['5'])
    await call.hangUp()
  })

  test('it holds the call and takes it back', async () => {
    const { call, media } = await placed()
    await heardTone(media)
    linphone!.type('pause')
    await until(() => !sends(media.negotiation.agreed!.direction))
    linphone!.type('resume')
    await until(() => media.negotiation.agreed?.direction === 'sendrecv')
    await call.hangUp()
    expect(await call.ended).toMatchObject({ by: 'us', cause: 'hung_up' })
  })

  test('it calls us and hangs up', async () => {
    const incoming: IncomingCall[] = []
    linphone = await startLinphone()
    agent = await startSipAgent({
      onCall(call, { take }) {
        incoming.push(call)
        call.ring()
        void take(call).then(media => media.stream(() => undefined))
      },
    })
    linphone.type(`call sip:desk@127.0.0.1:${agent.port}`)
    await until(() => linphone!.said().includes('connected.') && agent!.calls.length > 0)
    linphone.type(`play ${linphone.voice}`)
    await heardTone(agent.calls[0]!)
    linphone.type('terminate')
    expect(await incoming[0]!.ended).toMatchObject({ by: 'them', cause: 'hung_up' })
  })
})

async function placed(srtp = false): Promise<{ call: SipCall; media: SipAgentCall }> {
  linphone = await startLinphone({ srtp })
  agent = await startSipAgent({ srtp: srtp ? 'required' : 'off' })
  const media = await agent.media()
  const call = agent.userAgent.place({ to: uriOf(linphone.uri), from: uriOf('sip:us@127.0.0.1'), media, ringMs: 20_000 })
  media.call = call
  expect(await call.answered).toBe(true)
  media.stream(() => undefined)
  await until(() => linphone!.said().includes('Media streams established'))
  linphone.type(`play ${linphone.voice}`)
  return { call, media }
}

/** Its tone comes, loud enough. */
async function heardTone(media: SipAgentCall): Promise<void> {
  media.frames.length = 0
  await until(() => media.frames.filter(frame => frame.some(sample => sample > 4000)).length > 25)
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !isSo(); tries += 1) await new Promise(resolve => setTimeout(resolve, 50))
  if (!isSo()) throw new Error(`It did not happen within 15 s. ${linphone?.said().slice(-500) ?? ''}`)
}
