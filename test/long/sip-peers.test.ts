import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { seededRandom, systemClock } from '../../src/adapters/clocks/system.js'
import type { IncomingCall } from '../../src/adapters/sip/incoming-call.js'
import { openSockets, type SocketOptions } from '../../src/adapters/sip/sockets.js'
import type { SipCall } from '../../src/adapters/sip/sip-call.js'
import { UserAgent, type UserAgentOptions } from '../../src/adapters/sip/user-agent.js'
import { certificateFor } from '../support/sip/certificate.js'
import { hasKamailio, startKamailio, type Kamailio } from '../support/sip/kamailio.js'
import { hasSipp, startSipp } from '../support/sip/sipp.js'
import { PaperMedia, uriOf } from '../support/sip/sip-rig.js'

const agents: UserAgent[] = []
const ownCertificate = certificateFor('127.0.0.1')
afterEach(async () => {
  await Promise.all(agents.splice(0).map(agent => agent.close()))
})

describe.skipIf(!hasKamailio)('through kamailio', () => {
  let kamailio: Kamailio
  beforeAll(async () => void (kamailio = await startKamailio('MD5')))
  afterAll(() => kamailio?.stop())

  test.each(['udp', 'tcp', 'tls'] as const)('two agents call each other over %s, with digest and Record-Route', async protocol => {
    const { call, incoming } = await callThrough(kamailio, protocol)
    expect(await call.answered).toBe(true)
    expect(await incoming().answered).toBe(true)
    expect(await call.hold(true)).toBe(true)
    expect(await incoming().hold(true)).toBe(true)
    expect(await call.press('5')).toBe(true)
    await incoming().hangUp()
    expect(await call.ended).toMatchObject({ by: 'them', cause: 'hung_up' })
    const said = call.trace.messages.map(({ direction, text }) => `${direction} ${text}`)
    expect(said.some(text => text.startsWith('received SIP/2.0 407'))).toBe(true)
    expect(said.some(text => /^sent ACK .*\r\nRoute: <sip:127\.0\.0\.1/s.test(text))).toBe(true)
  })

  test('a wrong password is tried once, for a registration and for a call', async () => {
    const agent = await agentAt({ addresses: ['127.0.0.1'], ports: {} })
    const wrong = { username: 'desk', password: 'guess' }
    const registrar = uriOf(`sip:127.0.0.1:${kamailio.port}`)
    const registration = await agent.register({ registrar, address: uriOf('sip:desk@127.0.0.1') }, wrong)
    expect(registration.state).toMatchObject({ kind: 'refused', end: { cause: 'unauthorized', status: 401 } })
    expect(registration.trace.messages.filter(({ direction }) => direction === 'sent')).toHaveLength(2)
    const call = agent.place(orderTo(`sip:desk@127.0.0.1:${kamailio.port}`), wrong)
    expect(await call.ended).toMatchObject({ cause: 'unauthorized', status: 407 })
    expect(call.trace.messages.filter(({ text }) => text.startsWith('INVITE'))).toHaveLength(2)
  })

  test('a number that nobody has is a 404', async () => {
    const agent = await agentAt({ addresses: ['127.0.0.1'], ports: {} })
    const call = agent.place(orderTo(`sip:nobody@127.0.0.1:${kamailio.port}`), { username: 'caller', password: 'secret' })
    expect(await call.ended).toMatchObject({ cause: 'refused', status: 404 })
  })

  test('a caller that gives up is heard by the callee', async () => {
    const { call, incoming } = await callThrough(kamailio, 'udp', { onCall: each => each.ring() })
    await heard(() => incoming() !== undefined)
    await call.hangUp()
    expect(await incoming().ended).toMatchObject({ by: 'them', cause: 'cancelled' })
    expect(await call.ended).toMatchObject({ by: 'us', cause: 'cancelled' })
  })

  test.each(['udp', 'tcp', 'tls'] as const)('a proxy that is restarted in the middle of a call over %s does not end it', async protocol => {
    // Whoever listens is reached by new connections, too.
    const { call, incoming, registration } = await callThrough(kamailio, protocol, { ports: { [protocol]: 0 } })
    expect(await incoming().answered).toBe(true)
    await kamailio.restart()
    if (protocol !== 'udp') await heard(() => registration.state.kind === 'registered')
    expect(await call.hold(true)).toBe(true)
    await call.hangUp()
    expect(await incoming().ended).toMatchObject({ by: 'them', cause: 'hung_up' })
  })

  test('nonces that have become stale are renewed', async () => {
    const { call, caller } = await callThrough(kamailio, 'udp')
    expect(await call.answered).toBe(true)
    await call.hangUp()
    await new Promise(resolve => setTimeout(resolve, 6_000))
    const again = caller.place(orderTo(`sip:desk@127.0.0.1:${kamailio.port}`), { username: 'caller', password: 'secret' })
    expect(await again.answered).toBe(true)
    await again.hangUp()
    expect(again.trace.messages.filter(({ text }) => text.startsWith('INVITE'))).toHaveLength(2)
  })
})

