import { expect, test } from 'vitest'
import type { IncomingCall } from '../../../../src/adapters/sip/incoming-call.js'
import { descriptionIn, type SipRequest } from '../../../../src/adapters/sip/message.js'
import type { ResponseParts } from '../../../../src/adapters/sip/respond.js'
import { ScriptedCall } from '../../../support/sip/scripted-call.js'
import { descriptionOf, dnsOf, PaperMedia, sipRig, uriOf, type SipRig } from '../../../support/sip/sip-rig.js'

test('report 1: an INVITE in a call (hold) does not end it', async () => {
  const { far, call, media } = await answered(sipRig())
  await far.send('INVITE', { body: descriptionOf('hold') })
  const response = await far.peer.response('INVITE')
  expect(response.status).toBe(200)
  expect(descriptionIn(response)).toContain('s=answer caller 2')
  await far.acknowledge()
  expect(media.done).toContain('answer to hold')
  await call.hangUp()
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'hung_up' })
})

test.each(['INVITE', 'UPDATE'])('reports 6 and 7: a refresh by %s counts, also from another address', async method => {
  const rig = sipRig()
  const { far, call } = await answered(rig, [['Session-Expires', '900;refresher=uas']])
  // What counts is Call-ID and tags: this peer is a stranger otherwise.
  const by = rig.raw('10.0.0.5')
  for (let i = 0; i < 3; i += 1) {
    await rig.wait(800_000)
    await far.send(method, { by, headers: ['Session-Expires: 900;refresher=uac'], body: method === 'INVITE' ? descriptionOf('again') : '' })
    const response = await by.response(method)
    expect([response.status, response.headers.get('Session-Expires')]).toEqual([200, '900;refresher=uac'])
    if (method === 'INVITE') await far.acknowledge(by)
  }
  const refreshedAt = rig.clock.now()
  expect(await call.ended).toMatchObject({ by: 'network', cause: 'session_expired' })
  expect(rig.clock.now() - refreshedAt).toBeGreaterThan(850_000)
})

test.each(['INVITE', 'UPDATE'])('report 6: we refresh by %s where that is ours to do', async method => {
  const rig = sipRig()
  const { far, call, next } = await refreshed(rig, method)
  for (let i = 0; i < 4; i += 1) {
    const { request, answer } = await next()
    expect(request.headers.get('Session-Expires')).toBe('900;refresher=uac')
    answer({
      ...(method === 'INVITE' && far.withDescription('answer far')),
      status: 200,
      headers: [['Session-Expires', '900;refresher=uac']],
    })
  }
  expect(rig.clock.now()).toBeGreaterThan(4 * 450_000)
  await call.hangUp()
  expect(far.peer.count(method)).toBe(method === 'INVITE' ? 5 : 4)
})

test('report 8: a 422 is followed by an INVITE with the Min-SE that it asks for', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  const first = await ScriptedCall.of(peer)
  first.answer({ status: 422, tag: 'a', headers: [['Min-SE', '3600']] })
  const second = await ScriptedCall.of(peer)
  expect(second.invite.headers.get('Min-SE')).toBe('3600')
  expect(second.invite.headers.get('Session-Expires')).toBe('3600')
  expect(numberOf(second.invite)).toBe(numberOf(first.invite) + 1)
  second.answer({ status: 422, tag: 'a', headers: [['Min-SE', '3600']] })
  expect(await call.ended).toMatchObject({ status: 422 })
})

test('report 8: our own Min-SE is told to whoever asks for less', async () => {
  const rig = sipRig()
  rig.agent('10.0.0.1', { onCall: call => void call.answer(new PaperMedia('callee')) })
  const peer = rig.raw('10.0.0.2')
  await peer.send('10.0.0.1', inviteOf('Session-Expires: 30'))
  const refused = await peer.response('INVITE')
  expect([refused.status, refused.headers.get('Min-SE')]).toEqual([422, '90'])
})

test.each(['INVITE', 'UPDATE'])(
  'report 8: a refresh by %s that gets 422 is sent again, once, for the interval that it asks for',
  async method => {
    const rig = sipRig()
    const { far, call, next } = await refreshed(rig, method)
    ;(await next()).answer({ status: 422, headers: [['Min-SE', '1200']] })
    const { request, answer } = await next()
    expect([request.headers.get('Session-Expires'), request.headers.get('Min-SE')]).toEqual(['1200;refresher=uac', '1200'])
    const sentAt = rig.clock.now()
    answer({ status: 422, headers: [['Min-SE', '1300']] })
    const last = await next()
    expect(rig.clock.now() - sentAt).toBeGreaterThan(100_000)
    last.answer({ ...far.withDescription('answer far'), status: 200, headers: [['Session-Expires', '1300;refresher=uac']] })
    await rig.wait(600_000)
    expect(far.peer.count(method)).toBe(method === 'INVITE' ? 4 : 3)
    void call.hangUp()
  },
)

