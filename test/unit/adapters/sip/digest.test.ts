import { describe, expect, test } from 'vitest'
import { Authenticator } from '../../../../src/adapters/sip/authenticator.js'
import { parseChallenge } from '../../../../src/adapters/sip/challenge.js'
import { answerTo } from '../../../../src/adapters/sip/digest.js'
import { HeaderList } from '../../../../src/adapters/sip/header-list.js'
import type { SipResponse } from '../../../../src/adapters/sip/message.js'

const mufasa = { username: 'Mufasa', password: 'Circle of Life' }
const get = { method: 'GET', uri: '/dir/index.html', body: '' }

/** The digest that answers a challenge. */
function responseOf(challenge: string, credentials = mufasa, request = get, cnonce = '', count = 1): string | undefined {
  const parsed = parseChallenge(challenge)
  return parsed && /response="([^"]*)"/.exec(answerTo(parsed, credentials, request, { cnonce, count }))?.[1]
}

describe('vectors of the RFCs', () => {
  test('RFC 2617, 3.5: MD5 with qop', () => {
    const challenge =
      'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
    expect(responseOf(challenge, { username: 'Mufasa', password: 'Circle Of Life' }, get, '0a4f113b')).toBe(
      '6629fae49393a05397450978507c4ef1',
    )
  })

  test.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('RFC 7616, 3.9.1: %s', (algorithm, wanted) => {
    const challenge = `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`
    expect(responseOf(challenge, mufasa, get, 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ')).toBe(wanted)
  })

  test('RFC 8760: SHA-512-256 is known, and is spelled back as the server spells it', () => {
    const parsed = parseChallenge('Digest realm="r", nonce="n", algorithm=SHA-512-256, qop="auth"')
    expect(parsed?.algorithm).toEqual({ hash: 'sha512-256', isSession: false })
    expect(answerTo(parsed!, mufasa, get, { cnonce: 'c', count: 1 })).toMatch(/response="[\da-f]{64}", algorithm=SHA-512-256/)
  })

  test('RFC 2069: a server without qop', () => {
    const challenge = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'
    expect(responseOf(challenge, { username: 'Mufasa', password: 'CircleOfLife' })).toBe('1949323746fe6a43ef61f9606e7febea')
  })
})

test.each([
  'Basic realm="x"',
  'Digest realm="x"',
  'Digest realm="x", nonce="n", algorithm=WHIRL',
  'Digest realm="x", nonce="n", qop="odd"',
])('a challenge that nobody here can answer: %s', value => expect(parseChallenge(value)).toBeUndefined())

describe('report 14: qop list, newest nonce, stale', () => {
  test('a nonce is used again with a higher count, and the same nonce of ours', () => {
    const authenticator = authenticatorOf()
    expect(authenticator.takes(challengeOf('n1'), authenticator.newTries())).toBe(true)
    expect(headersOf(authenticator)).toMatch(/nonce="n1".*qop=auth, cnonce="own1", nc=00000001/)
    expect(headersOf(authenticator)).toMatch(/nonce="n1".*qop=auth, cnonce="own1", nc=00000002/)
  })

  test('a stale nonce is answered with the new one, again and again but not for ever', () => {
    const authenticator = authenticatorOf()
    const tries = authenticator.newTries()
    const taken = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'].map(nonce => authenticator.takes(challengeOf(nonce, ', stale=TRUE'), tries))
    expect(taken).toEqual([true, true, true, false, false, false])
  })

  test('a password that was refused is not tried again', () => {
    const authenticator = authenticatorOf()
    const tries = authenticator.newTries()
    expect(authenticator.takes(challengeOf('n1'), tries)).toBe(true)
    expect(authenticator.takes(challengeOf('n2'), tries)).toBe(false)
  })

  test('a proxy and the server behind it are each answered once', () => {
    const authenticator = authenticatorOf()
    const tries = authenticator.newTries()
    expect(authenticator.takes(challengeOf('n1', '', 407), tries)).toBe(true)
    expect(authenticator.takes(challengeOf('n2', '', 401), tries)).toBe(true)
    const lines = authenticator.headersFor({ method: 'INVITE', uri: 'sip:x', body: '' }).map(([name]) => name)
    expect(lines).toEqual(['Proxy-Authorization', 'Authorization'])
  })

  test('of several challenges for a realm the topmost known one is answered', () => {
    const authenticator = authenticatorOf()
    const headers = new HeaderList()
    for (const algorithm of ['WHIRL', 'SHA-256', 'MD5'])
      headers.add('WWW-Authenticate', `Digest realm="r", nonce="n-${algorithm}", algorithm=${algorithm}`)
    expect(authenticator.takes({ kind: 'response', status: 401, reason: '', headers, body: '' }, authenticator.newTries())).toBe(true)
    expect(headersOf(authenticator)).toContain('nonce="n-SHA-256"')
  })
})

function authenticatorOf(): Authenticator {
  let made = 0
  return new Authenticator({ username: 'u', password: 'p' }, () => `own${(made += 1)}`)
}

function challengeOf(nonce: string, more = '', status = 401): SipResponse {
  const headers = new HeaderList().add(
    status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate',
    `Digest realm="r", nonce="${nonce}", qop="auth,auth-int"${more}`,
  )
  return { kind: 'response', status, reason: '', headers, body: '' }
}

function headersOf(authenticator: Authenticator): string {
  return authenticator
    .headersFor({ method: 'INVITE', uri: 'sip:x', body: '' })
    .map(([, value]) => value)
    .join('\n')
}