test.skipIf(!hasKamailio)('through kamailio with SHA-256', async () => {
  const kamailio = await startKamailio('SHA-256')
  try {
    const { call } = await callThrough(kamailio, 'udp')
    expect(await call.answered).toBe(true)
    await call.hangUp()
  } finally {
    // They take their registrations back.
    await Promise.all(agents.splice(0).map(agent => agent.close()))
    await kamailio.stop()
  }
})

describe.skipIf(!hasSipp)('with sipp', () => {
  test('calls that sipp answers, holds and hangs up', async () => {
    const sipp = await startSipp('answers-and-holds', { calls: 5 })
    const agent = await agentAt({ addresses: ['127.0.0.1'], ports: {} })
    const medias = Array.from({ length: 5 }, (_, i) => new PaperMedia(`caller ${i}`))
    const calls = medias.map(media => agent.place({ ...orderTo(`sip:sipp@127.0.0.1:${sipp.port}`), media }))
    for (const call of calls) expect(await call.ended).toMatchObject({ by: 'them', cause: 'hung_up', words: 'Normal call clearing' })
    expect(await sipp.ended).toBe('')
    for (const { done } of medias) expect(done).toEqual(['offer', 'accept early', 'answer to hold', 'close'])
  })

  test('calls of sipp without an offer, with INFO, UPDATE and OPTIONS', async () => {
    const medias: PaperMedia[] = []
    const network = await openSockets({ addresses: ['127.0.0.1'], ports: { udp: 0 } })
    agentOn(network, {
      onCall(call) {
        const media = new PaperMedia('desk')
        medias.push(media)
        call.ring()
        void call.answer(media)
      },
    })
    const sipp = await startSipp('calls-late', { calls: 5, target: `127.0.0.1:${network.bound[0]!.port}` })
    expect(await sipp.ended).toBe('')
    for (const { done } of medias) expect(done).toEqual(['offer', 'accept late', 'keyed 7', 'close'])
    expect(medias).toHaveLength(5)
  })
})

/** A registered agent, and a call to it through the proxy. */
async function callThrough(
  { port, tlsPort, certificate }: Kamailio,
  protocol: 'udp' | 'tcp' | 'tls',
  {
    onCall = call => void call.answer(new PaperMedia('desk')),
    ports = {},
  }: { onCall?: (call: IncomingCall) => void; ports?: SocketOptions['ports'] } = {},
) {
  const options: SocketOptions = { addresses: ['127.0.0.1'], ports, tls: { ca: certificate, ...ownCertificate } }
  const proxy = `127.0.0.1:${protocol === 'tls' ? tlsPort : port};transport=${protocol}`
  let incoming: IncomingCall | undefined
  const desk = await agentAt(options, {
    listen: 'known',
    onCall(call) {
      incoming = call
      onCall(call)
    },
  })
  const credentials = { username: 'desk', password: 'secret' }
  const registration = await desk.register({ registrar: uriOf(`sip:${proxy}`), address: uriOf('sip:desk@127.0.0.1') }, credentials)
  expect(registration.state).toMatchObject({ kind: 'registered' })
  const caller = await agentAt(options)
  const call: SipCall = caller.place(orderTo(`sip:desk@${proxy}`), { username: 'caller', password: 'secret' })
  await heard(() => incoming !== undefined)
  return { call, caller, registration, incoming: () => incoming! }
}

function orderTo(to: string) {
  return { to: uriOf(to), from: uriOf('sip:caller@127.0.0.1'), media: new PaperMedia('caller'), ringMs: 20_000 }
}

async function heard(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !isSo(); i += 1) await new Promise(resolve => setTimeout(resolve, 50))
  expect(isSo()).toBe(true)
}

async function agentAt(options: SocketOptions, more: Partial<UserAgentOptions> = {}): Promise<UserAgent> {
  return agentOn(await openSockets(options), more)
}

function agentOn(network: UserAgentOptions['network'], more: Partial<UserAgentOptions>): UserAgent {
  const agent = new UserAgent({ network, clock: systemClock, random: seededRandom(1), listen: 'open', ...more })
  agents.push(agent)
  return agent
}
