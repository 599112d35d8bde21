import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../../../src/adapters/clocks/system.js'
import type { NamingPointer } from '../../../../src/adapters/sip/naming-pointers.js'
import { resolveUri, type Dns, type ServiceRecord } from '../../../../src/adapters/sip/resolve.js'
import { ScriptedCall } from '../../../support/sip/scripted-call.js'
import { dnsOf, sipRig, uriOf } from '../../../support/sip/sip-rig.js'

describe('where a request goes (RFC 3263)', () => {
  test.each([
    ['sip:10.0.0.2', ['udp 10.0.0.2:5060']],
    ['sip:10.0.0.2:5070;transport=tcp', ['tcp 10.0.0.2:5070']],
    ['sips:[2001:db8::1]', ['tls 2001:db8::1:5061']],
    ['sip:a.example:5080', ['udp 10.0.0.2:5080', 'udp 2001:db8::2:5080']],
    ['sip:a.example;maddr=10.0.0.9', ['udp 10.0.0.9:5060']],
    ['sip:a.example;transport=tls', ['tls 10.0.0.2:5061', 'tls 2001:db8::2:5061']],
  ])('%s', async (text, wanted) => {
    expect(await peersOf(text, dnsOf({ 'a.example': ['2001:db8::2', '10.0.0.2'] }))).toEqual(wanted)
  })

  test('servers are asked for by their service, and tried by priority', async () => {
    const asked: string[] = []
    const records: ServiceRecord[] = [
      { name: 'b.example', port: 5070, priority: 20, weight: 0 },
      { name: 'a.example', port: 5061, priority: 10, weight: 0 },
    ]
    const dns: Dns = {
      ...dnsOf({ 'a.example': ['10.0.0.1'], 'b.example': ['10.0.0.2'] }),
      async services(name) {
        asked.push(name)
        return records
      },
    }
    expect(await peersOf('sip:example.com;transport=tls', dns)).toEqual(['tls 10.0.0.1:5061', 'tls 10.0.0.2:5070'])
    await peersOf('sip:example.com;transport=tcp', dns)
    await peersOf('sip:example.com', dns)
    expect(asked).toEqual(['_sips._tcp.example.com', '_sip._tcp.example.com', '_sip._udp.example.com'])
  })

  test('what the domain prefers decides how it is reached, unless the URI says', async () => {
    const dns: Dns = {
      ...dnsOf({ 'a.example': ['10.0.0.1'], 'example.com': ['10.0.0.9'] }),
      services: async name => (name === '_sips._tcp.b.example' || name === '_sip._udp.example.com' ? [at5061] : []),
      pointers: async () => [
        pointer('SIP+D2T', '_sip._tcp.nowhere.example', 30),
        pointer('SIP+D2W', '_sip._ws.example.com', 1),
        pointer('E2U+sip', 'x', 1, 'u'),
        pointer('SIPS+D2T', '_sips._tcp.b.example', 20),
      ],
    }
    const at5061: ServiceRecord = { name: 'a.example', port: 5061, priority: 10, weight: 0 }
    expect(await peersOf('sip:example.com', dns)).toEqual(['tls 10.0.0.1:5061'])
    expect(await peersOf('sip:example.com;transport=udp', dns)).toEqual(['udp 10.0.0.1:5061'])
    expect(await peersOf('sip:example.com:5080', dns)).toEqual(['udp 10.0.0.9:5080'])
    // A way that leads nowhere is none.
    const broken: Dns = { ...dns, pointers: async () => [pointer('SIP+D2T', '_sip._tcp.nowhere.example', 1)] }
    expect(await peersOf('sip:example.com', broken)).toEqual(['udp 10.0.0.1:5061'])
    expect(await peersOf('sips:example.com', broken)).toEqual(['tls 10.0.0.9:5061'])
  })

  test('a certificate is for the domain that was asked for', async () => {
    const dns = dnsOf({ 'a.example': ['10.0.0.1'] }, [{ name: 'a.example', port: 5061, priority: 1, weight: 1 }])
    expect(await resolveUri(uriOf('sips:example.com'), { dns, random: () => 0 })).toEqual([
      { protocol: 'tls', address: '10.0.0.1', port: 5061, host: 'example.com' },
    ])
  })

  test('of one priority the heavier server is first more often, in proportion', async () => {
    const random = seededRandom(7)
    const dns = dnsOf({ 'a.example': ['10.0.0.1'], 'b.example': ['10.0.0.2'] }, [
      { name: 'a.example', port: 5060, priority: 1, weight: 30 },
      { name: 'b.example', port: 5060, priority: 1, weight: 10 },
    ])
    let first = 0
    for (let i = 0; i < 2_000; i += 1)
      if ((await resolveUri(uriOf('sip:x.example'), { dns, random }))[0]?.address === '10.0.0.1') first += 1
    expect(first / 2_000).toBeCloseTo(0.75, 1)
  })

  test('a server without an address is passed over', async () => {
    const dns = dnsOf({ 'b.example': ['10.0.0.2'] }, [
      { name: 'a.example', port: 5060, priority: 1, weight: 0 },
      { name: 'b.example', port: 5060, priority: 2, weight: 0 },
    ])
    expect(await peersOf('sip:x.example', dns)).toEqual(['udp 10.0.0.2:5060'])
  })

  test('a domain without servers and without an address is not found', async () => {
    await expect(peersOf('sip:nowhere.example', dnsOf({}))).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })
})

