import { expect, test } from 'vitest'
import type { IncomingCall } from '../../../../src/adapters/sip/incoming-call.js'
import type { Transfer } from '../../../../src/adapters/sip/transfer.js'
import { ScriptedCall } from '../../../support/sip/scripted-call.js'
import { PaperMedia, sipRig, type SipRig } from '../../../support/sip/sip-rig.js'

test('a call is placed, rings, is answered and hung up by the caller', async () => {
  const rig = sipRig()
  const { calls, media: far } = desk(rig)
  const statuses: number[] = []
  const { call, media } = rig.dial(rig.agent('10.0.0.1'), { listener: { ringing: status => statuses.push(status) } })
  expect(await call.answered).toBe(true)
  expect(statuses).toEqual([180])
  const [incoming] = calls
  expect(incoming?.from.user).toBe('+15555550111')
  expect(incoming?.to.user).toBe('desk')
  expect(await incoming?.answered).toBe(true)
  await call.hangUp()
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'hung_up', wasAnswered: true })
  expect(await incoming?.ended).toMatchObject({ by: 'them', cause: 'hung_up', wasAnswered: true })
  expect(media.done).toEqual(['offer', 'accept answer desk 1', 'close'])
  expect(far.done).toEqual(['answer to offer caller 1', 'close'])
  expect(call.trace.messages.map(({ direction, text }) => `${direction} ${text.split('\r\n', 1)[0]}`)).toEqual([
    'sent INVITE sip:desk@10.0.0.2 SIP/2.0',
    'received SIP/2.0 100 Trying',
    'received SIP/2.0 180 Ringing',
    'received SIP/2.0 200 OK',
    'sent ACK sip:desk@10.0.0.2:5060 SIP/2.0',
    'sent BYE sip:desk@10.0.0.2:5060 SIP/2.0',
    'received SIP/2.0 200 OK',
  ])
})

test('the far side hangs up', async () => {
  const rig = sipRig()
  const { calls } = desk(rig)
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  await call.answered
  await calls[0]?.hangUp()
  expect(await call.ended).toMatchObject({ by: 'them', cause: 'hung_up' })
})

test.each([486, 480, 404, 603, 600, 503])('a call that is refused with %i says so', async status => {
  const rig = sipRig()
  rig.agent('10.0.0.2', { onCall: incoming => incoming.refuse(status) })
  const { call, media } = rig.dial(rig.agent('10.0.0.1'))
  expect(await call.answered).toBe(false)
  expect(await call.ended).toMatchObject({ by: 'them', cause: 'refused', status, wasAnswered: false })
  expect(media.done.at(-1)).toBe('close')
})

test('a call that is not answered in time is cancelled', async () => {
  const rig = sipRig()
  const calls: IncomingCall[] = []
  rig.agent('10.0.0.2', {
    onCall(incoming) {
      calls.push(incoming)
      incoming.ring()
    },
  })
  const { call } = rig.dial(rig.agent('10.0.0.1'), { ringMs: 20_000 })
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'no_answer' })
  expect(await calls[0]?.ended).toMatchObject({ by: 'them', cause: 'cancelled' })
})

test('a call that we give up while it rings is cancelled', async () => {
  const rig = sipRig()
  rig.agent('10.0.0.2', { onCall: incoming => incoming.ring() })
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  await rig.wait(5_000)
  await call.hangUp()
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'cancelled' })
})

test('a call to nobody ends when the timers of its transaction do', async () => {
  const rig = sipRig()
  const started = rig.clock.now()
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  expect(await call.ended).toMatchObject({ by: 'network', cause: 'timeout' })
  expect(rig.clock.now() - started).toBe(32_000)
  expect(rig.network.sent).toHaveLength(7)
})

