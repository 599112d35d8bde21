import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/adapters/clocks/system.js'
import { sends } from '../../src/adapters/rtp/agreed-media.js'
import type { IncomingCall } from '../../src/adapters/sip/incoming-call.js'
import type { SipCall } from '../../src/adapters/sip/sip-call.js'
import type { Transfer } from '../../src/adapters/sip/transfer.js'
import { hasBaresip, startBaresip, type Baresip, type BaresipOptions } from '../support/sip/baresip.js'
import { uriOf } from '../support/sip/sip-rig.js'
import { startSipAgent, type SipAgent, type SipAgentCall, type SipAgentOptions } from '../support/sip-agent.js'

let baresip: Baresip | undefined
let agent: SipAgent | undefined
afterEach(async () => {
  await agent?.[Symbol.asyncDispose]()
  await baresip?.stop()
  baresip = agent = undefined
})

// Debian's baresip: a telephone that is not ours, with sound, keys, hold and transfer of its own.
describe.skipIf(!hasBaresip)('with baresip', () => {
  test.each([
    ['pcmu', undefined],
    ['pcma', 'srtp'],
    ['g722/16000/1', 'srtp-mand'],
  ])('a call that we place has sound both ways: %s, mediaenc %s', async (codec, mediaenc) => {
    const { call, media } = await placed({ codec, mediaenc }, { srtp: mediaenc === undefined ? 'allowed' : 'required' })
    await heardTone(media)
    expect(media.negotiation.agreed).toMatchObject({ codec: codec.split('/')[0]!.toUpperCase() })
    expect(media.negotiation.agreed!.srtp !== undefined).toBe(mediaenc !== undefined)
    await call.hangUp()
    await told(/^CALL_CLOSED/)
  })

  test('keys of both sides are heard', async () => {
    const { call, media } = await placed()
    await heardTone(media)
    media.session!.press('7')
    await told(/^CALL_DTMF_START 7/)
    baresip!.command('sndcode', '5')
    await until(() => media.keys.length > 0)
    expect(media.keys).toEqual(['5'])
    await call.hangUp()
  })

  test('it holds the call and takes it back, and so do we', async () => {
    const { call, media } = await placed()
    await heardTone(media)
    baresip!.command('hold')
    await until(() => !sends(media.negotiation.agreed!.direction))
    baresip!.command('resume')
    await until(() => media.negotiation.agreed?.direction === 'sendrecv')
    media.frames.length = 0
    await heardTone(media)
    expect(await call.hold(true)).toBe(true)
    expect(media.negotiation.agreed!.direction).toBe('sendonly')
    expect(await call.hold(false)).toBe(true)
    media.frames.length = 0
    await heardTone(media)
    await call.hangUp()
  })

  test('it transfers the call, hears that it went well, and leaves it', async () => {
    const transfers: Transfer[] = []
    const { call } = await placed({}, {}, transfers)
    baresip!.command('transfer', 'sip:+15555550199@127.0.0.1')
    expect(await call.ended).toMatchObject({ by: 'them', cause: 'hung_up' })
    expect(transfers).toMatchObject([{ to: '+15555550199' }])
  })

  test('it calls us, encrypted, and hangs up', async () => {
    const incoming: IncomingCall[] = []
    baresip = await startBaresip({ mediaenc: 'srtp-mand' })
    agent = await startSipAgent({
      srtp: 'required',
      onCall(call, { take }) {
        incoming.push(call)
        call.ring()
        void take(call).then(media => media.stream(() => undefined))
      },
    })
    baresip.command('dial', `sip:+15555550111@127.0.0.1:${agent.port}`)
    await until(() => (agent!.calls[0]?.frames.length ?? 0) > 50)
    expect(incoming[0]!.to.user).toBe('+15555550111')
    await told(/^CALL_ESTABLISHED/)
    expect(agent.calls[0]!.negotiation.agreed!.srtp).toBeDefined()
    baresip.command('hangup')
    expect(await incoming[0]!.ended).toMatchObject({ by: 'them', cause: 'hung_up' })
  })
})

/** A call of ours to it that it has answered. */
async function placed(
  options: BaresipOptions = {},
  ours: SipAgentOptions = {},
  transfers: Transfer[] = [],
): Promise<{ call: SipCall; media: SipAgentCall }> {
  baresip = await startBaresip(options)
  agent = await startSipAgent(ours)
  const media = await agent.media()
  const call = agent.userAgent.place({
    to: uriOf(baresip.uri),
    from: uriOf('sip:+15555550111@127.0.0.1'),
    media,
    ringMs: 10_000,
    listener: { transferred: transfer => transfers.push(transfer) },
  })
  media.call = call
  if (!(await call.answered)) throw new Error(call.trace.messages.map(({ text }) => text).join('\n'))
  media.stream(() => undefined)
  return { call, media }
}

/** Its tone is 400 Hz. */
async function heardTone({ frames, rate }: SipAgentCall): Promise<void> {
  const from = frames.length
  await until(() => frames.length > from + 40)
  const samples = frames.slice(-25).flatMap(frame => [...frame])
  const crossings = samples.filter((sample, i) => i > 0 && sample >= 0 !== samples[i - 1]! >= 0).length
  const hertz = (crossings / 2) * (rate / samples.length)
  expect(Math.max(...samples)).toBeGreaterThan(1_000)
  expect(hertz).toBeGreaterThan(380)
  expect(hertz).toBeLessThan(420)
}

async function told(what: RegExp): Promise<void> {
  await until(
    () => baresip!.events.some(event => what.test(event)),
    () => `${what}: ${baresip!.events.join(', ')}`,
  )
}

async function until(isSo: () => boolean, missing = () => 'what was expected'): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += 20) {
    if (waitedMs > 15_000) throw new Error(`In vain waited for ${missing()}`)
    await new Promise<void>(resolve => void systemClock.after(20, resolve))
  }
}