test.each(['INVITE', 'UPDATE'])('a refresh by %s that clashes with theirs (491) is sent again after 2.1 to 4 s', async method => {
  const rig = sipRig()
  const { call, next } = await refreshed(rig, method)
  ;(await next()).answer({ status: 491 })
  const clashedAt = rig.clock.now()
  await next()
  expect(rig.clock.now() - clashedAt).toBeGreaterThan(2_000)
  expect(rig.clock.now() - clashedAt).toBeLessThan(4_100)
  void call.hangUp()
})

test.each([408, 481])('a refresh that gets %i ends the call, and says so', async status => {
  const rig = sipRig()
  const { far, call, next } = await refreshed(rig, 'UPDATE')
  ;(await next()).answer({ status })
  await far.peer.request('BYE')
  expect(await call.ended).toMatchObject({ by: 'network', cause: 'session_expired', status })
  expect(rig.clock.now()).toBeLessThan(460_000)
})

test.each([403, 500, 503])('a refresh that gets %i leaves the call until its interval ends, and is tried again', async status => {
  const rig = sipRig()
  const { far, call, next } = await refreshed(rig, 'UPDATE')
  const refuseAll = async (): Promise<never> => {
    for (;;) (await next()).answer({ status })
  }
  void refuseAll()
  expect(await call.ended).toMatchObject({ by: 'network', cause: 'session_expired', status: undefined })
  expect(Math.round(rig.clock.now() / 1000)).toBe(900 - 32)
  expect(far.peer.count('UPDATE')).toBe(4)
})

test('report 9: a repeated 2xx is acknowledged again, with the same bytes, also when it comes very late', async () => {
  const rig = sipRig()
  const { far } = await answered(rig)
  far.accept()
  await rig.wait(2_000)
  far.accept()
  await rig.wait(40_000)
  far.accept()
  await rig.wait(1_000)
  const acks = rig.network.sent.filter(({ text }) => text.startsWith('ACK')).map(({ text }) => text)
  expect(acks).toHaveLength(4)
  expect(new Set(acks).size).toBe(1)
})

test('report 10: as callee, the 2xx is repeated until its ACK comes', async () => {
  const rig = sipRig()
  const { peer, call, ack } = await incoming(rig)
  await rig.wait(8_000)
  await ack()
  expect(await call.answered).toBe(true)
  const sent = peer.received.filter(each => each.kind === 'response' && each.status === 200).length
  // At 0, 0.5, 1.5, 3.5 and 7.5 s.
  expect(sent).toBe(5)
  await rig.wait(20_000)
  expect(peer.received.filter(each => each.kind === 'response' && each.status === 200)).toHaveLength(sent)
})

test('report 10: as callee, a call whose 2xx is never acknowledged ends with a BYE', async () => {
  const rig = sipRig()
  const { peer, call } = await incoming(rig)
  expect(await call.ended).toMatchObject({ by: 'network', cause: 'unacknowledged' })
  expect((await peer.request('BYE')).request.uri).toBe('sip:caller@10.0.0.2')
})

test('report 11: ACK and what follows take the Record-Route, reversed, by loose routing', async () => {
  const rig = sipRig()
  const near = rig.raw('10.0.0.3')
  const { far, call } = await answered(rig, [['Record-Route', '<sip:10.0.0.4;lr>, <sip:10.0.0.3;lr>']])
  const { request: ack } = await near.request('ACK')
  expect(ack.uri).toBe('sip:far@10.0.0.2')
  expect(ack.headers.all('Route')).toEqual(['<sip:10.0.0.3;lr>', '<sip:10.0.0.4;lr>'])
  void call.hangUp()
  const { request: bye } = await near.request('BYE')
  expect(bye.uri).toBe('sip:far@10.0.0.2')
  expect(bye.headers.all('Route')).toEqual(['<sip:10.0.0.3;lr>', '<sip:10.0.0.4;lr>'])
  expect(far.peer.count('ACK')).toBe(0)
})