test.each([
  [0, 'timeout', undefined],
  [1_500, 'timeout', expect.any(Number)],
  [70_000, 'unreachable', expect.any(Number)],
] as const)('an INVITE over UDP with a header of %i bytes: %s', async (length, cause, datagramBytes) => {
  const rig = sipRig()
  const { call } = rig.dial(rig.agent('10.0.0.1'), { headers: [['X-Long', 'x'.repeat(length)]] })
  const end = await call.ended
  expect(end).toMatchObject({ cause, wasAnswered: false })
  expect(end.datagramBytes).toEqual(datagramBytes)
  // With all that a request gets on its way.
  const sent = rig.network.sent[0]!.text.length
  expect(end.datagramBytes ?? sent).toBe(sent)
  expect(rig.clock.now() === 0).toBe(length === 70_000)
})

test.each([
  ['SIP/2.0 999 Odd', 'its status is not one of SIP'],
  ['SIP/2.0 200 OK', 'it has no From'],
])('a call that is answered with %s says why that cannot be read', async (line, unread) => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  const { flow } = await peer.request('INVITE')
  flow.send(Buffer.from(`${line}\r\nContent-Length: 0\r\n\r\n`))
  expect(await call.ended).toMatchObject({ cause: 'timeout', unread })
})

test('a call whose ring time ends before anybody said a word was not left to ring', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1'), { ringMs: 20_000 })
  expect(await call.ended).toMatchObject({ by: 'network', cause: 'timeout' })
  expect(rig.clock.now()).toBe(24_000)
  // Whoever hears of it only then is not left to ring either.
  await rig.wait(5_000)
  ;(await peer.request('INVITE')).answer({ status: 180, tag: 'late' })
  await peer.request('CANCEL')
})

test('a call that is cancelled is over soon, also where the far side takes no notice of it', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1'), { ringMs: 20_000 })
  const far = await ScriptedCall.of(peer)
  far.answer({ status: 180, tag: 'far' })
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'no_answer' })
  expect(rig.clock.now()).toBe(24_000)
  await rig.wait(10_000)
  far.accept()
  await peer.request('ACK')
  await peer.request('BYE')
})

test('early media is heard before the answer', async () => {
  const rig = sipRig()
  const far = new PaperMedia('desk')
  rig.agent('10.0.0.2', {
    async onCall(incoming) {
      await incoming.earlyMedia(far)
      await rig.wait(3_000)
      await incoming.answer(far)
    },
  })
  let earlyAt = 0
  const { call, media } = rig.dial(rig.agent('10.0.0.1'), { listener: { earlyMedia: () => (earlyAt = rig.clock.now()) } })
  expect(await call.answered).toBe(true)
  expect(rig.clock.now() - earlyAt).toBeGreaterThan(2_900)
  expect(media.done).toEqual(['offer', 'accept answer desk 1'])
  expect(rig.network.sent.filter(({ text }) => text.startsWith('PRACK'))).toHaveLength(1)
})

test('either side puts the other on hold, and takes it off', async () => {
  const rig = sipRig()
  const { calls, media: far } = desk(rig)
  const { call, media } = rig.dial(rig.agent('10.0.0.1'))
  await call.answered
  expect(await call.hold(true)).toBe(true)
  expect(await call.hold(false)).toBe(true)
  expect(await calls[0]?.hold(true)).toBe(true)
  expect(far.done).toEqual([
    'answer to offer caller 1',
    'answer to offer caller 2',
    'answer to offer caller 3',
    'offer hold',
    'accept answer caller 4',
  ])
  expect(media.done).toEqual([
    'offer',
    'accept answer desk 1',
    'offer hold',
    'accept answer desk 2',
    'offer resume',
    'accept answer desk 3',
    'answer to offer desk 4',
  ])
})

test('two holds that cross are both carried out, one after the other', async () => {
  const rig = sipRig({ delayMs: [20, 20] })
  const { calls } = desk(rig)
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  await call.answered
  await calls[0]?.answered
  expect(await Promise.all([call.hold(true), calls[0]?.hold(true)])).toEqual([true, true])
  expect(rig.network.sent.some(({ text }) => text.startsWith('SIP/2.0 491'))).toBe(true)
})

test('keys by INFO reach the media', async () => {
  const rig = sipRig()
  const { media: far } = desk(rig)
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  await call.answered
  expect(await call.press('5')).toBe(true)
  expect(await call.press('#')).toBe(true)
  expect(far.done).toContain('keyed 5')
  expect(far.done).toContain('keyed #')
})

