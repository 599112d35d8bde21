import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEgress, isPublic } from '../../../../src/adapters/channels/egress.js'

describe('an address is public', () => {
  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '192.169.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('%s', address => {
    expect(isPublic(address)).toBe(true)
  })
})

describe('an address is not public', () => {
  test.each([
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['this host', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['metadata of clouds', '169.254.169.254'],
    ['shared', '100.64.0.1'],
    ['benchmark', '198.18.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['loopback, written out', '0:0:0:0:0:0:0:1'],
    ['unique local', 'fd00::1'],
    ['unique local', 'fc00::1'],
    ['link-local', 'fe80::1'],
    ['link-local with its zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['mapped', '::ffff:127.0.0.1'],
    ['mapped, in words', '::ffff:7f00:1'],
    ['mapped, written out', '0:0:0:0:0:ffff:10.0.0.1'],
    ['compatible', '::127.0.0.1'],
    ['translated', '64:ff9b::7f00:1'],
    ['translated locally', '64:ff9b:1::1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:1::1'],
    ['documentation', '2001:db8::1'],
    ['no address', 'example.com'],
    ['nothing', ''],
  ])('%s: %s', (_, address) => {
    expect(isPublic(address)).toBe(false)
  })

  test('whatever of IPv4 it is, mapped into IPv6 it is the same', () => {
    const octet = fc.integer({ min: 0, max: 255 })
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), ([a, b, c, d]) => {
        const words = [(a << 8) | b, (c << 8) | d].map(word => word.toString(16)).join(':')
        expect(isPublic(`::ffff:${words}`)).toBe(isPublic(`${a}.${b}.${c}.${d}`))
        expect(isPublic(`::FFFF:${a}.${b}.${c}.${d}`)).toBe(isPublic(`${a}.${b}.${c}.${d}`))
      }),
    )
  })
})

describe('a URL is refused before anything is looked up', () => {
  const egress = createEgress(['allowed.internal', '10.0.0.5', '::1'])
  test.each([
    'ws://localhost/',
    'ws://LOCALHOST:80/',
    'ws://a.localhost/',
    'ws://localhost./',
    'ws://127.0.0.1/',
    'ws://127.1/',
    'ws://2130706433/',
    'ws://0x7f000001/',
    'ws://0177.0.0.1/',
    'ws://0/',
    'ws://[::]/',
    'ws://[::ffff:127.0.0.1]/',
    'ws://[fe80::1]/',
    'ws://169.254.169.254/',
    'ws://user:pass@127.0.0.1/',
    'ws://①②⑦.0.0.1/',
    'http://10.0.0.6/',
  ])('%s', url => {
    expect(egress.refusal(new URL(url))).toContain('not an address of the public network')
  })

  test.each(['ws://10.0.0.5/', 'ws://[::1]:8080/', 'ws://allowed.internal/', 'wss://agent.example.com/', 'ws://1.1.1.1/'])(
    'but not %s',
    url => {
      expect(egress.refusal(new URL(url))).toBeUndefined()
    },
  )
})

const lookup = (allowed: readonly string[], host: string, options: object): Promise<unknown> =>
  new Promise((resolve, reject) =>
    createEgress(allowed).lookup(host, options, (error, address, family) => (error ? reject(error) : resolve([address, family]))),
  )

describe('a name is refused for where it leads, when it is connected to', () => {
  test('localhost leads to loopback', async () => {
    await expect(lookup([], 'localhost', {})).rejects.toMatchObject({
      code: 'EGRESS_REFUSED',
      message: 'localhost leads to an address that is not public',
    })
    await expect(lookup([], 'localhost', { all: true })).rejects.toMatchObject({ code: 'EGRESS_REFUSED' })
  })

  test('unless it is allowed by name', async () => {
    expect(await lookup(['LocalHost.'], 'localhost', { family: 4 })).toEqual(['127.0.0.1', 4])
    expect(await lookup(['localhost'], 'localhost', { all: true, family: 4 })).toEqual([[{ address: '127.0.0.1', family: 4 }], undefined])
  })

  test('a name that leads nowhere is not found, as ever', async () => {
    await expect(lookup([], 'nowhere.invalid', {})).rejects.toMatchObject({ code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) })
  })
})