test('report 11: a strict router gets its own URI on the first line', async () => {
  const rig = sipRig()
  const near = rig.raw('10.0.0.3')
  await answered(rig, [['Record-Route', '<sip:10.0.0.4;lr>, <sip:10.0.0.3>']])
  const { request: ack } = await near.request('ACK')
  expect(ack.uri).toBe('sip:10.0.0.3')
  expect(ack.headers.all('Route')).toEqual(['<sip:10.0.0.4;lr>', '<sip:far@10.0.0.2>'])
})

test('report 12: a CANCEL that crosses the 200 is followed by ACK and BYE', async () => {
  const rig = sipRig({ delayMs: [50, 50] })
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  const far = await ScriptedCall.of(peer)
  far.answer({ status: 180, tag: 'far' })
  await rig.wait(200)
  void call.hangUp()
  far.accept()
  const cancel = await peer.request('CANCEL')
  cancel.answer({ status: 481 })
  await peer.request('ACK')
  const bye = await peer.request('BYE')
  bye.answer({ status: 200 })
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'cancelled', wasAnswered: false })
})

test('report 13: a call stays with the address that its first INVITE went to', async () => {
  const rig = sipRig()
  const addresses = [['10.0.0.2'], ['10.0.0.9']]
  const dns = { ...dnsOf({}), addresses: async () => addresses.shift() ?? ['10.0.0.9'] }
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1', { dns }), { to: uriOf('sip:desk@pbx.example') })
  const far = await ScriptedCall.of(peer)
  far.answer({ ...far.withDescription('answer'), status: 200, tag: 'far', headers: [['Contact', '<sip:desk@pbx.example>']] })
  await call.answered
  await peer.request('ACK')
  void call.hangUp()
  ;(await peer.request('BYE')).answer({ status: 200 })
  expect(await call.ended).toMatchObject({ by: 'us' })
})

test('report 16: a description in a 183 is heard, and the answer comes later', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const heard: string[] = []
  const { call, media } = rig.dial(rig.agent('10.0.0.1'), {
    listener: { earlyMedia: () => heard.push(`early at ${Math.round(rig.clock.now() / 1000)} s`) },
  })
  const far = await ScriptedCall.of(peer)
  far.answer({ ...far.withDescription('answer far'), status: 183, tag: 'far' })
  await rig.wait(6_000)
  far.accept()
  expect(await call.answered).toBe(true)
  expect([heard, Math.round(rig.clock.now() / 1000)]).toEqual([['early at 0 s'], 6])
  // The 200 repeats what the 183 said: the media is not asked twice.
  expect(media.done).toEqual(['offer', 'accept answer far'])
})

test('report 17: a 200 right behind a 183 waits until the media has taken the first answer', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  class SlowMedia extends PaperMedia {
    override async accept(answer: string): Promise<void> {
      await rig.wait(300)
      await super.accept(answer)
    }
  }
  const media = new SlowMedia('caller')
  const { call } = rig.dial(rig.agent('10.0.0.1'), { media })
  const far = await ScriptedCall.of(peer)
  far.answer({ ...far.withDescription('music'), status: 183, tag: 'far' })
  far.accept()
  expect(await call.answered).toBe(true)
  expect(media.done).toEqual(['offer', 'accept music', 'accept answer far'])
})

test('report 21: a 3xx that is repeated is acknowledged each time, and ends the call once', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const { call, media } = rig.dial(rig.agent('10.0.0.1'))
  const far = await ScriptedCall.of(peer)
  for (let i = 0; i < 3; i += 1) {
    far.answer({ status: 302, reason: 'Moved', tag: 'far', headers: [['Contact', '<sip:elsewhere@10.0.0.7>']] })
    await rig.wait(500)
  }
  expect(await call.ended).toMatchObject({ by: 'them', cause: 'refused', status: 302, words: 'Moved' })
  expect(peer.count('ACK')).toBe(3)
  expect(media.done).toEqual(['offer', 'close'])
})

test('report 21: of forked 200s one is kept, and the other is acknowledged and ended', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  const far = await ScriptedCall.of(peer)
  far.answer({ status: 180, tag: 'one' })
  far.answer({ status: 180, tag: 'two' })
  far.accept({ tag: 'one' })
  far.accept({ tag: 'two' })
  far.accept({ tag: 'two' })
  const { request: bye, answer } = await peer.request('BYE')
  answer({ status: 200 })
  expect(bye.headers.get('To')).toMatch(/;tag=two$/)
  expect(bye.uri).toBe('sip:two@10.0.0.2')
  expect(await call.answered).toBe(true)
  await rig.wait(5_000)
  expect(peer.count('BYE')).toBe(1)
  const acknowledged = peer.received.filter(each => each.kind === 'request' && each.method === 'ACK')
  expect(acknowledged.map(({ headers }) => /tag=(\w+)$/.exec(headers.get('To') ?? '')?.[1])).toEqual(['one', 'two', 'two'])
})