test('an offer without a codec in common is answered 488', async () => {
  const rig = sipRig()
  rig.agent('10.0.0.2', { onCall: incoming => void incoming.answer(new PaperMedia('desk', () => true)) })
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  expect(await call.ended).toMatchObject({ by: 'them', cause: 'refused', status: 488 })
})

test('an answer without a codec in common ends the call', async () => {
  const rig = sipRig()
  const { calls } = desk(rig)
  const media = new PaperMedia('caller', description => description.includes('answer'))
  const { call } = rig.dial(rig.agent('10.0.0.1'), { media })
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'no_common_media', words: 'no codec in common' })
  expect(await calls[0]?.ended).toMatchObject({ by: 'them', words: 'no_common_media' })
})

test('closing an agent hangs up its calls', async () => {
  const rig = sipRig()
  const { calls } = desk(rig)
  const agent = rig.agent('10.0.0.1')
  const { call } = rig.dial(agent)
  await call.answered
  await agent.close()
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'hung_up' })
  expect(await calls[0]?.ended).toMatchObject({ by: 'them' })
})

test('closing an agent takes no longer than 10 s, though nobody answers', async () => {
  const rig = sipRig()
  desk(rig)
  const agent = rig.agent('10.0.0.1')
  const calls = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const { call } = rig.dial(agent)
      await call.answered
      return call
    }),
  )
  rig.network.weather = { loss: 1 }
  const started = rig.clock.now()
  await agent.close()
  expect(rig.clock.now() - started).toBeLessThan(10_000)
  for (const call of calls) expect(await call.ended).toMatchObject({ by: 'us', cause: 'hung_up' })
})

test('a REFER is told as a transfer, and taken to have succeeded', async () => {
  const rig = sipRig()
  const transfers: Transfer[] = []
  const { call } = rig.dial(rig.agent('10.0.0.1'), { listener: { transferred: transfer => transfers.push(transfer) } })
  const peer = rig.raw('10.0.0.2')
  const { request, answer } = await peer.request('INVITE')
  const own = '<sip:desk@10.0.0.2>'
  answer({ status: 200, tag: 'desk', headers: [['Contact', own]], body: { type: 'application/sdp', content: 'v=0\r\ns=desk\r\n' } })
  await call.answered
  await peer.request('ACK')
  await peer.send(
    '10.0.0.1',
    `REFER sip:caller@10.0.0.1 SIP/2.0
Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bKrefer1;rport
From: ${request.headers.get('To')};tag=desk
To: ${request.headers.get('From')}
Call-ID: ${request.headers.get('Call-ID')}
CSeq: 1 REFER
Max-Forwards: 70
Contact: ${own}
Refer-To: "Sales" <sip:+15555550123@example.com?Replaces=1>
Referred-By: <sip:desk@example.com>

`,
  )
  expect((await peer.response('REFER')).status).toBe(202)
  const bodies: string[] = []
  for (let i = 0; i < 2; i += 1) {
    const notify = await peer.request('NOTIFY')
    bodies.push(`${notify.request.headers.get('Subscription-State')}: ${notify.request.body.trim()}`)
    notify.answer({ status: 200 })
  }
  expect(bodies).toEqual(['active;expires=60: SIP/2.0 100 Trying', 'terminated;reason=noresource: SIP/2.0 200 OK'])
  expect(transfers).toEqual([{ uri: 'sip:+15555550123@example.com', to: '+15555550123', by: 'sip:desk@example.com' }])
})

/** An agent at 10.0.0.2 that rings and answers. */
function desk(rig: SipRig): { calls: IncomingCall[]; media: PaperMedia } {
  const calls: IncomingCall[] = []
  const media = new PaperMedia('desk')
  rig.agent('10.0.0.2', {
    onCall(incoming) {
      calls.push(incoming)
      incoming.ring()
      void incoming.answer(media)
    },
  })
  return { calls, media }
}