test('an INVITE goes to the next server of the domain where the first does not answer', async () => {
  const rig = sipRig()
  const dns = dnsOf({ 'pbx.example': ['10.0.0.8', '10.0.0.2'] })
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1', { dns }), { to: uriOf('sip:desk@pbx.example') })
  const far = await ScriptedCall.of(peer)
  far.accept()
  expect(await call.answered).toBe(true)
  expect(Math.round(rig.clock.now() / 1000)).toBe(32)
})

test('an INVITE goes to the next server where the first is out of service, unless it says for how long', async () => {
  const rig = sipRig()
  const dns = dnsOf({ 'pbx.example': ['10.0.0.8', '10.0.0.2'] })
  const [first, second] = [rig.raw('10.0.0.8'), rig.raw('10.0.0.2')]
  const agent = rig.agent('10.0.0.1', { dns })
  const { call } = rig.dial(agent, { to: uriOf('sip:desk@pbx.example') })
  ;(await ScriptedCall.of(first)).answer({ status: 503, tag: 'x' })
  ;(await ScriptedCall.of(second)).answer({ status: 486, tag: 'y' })
  expect(await call.ended).toMatchObject({ status: 486 })
  const { call: later } = rig.dial(agent, { to: uriOf('sip:desk@pbx.example') })
  ;(await ScriptedCall.of(first)).answer({ status: 503, tag: 'x', headers: [['Retry-After', '30 (busy)']] })
  expect(await later.ended).toMatchObject({ status: 503, retryAfterMs: 30_000 })
  expect(second.count('INVITE')).toBe(1)
})

test('a far side that names its address behind a NAT is answered where it speaks from', async () => {
  const rig = sipRig()
  const peer = rig.raw('192.0.2.2')
  const { call } = rig.dial(rig.agent('10.0.0.1'), { to: uriOf('sip:desk@192.0.2.2') })
  const { answer, request } = await peer.request('INVITE')
  const far = new ScriptedCall(peer, request, answer)
  answer({ ...far.withDescription('answer'), status: 200, tag: 'far', headers: [['Contact', '<sip:desk@192.168.1.20:5062>']] })
  expect(await call.answered).toBe(true)
  expect((await peer.request('ACK')).request.uri).toBe('sip:desk@192.168.1.20:5062')
})

test('over a connection nothing is repeated, and what it loses ends at once', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const { call } = rig.dial(rig.agent('10.0.0.1'), { to: uriOf('sip:desk@10.0.0.2;transport=tcp') })
  const far = await ScriptedCall.of(peer)
  await rig.wait(20_000)
  expect(peer.count('INVITE')).toBe(1)
  far.answer({ status: 180, tag: 'far' })
  await rig.wait(100)
  rig.network.breakConnections()
  expect(await call.ended).toMatchObject({ by: 'network', cause: 'unreachable' })
})

test('a connection that a server closed meanwhile is made again for the next call', async () => {
  const rig = sipRig()
  const peer = rig.raw('10.0.0.2')
  const agent = rig.agent('10.0.0.1')
  const first = rig.dial(agent, { to: uriOf('sip:desk@10.0.0.2;transport=tcp') })
  ;(await ScriptedCall.of(peer)).answer({ status: 486, tag: 'x' })
  await first.call.ended
  rig.network.breakConnections()
  const second = rig.dial(agent, { to: uriOf('sip:desk@10.0.0.2;transport=tcp') })
  ;(await ScriptedCall.of(peer)).answer({ status: 603, tag: 'x' })
  expect(await second.call.ended).toMatchObject({ status: 603 })
})

const pointer = (service: string, replacement: string, preference: number, flags = 's'): NamingPointer => ({
  flags,
  service,
  replacement,
  order: 10,
  preference,
})

async function peersOf(text: string, dns: Dns): Promise<string[]> {
  const peers = await resolveUri(uriOf(text), { dns, random: () => 0.5 })
  return peers.map(({ protocol, address, port }) => `${protocol} ${address}:${port}`)
}
