import { describe, expect, test } from 'vitest'
import { FaultError } from '../../../src/domain/fault.js'
import { proxyFor } from '../../../src/domain/proxy.js'

const chosen = (to: string, environment: Record<string, string>): string | undefined => proxyFor(new URL(to), environment)?.name

const isExempt = (to: string, noProxy: string): boolean => chosen(to, { http_proxy: 'http://p:1', NO_PROXY: noProxy }) === undefined

describe('a proxy', () => {
  test.each([
    ['http://a.test/', { HTTP_PROXY: 'http://p:1' }, 'http://p:1 (HTTP_PROXY)'],
    ['ws://a.test/', { http_proxy: 'http://p:1' }, 'http://p:1 (http_proxy)'],
    ['https://a.test/', { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:1' }, 'http://p:1 (HTTPS_PROXY)'],
    ['wss://a.test/', { HTTP_PROXY: 'http://q:1' }, 'http://q:1 (HTTP_PROXY)'],
    ['http://a.test/', { HTTPS_PROXY: 'http://p:1' }, undefined],
    ['http://a.test/', { http_proxy: 'http://low:1', HTTP_PROXY: 'http://up:1' }, 'http://low:1 (http_proxy)'],
    ['http://a.test/', { http_proxy: '', HTTP_PROXY: 'http://up:1' }, undefined],
    ['http://a.test/', { HTTP_PROXY: 'p.corp:3128' }, 'http://p.corp:3128 (HTTP_PROXY)'],
    ['http://a.test/', { HTTP_PROXY: 'https://me:pass@p:1' }, 'https://p:1 (HTTP_PROXY)'],
    ['http://a.test/', {}, undefined],
  ])('for %s with %j is %s', (to, environment, name) => {
    expect(chosen(to, environment as Record<string, string>)).toBe(name)
  })

  test.each(['http://localhost:1/', 'http://agent.localhost/', 'ws://127.9.9.9/', 'https://[::1]:3/', 'http://0.0.0.0/'])(
    'is never asked for %s',
    to => expect(chosen(to, { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:1' })).toBeUndefined(),
  )

  test.each(['socks5://p:1', 'http://', 'not a proxy'])('at %s is refused, without showing it', value => {
    expect(() => proxyFor(new URL('http://a.test'), { HTTP_PROXY: value })).toThrow(FaultError)
    expect(() => proxyFor(new URL('http://a.test'), { HTTP_PROXY: value })).toThrow(/^The address in HTTP_PROXY is not a proxy's/)
  })
})

describe('NO_PROXY exempts', () => {
  test.each([
    ['*', 'http://a.test/'],
    ['a.test', 'http://a.test/'],
    ['A.Test', 'http://a.test./'],
    ['.test', 'http://a.test/'],
    ['.a.test', 'http://a.test/'],
    ['*.a.test', 'http://b.a.test/'],
    ['other, a.test', 'http://b.a.test/'],
    ['other a.test', 'http://a.test/'],
    ['a.test:8080', 'http://a.test:8080/'],
    ['a.test:80', 'http://a.test/'],
    ['a.test:443', 'wss://a.test/'],
    ['10.0.0.1', 'http://10.0.0.1/'],
    ['10.0.0.1:81', 'http://10.0.0.1:81/'],
    ['fd00::1', 'http://[fd00::1]:3/'],
    ['[fd00::1]', 'http://[fd00::1]/'],
    ['[fd00::1]:3', 'http://[fd00::1]:3/'],
  ])('by %s: %s', (noProxy, to) => expect(isExempt(to, noProxy)).toBe(true))

  test.each([
    ['', 'http://a.test/'],
    [' , ', 'http://a.test/'],
    ['a.test', 'http://aa.test/'],
    ['a.test', 'http://a.test.evil/'],
    ['a.test:81', 'http://a.test/'],
    ['0.0.1', 'http://10.0.0.1/'],
    ['[fd00::1]:4', 'http://[fd00::1]:3/'],
    ['a*', 'http://a.test/'],
  ])('not by %s: %s', (noProxy, to) => expect(isExempt(to, noProxy)).toBe(false))
})