test('a call that rings at more and more branches is answered by the one that takes it', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  const far = await ScriptedCall.of(peer)
  for (let i = 0; i < 50; i += 1) far.answer({ status: 180, tag: `rings${i}` })
  far.accept({ tag: 'answers' })
  expect((await peer.request('ACK')).request.headers.get('To')).toMatch(/;tag=answers$/)
  expect(await call.answered).toBe(true)
})

test('a 100 to a BYE does not stop its timer', async () => {
  const rig = sipRig()
  const { far, call } = await answered(rig)
  void call.hangUp()
  ;(await far.peer.request('BYE')).answer({ status: 100 })
  await rig.wait(40_000)
  // At 0 s; after the 100 every 4 s at most, until timer F.
  expect(far.peer.count('BYE')).toBeGreaterThan(7)
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'hung_up' })
})

test('a delayed offer: the INVITE has none, the 200 has ours, and the ACK the answer', async () => {
  const rig = sipRig()
  const { call, media, peer, ack } = await incoming(rig, { body: '' })
  expect(descriptionIn(await peer.response('INVITE'))).toContain('s=offer callee 1')
  await ack(descriptionOf('late answer'))
  expect(await call.answered).toBe(true)
  expect(media.done).toEqual(['offer', 'accept late answer'])
})

test('a delayed offer that the ACK does not answer ends the call', async () => {
  const rig = sipRig()
  const { call, ack } = await incoming(rig, { body: '' })
  await ack()
  expect(await call.ended).toMatchObject({ by: 'us', cause: 'no_common_media' })
})

test('an offer of theirs while ours is under way gets 491', async () => {
  const rig = sipRig()
  const { far, call } = await answered(rig)
  const held = call.hold(true)
  const ours = await far.peer.request('INVITE')
  await far.send('INVITE', { body: descriptionOf('theirs') })
  const clash = await far.peer.response('INVITE')
  expect(clash.status).toBe(491)
  ours.answer({ ...far.withDescription('answer'), status: 200 })
  expect(await held).toBe(true)
})

test('after a 491 the caller waits for 2.1 to 4 s, and offers again', async () => {
  const rig = sipRig()
  const { far, call } = await answered(rig)
  const held = call.hold(true)
  const first = await far.peer.request('INVITE')
  first.answer({ status: 491 })
  const started = rig.clock.now()
  const second = await far.peer.request('INVITE')
  expect(rig.clock.now() - started).toBeGreaterThan(2_000)
  expect(rig.clock.now() - started).toBeLessThan(4_100)
  expect(numberOf(second.request)).toBe(numberOf(first.request) + 1)
  second.answer({ ...far.withDescription('answer'), status: 200 })
  expect(await held).toBe(true)
})

test('a far side that does not know the call any more (481) has ended it', async () => {
  const rig = sipRig()
  const { far, call } = await answered(rig)
  const pressed = call.press('1')
  ;(await far.peer.request('INFO')).answer({ status: 481 })
  expect(await pressed).toBe(false)
  expect(await call.ended).toMatchObject({ by: 'network', status: 481 })
})

test('a request with an older CSeq is refused with 500, and one of nobody with 481', async () => {
  const rig = sipRig()
  const { far } = await answered(rig)
  await far.send('OPTIONS')
  expect((await far.peer.response('OPTIONS')).status).toBe(200)
  await far.acknowledge()
  await far.send('OPTIONS', { tag: 'someone-else' })
  expect((await far.peer.response('OPTIONS')).status).toBe(481)
})

test('a Reason says more than a vague status does', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1'))
  const far = await ScriptedCall.of(peer)
  far.answer({ status: 480, tag: 'far', headers: [['Reason', 'Q.850;cause=17;text="User busy"']] })
  expect(await call.ended).toMatchObject({ cause: 'refused', status: 486, words: 'User busy' })
})

test('a tel: URI in From is a number, without its separators', async () => {
  const rig = sipRig()
  const { call } = await incoming(rig, { from: '<tel:+1-555-555-0100>' })
  expect(call.from.user).toBe('+15555550100')
})

