import { expect, test } from 'vitest'
import { limits } from '../../../../src/adapters/sip/limits.js'
import { descriptionOf, PaperMedia, sipRig, type SipRig } from '../../../support/sip/sip-rig.js'

test.each(['INVITE', 'OPTIONS', 'REGISTER', 'BYE', 'ACK', 'CANCEL', 'NONSENSE'])(
  'a %s from a stranger gets no answer at all',
  async method => {
    const rig = sipRig()
    let calls = 0
    rig.agent('10.0.0.1', { listen: 'known', known: ['10.0.0.3', '192.0.2.0/24'], onCall: () => (calls += 1) })
    const stranger = rig.raw('10.0.0.2')
    await stranger.send('10.0.0.1', requestOf(method))
    await rig.wait(60_000)
    expect([stranger.received, calls]).toEqual([[], 0])
  },
)

test.each(['10.0.0.3', '192.0.2.77'])('whoever is known is answered: %s', async address => {
  const rig = sipRig()
  rig.agent('10.0.0.1', { listen: 'known', known: ['10.0.0.3', '192.0.2.0/24'], onCall: call => call.refuse(486) })
  const peer = rig.raw(address)
  await peer.send('10.0.0.1', requestOf('INVITE', address))
  expect((await peer.response('INVITE')).status).toBe(486)
})

test('a name is known by the addresses that it has', async () => {
  const rig = sipRig()
  const dns = { addresses: async () => ['10.0.0.2'], services: async () => [], pointers: async () => [] }
  const agent = rig.agent('10.0.0.1', { listen: 'known', dns })
  await agent.trust('pbx.example')
  await agent.trust('198.51.100.0/24')
  const peer = rig.raw('10.0.0.2')
  await peer.send('10.0.0.1', requestOf('OPTIONS'))
  expect((await peer.response('OPTIONS')).headers.get('Allow')).toContain('INVITE')
})

test.each([
  ['an extension that we do not know', { lines: ['Require: nothingSupportsThis'] }, 420],
  ['a body that is no description', { lines: ['Content-Type: application/unknown'], body: '<x/>' }, 415],
  ['a scheme that we do not know', { uri: 'nobodyKnowsThisScheme:totallyopaquecontent' }, 416],
  ['two To headers', { lines: ['To: <sip:another@10.0.0.1>'] }, 400],
])('%s is refused with %s', async (_what, shape, status) => {
  const rig = sipRig()
  rig.agent('10.0.0.1', { onCall: call => call.ring() })
  const peer = rig.raw('10.0.0.2')
  await peer.send('10.0.0.1', requestOf('INVITE', '10.0.0.2', shape))
  expect((await peer.response('INVITE')).status).toBe(status)
})

test('an INVITE that comes on two ways rings once', async () => {
  const rig = sipRig()
  let calls = 0
  rig.agent('10.0.0.1', {
    onCall(call) {
      calls += 1
      call.ring()
    },
  })
  const peer = rig.raw('10.0.0.2')
  await peer.send('10.0.0.1', requestOf('INVITE'))
  await peer.send('10.0.0.1', requestOf('INVITE', '10.0.0.2', { branch: 'other' }))
  expect((await peer.response('INVITE', 200)).status).toBe(482)
  expect(calls).toBe(1)
})

test('an address that may not be reached is not sent to, whoever names it', async () => {
  const rig = sipRig()
  const agent = rig.agent('10.0.0.1', { refusal: address => (address === '10.0.0.2' ? 'it is not public' : undefined) })
  const { call } = rig.dial(agent)
  expect(await call.ended).toMatchObject({ cause: 'unreachable', error: { code: 'EGRESS_REFUSED', message: 'it is not public' } })
  expect(rig.network.sent).toEqual([])
})

test('requests beyond the bound are dropped, and the agent goes on when they are over', async () => {
  const rig = sipRig()
  rig.agent('10.0.0.1', { onCall: call => call.refuse(486) })
  const peer = rig.raw('10.0.0.2')
  for (let i = 0; i < limits.transactions + 500; i += 1)
    await peer.send('10.0.0.1', requestOf('OPTIONS', '10.0.0.2', { branch: `many${i}` }))
  await rig.wait(1_000)
  expect(peer.received).toHaveLength(limits.transactions)
  await rig.wait(100_000)
  await peer.send('10.0.0.1', requestOf('OPTIONS', '10.0.0.2', { branch: 'later' }))
  await rig.wait(1_000)
  expect(peer.received).toHaveLength(limits.transactions + 1)
})

test('the trace of a call has its messages without what is secret in them', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  class KeyedMedia extends PaperMedia {
    override async offer(): Promise<string> {
      return `${descriptionOf('offer')}a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0a2V5|2^31\r\n`
    }
  }
  const call = await challengedCall(rig, new KeyedMedia('caller'), peer)
  const text = call.trace.messages.map(each => each.text).join('\n')
  expect(text).toContain('Proxy-Authorization: Digest [masked]\r\n')
  expect(text).toContain('Proxy-Authenticate: Digest [masked]\r\n')
  expect(text).toContain('a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:[masked]|2^31')
  expect(text).not.toMatch(/c2VjcmV0|hunter2|opaque-nonce|response=/)
  expect(call.trace.messages[0]).toMatchObject({ direction: 'sent', protocol: 'udp', peer: '10.0.0.2:5060' })
})

async function challengedCall(rig: SipRig, media: PaperMedia, peer: ReturnType<SipRig['raw']>) {
  const { call } = rig.dial(rig.agent('10.0.0.1'), { media }, { username: 'u', password: 'hunter2' })
  const first = await peer.request('INVITE')
  first.answer({ status: 407, headers: [['Proxy-Authenticate', 'Digest realm="pbx", nonce="opaque-nonce"']] })
  const second = await peer.request('INVITE')
  second.answer({ status: 486, tag: 'x' })
  await call.ended
  return call
}

interface Shape {
  readonly uri?: string
  readonly lines?: readonly string[]
  readonly body?: string
  readonly branch?: string
}

function requestOf(
  method: string,
  address = '10.0.0.2',
  { uri = 'sip:desk@10.0.0.1', lines = [], body = '', branch = 'one' }: Shape = {},
): string {
  const all = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP ${address};branch=z9hG4bK${branch};rport`,
    'Max-Forwards: 70',
    `From: <sip:stranger@${address}>;tag=stranger`,
    'To: <sip:desk@10.0.0.1>',
    'Call-ID: of-a-stranger',
    `CSeq: 1 ${method}`,
    `Contact: <sip:stranger@${address}>`,
    ...lines,
  ]
  return `${all.join('\r\n')}\r\n\r\n${body}`
}
