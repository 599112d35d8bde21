import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { seededRandom, systemClock } from '../../src/adapters/clocks/system.js'
import type { IncomingCall } from '../../src/adapters/sip/incoming-call.js'
import { openSockets, type OpenSockets, type SocketOptions } from '../../src/adapters/sip/sockets.js'
import { systemDns } from '../../src/adapters/sip/resolve.js'
import { hostAndPort } from '../../src/adapters/sip/uri.js'
import { UserAgent, type UserAgentOptions } from '../../src/adapters/sip/user-agent.js'
import { startDnsServer, type DnsRecord } from '../support/dns-server.js'
import { certificateFor } from '../support/sip/certificate.js'
import { dnsOf, PaperMedia, uriOf } from '../support/sip/sip-rig.js'

const agents: UserAgent[] = []
afterEach(async () => {
  await Promise.all(agents.splice(0).map(agent => agent.close()))
})

describe.each(['127.0.0.1', '::1'])('calls over %s', address => {
  test.each(['udp', 'tcp'] as const)('over %s', async protocol => {
    const far = await desk({ addresses: [address], ports: { [protocol]: 0 } }, protocol)
    expect(await callBothWays(await agentAt({ addresses: [address], ports: {} }), far, { address, protocol })).toEqual(whoHungUp)
  })

  test('over tls', async () => {
    const { cert, key } = certificateFor(address)
    const far = await desk({ addresses: [address], ports: { tls: 0 }, tls: { cert, key } }, 'tls')
    expect(
      await callBothWays(await agentAt({ addresses: [address], ports: {}, tls: { ca: cert } }), far, { address, protocol: 'tls' }),
    ).toEqual(whoHungUp)
  })
})

test.each(['0.0.0.0', '::'])('an agent that listens on %s names the address that its peer sees', async wildcard => {
  const address = wildcard === '::' ? '::1' : '127.0.0.1'
  const far = await desk({ addresses: [wildcard], ports: { udp: 0 } }, 'udp')
  expect(await callBothWays(await agentAt({ addresses: [wildcard], ports: {} }), far, { address, protocol: 'udp' })).toEqual(whoHungUp)
})