test('a reliable 180 is acknowledged by PRACK, once, and in order', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  rig.dial(rig.agent('10.0.0.1'))
  const far = await ScriptedCall.of(peer)
  far.answer(reliable(7))
  const first = await peer.request('PRACK')
  expect(first.request.headers.get('RAck')).toBe(`7 ${far.invite.headers.get('CSeq')}`)
  first.answer({ status: 200 })
  far.answer(reliable(7))
  far.answer(reliable(9))
  far.answer(reliable(8))
  const second = await peer.request('PRACK')
  expect(second.request.headers.get('RAck')).toBe(`8 ${far.invite.headers.get('CSeq')}`)
  second.answer({ status: 200 })
  await rig.wait(1_000)
  expect(peer.count('PRACK')).toBe(2)
})

test('whoever requires 100rel gets a reliable 180, which is repeated until its PRACK', async () => {
  const rig = sipRig()
  let call: IncomingCall | undefined
  rig.agent('10.0.0.1', {
    onCall(incomingCall) {
      call = incomingCall
      incomingCall.ring()
    },
  })
  const peer = rig.raw('10.0.0.2')
  await peer.send('10.0.0.1', inviteOf('Require: 100rel'))
  const ringing = await peer.response('INVITE', 180)
  await rig.wait(4_000)
  expect(peer.received.filter(each => each.kind === 'response' && each.status === 180)).toHaveLength(4)
  const prack = inviteOf(`RAck: ${ringing.headers.get('RSeq')} 1 INVITE`, {
    method: 'PRACK',
    number: 2,
    to: ringing.headers.get('To') ?? '',
    body: '',
  })
  await peer.send('10.0.0.1', prack)
  expect((await peer.response('PRACK')).status).toBe(200)
  await rig.wait(30_000)
  expect(peer.received.filter(each => each.kind === 'response' && each.status === 180)).toHaveLength(4)
  void call?.answer(new PaperMedia('callee'))
  expect((await peer.response('INVITE')).status).toBe(200)
})

function reliable(number: number): ResponseParts {
  return {
    status: 180,
    tag: 'far',
    headers: [
      ['Require', '100rel'],
      ['RSeq', String(number)],
    ],
  }
}

/** A call of ours that a scripted far side has answered. */
async function answered(rig: SipRig, headers: readonly (readonly [string, string])[] = []) {
  const peer = rig.raw('10.0.0.2')
  const { call, media } = rig.dial(rig.agent('10.0.0.1', { listen: 'known' }))
  const far = await ScriptedCall.of(peer)
  far.accept({ headers })
  await call.answered
  return { far, call, media }
}

/** A call of ours that we refresh every 450 s. */
async function refreshed(rig: SipRig, method: string) {
  const { far, call } = await answered(rig, [
    ['Session-Expires', '900;refresher=uac'],
    ['Allow', method === 'UPDATE' ? 'INVITE, UPDATE' : 'INVITE'],
  ])
  return { far, call, next: async () => await far.peer.request(method) }
}

/** A call of a scripted far side that we answer. */
async function incoming(rig: SipRig, { body = descriptionOf('offer'), from }: { body?: string; from?: string } = {}) {
  const media = new PaperMedia('callee')
  const calls: IncomingCall[] = []
  rig.agent('10.0.0.1', {
    onCall(call) {
      calls.push(call)
      void call.answer(media)
    },
  })
  const peer = rig.raw('10.0.0.2')
  await peer.send('10.0.0.1', inviteOf('', { body, from }))
  await rig.wait(100)
  const to = peer.received.find(each => each.kind === 'response' && each.status === 200)?.headers.get('To') ?? ''
  return {
    peer,
    media,
    call: calls[0]!,
    ack: (description = '') => peer.send('10.0.0.1', inviteOf('', { method: 'ACK', to, from, body: description })),
  }
}

function inviteOf(
  extra: string,
  {
    method = 'INVITE',
    number = 1,
    to = '<sip:callee@10.0.0.1>',
    from = '<sip:caller@10.0.0.2>',
    body = descriptionOf('offer'),
  }: { method?: string; number?: number; to?: string; from?: string | undefined; body?: string } = {},
): string {
  const lines = [
    `${method} sip:callee@10.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK-${method}-${number};rport`,
    'Max-Forwards: 70',
    `From: ${from};tag=peer`,
    `To: ${to}`,
    'Call-ID: from-a-peer',
    `CSeq: ${number} ${method}`,
    'Contact: <sip:caller@10.0.0.2>',
    ...(extra === '' ? [] : [extra]),
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

function numberOf({ headers }: SipRequest): number {
  return Number.parseInt(headers.get('CSeq') ?? '', 10)
}