test('a certificate that is not trusted ends the call before it begins', async () => {
  const far = await desk({ addresses: ['127.0.0.1'], ports: { tls: 0 }, tls: certificateFor('127.0.0.1') }, 'tls')
  const call = place(await agentAt({ addresses: ['127.0.0.1'], ports: {} }), `sip:desk@127.0.0.1:${far.port};transport=tls`)
  expect(await call.ended).toMatchObject({ by: 'network', cause: 'unreachable', error: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
  expect(far.calls).toEqual([])
})

test('a certificate for another host ends the call before it begins', async () => {
  const { cert, key } = certificateFor('other.example')
  const far = await desk({ addresses: ['127.0.0.1'], ports: { tls: 0 }, tls: { cert, key } }, 'tls')
  const agent = await agentAt({ addresses: ['127.0.0.1'], ports: {}, tls: { ca: cert } }, { dns: dnsOf({ 'pbx.example': ['127.0.0.1'] }) })
  const call = place(agent, `sip:desk@pbx.example:${far.port};transport=tls`)
  expect(await call.ended).toMatchObject({ cause: 'unreachable', error: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' } })
})

test('a certificate is for the name in the URI, whatever address it has', async () => {
  const { cert, key } = certificateFor('pbx.example')
  const far = await desk({ addresses: ['127.0.0.1'], ports: { tls: 0 }, tls: { cert, key } }, 'tls')
  const agent = await agentAt({ addresses: ['127.0.0.1'], ports: {}, tls: { ca: cert } }, { dns: dnsOf({ 'pbx.example': ['127.0.0.1'] }) })
  const call = place(agent, `sips:desk@pbx.example:${far.port}`)
  expect(await call.answered).toBe(true)
  await call.hangUp()
})

test('nothing listens: the call ends at once', async () => {
  const call = place(await agentAt({ addresses: ['127.0.0.1'], ports: {} }), 'sip:desk@127.0.0.1:9;transport=tcp')
  expect(await call.ended).toMatchObject({ cause: 'unreachable', error: { code: 'ECONNREFUSED' } })
})

test('an IPv6 peer cannot be reached by an agent without an IPv6 address', async () => {
  const call = place(await agentAt({ addresses: ['127.0.0.1'], ports: {} }), 'sip:desk@[::1]:9')
  expect(await call.ended).toMatchObject({ cause: 'unreachable', error: { code: 'EADDRNOTAVAIL' } })
})

test('a stranger that connects is turned away unread', async () => {
  const sockets = await openSockets({ addresses: ['127.0.0.1'], ports: { tcp: 0 } })
  agentOn(sockets, { listen: 'known', known: ['192.0.2.1'] })
  const socket = connect(portOf(sockets, 'tcp'), '127.0.0.1')
  let heard = ''
  socket.on('data', chunk => (heard += String(chunk)))
  socket.write('OPTIONS sip:x@127.0.0.1 SIP/2.0\r\n\r\n')
  await new Promise(resolve => socket.on('close', resolve).on('error', () => {}))
  expect(heard).toBe('')
})

test('a domain whose first server is dead is called at the next one that its name server names', async () => {
  const far = await desk({ addresses: ['127.0.0.1'], ports: { tcp: 0 } }, 'tcp')
  await using names = await startDnsServer({
    'NAPTR pbx.test': [
      { type: 'NAPTR', order: 20, preference: 1, service: 'SIP+D2U', replacement: '_sip._udp.pbx.test' },
      { type: 'NAPTR', order: 10, preference: 1, service: 'SIP+D2T', replacement: '_sip._tcp.pbx.test' },
    ],
    'SRV _sip._tcp.pbx.test': [server(20, 0, 9), server(10, 1, far.port), server(5, 0, 10)],
  })
  const dns = systemDns([names.address])
  const call = place(await agentAt({ addresses: ['127.0.0.1'], ports: {} }, { dns }), 'sip:desk@pbx.test')
  expect(await call.answered).toBe(true)
  expect(names.asked.toSorted()).toEqual(['NAPTR pbx.test', 'SRV _sip._tcp.pbx.test', 'SRV _sip._udp.pbx.test'])
  expect(await dns.services('_sip._tcp.pbx.test')).toContainEqual({ name: 'localhost', port: far.port, priority: 10, weight: 1 })
  await call.hangUp()
  const nowhere = place(await agentAt({ addresses: ['127.0.0.1'], ports: {} }, { dns }), 'sip:desk@nobody.test')
  expect(await nowhere.ended).toMatchObject({ cause: 'unreachable', error: { code: 'ENOTFOUND' } })
})

function server(priority: number, weight: number, port: number): DnsRecord {
  return { type: 'SRV', priority, weight, port, target: 'localhost' }
}

interface Desk {
  readonly port: number
  readonly calls: IncomingCall[]
}

/** An agent that answers. */
async function desk(options: SocketOptions, protocol: 'udp' | 'tcp' | 'tls'): Promise<Desk> {
  const sockets = await openSockets(options)
  const calls: IncomingCall[] = []
  agentOn(sockets, {
    onCall(call) {
      calls.push(call)
      call.ring()
      void call.answer(new PaperMedia('desk'))
    },
  })
  return { port: portOf(sockets, protocol), calls }
}

/** A call that the caller ends, and one that the far side does: over TCP and TLS its BYE must find the connection. */
async function callBothWays(agent: UserAgent, far: Desk, { address, protocol }: { address: string; protocol: string }): Promise<string[]> {
  const to = `sip:desk@${hostAndPort(address, far.port)};transport=${protocol}`
  const first = place(agent, to)
  expect(await first.answered).toBe(true)
  expect(await first.hold(true)).toBe(true)
  await first.hangUp()
  const second = place(agent, to)
  expect(await second.answered).toBe(true)
  await far.calls[1]?.answered
  await far.calls[1]?.hangUp()
  return (await Promise.all([first, far.calls[0]!, second, far.calls[1]!].map(call => call.ended))).map(({ by, cause }) => `${by} ${cause}`)
}

const whoHungUp = ['us hung_up', 'them hung_up', 'them hung_up', 'us hung_up']

function place(agent: UserAgent, to: string) {
  return agent.place({ to: uriOf(to), from: uriOf('sip:caller@127.0.0.1'), media: new PaperMedia('caller'), ringMs: 10_000 })
}

async function agentAt(options: SocketOptions, more: Partial<UserAgentOptions> = {}): Promise<UserAgent> {
  return agentOn(await openSockets(options), more)
}

function agentOn(network: OpenSockets, more: Partial<UserAgentOptions>): UserAgent {
  const agent = new UserAgent({ network, clock: systemClock, random: seededRandom(1), listen: 'open', ...more })
  agents.push(agent)
  return agent
}

function portOf({ bound }: OpenSockets, protocol: 'udp' | 'tcp' | 'tls'): number {
  return bound.find(each => each.protocol === protocol)!.port
}
