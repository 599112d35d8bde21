import { describe, expect, test } from 'vitest'
import { networkErrorOf, tlsProblemOf, wasNeverConnected } from '../../../src/domain/network-error.js'

const failing = (code: string, message = code): Error => Object.assign(new Error(message), { code })

test('of the errors of several addresses the first counts', () => {
  const error = new AggregateError([failing('ECONNREFUSED'), failing('ENETUNREACH')])
  expect(networkErrorOf(error)).toMatchObject({ code: 'ECONNREFUSED' })
})

test('an error that only wraps another is looked through, however deep', () => {
  const fetchFailed = new TypeError('fetch failed', { cause: new AggregateError([failing('ECONNREFUSED', 'connect ECONNREFUSED')]) })
  const wrapped = new Error('Connection error.', { cause: fetchFailed })
  expect(networkErrorOf(wrapped)).toEqual({ code: 'ECONNREFUSED', name: 'Error', message: 'connect ECONNREFUSED' })
})

test('an error with a code stands for itself, whatever caused it', () => {
  const error = Object.assign(new Error('outer', { cause: failing('INNER') }), { code: 'OUTER' })
  expect(networkErrorOf(error)).toMatchObject({ code: 'OUTER', message: 'outer' })
})

test.each(['a string', undefined, { code: 'ECONNRESET' }])('what is no error, %j, has no code', thrown => {
  expect(networkErrorOf(thrown)).toMatchObject({ code: '', name: '' })
})

const cutOff = 'Client network socket disconnected before secure TLS connection was established'

describe('TLS failed', () => {
  test.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted'],
    ['CERT_REVOKED', 'untrusted'],
    ['CRL_HAS_EXPIRED', 'untrusted'],
    ['ERROR_IN_CERT_NOT_AFTER_FIELD', 'untrusted'],
    ['PATH_LENGTH_EXCEEDED', 'untrusted'],
    ['INVALID_CA', 'untrusted'],
    ['INVALID_PURPOSE', 'untrusted'],
    ['CERT_HAS_EXPIRED', 'expired'],
    ['CERT_NOT_YET_VALID', 'expired'],
    ['HOSTNAME_MISMATCH', 'other_host'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'other_host'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'handshake'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'handshake'],
    ['EPROTO', 'handshake'],
    ['ECONNRESET', 'cut_off', cutOff],
  ])('%s: %s', (code, problem, message = code) => {
    const error = networkErrorOf(failing(code, message))
    expect(tlsProblemOf(error)).toBe(problem)
    expect(wasNeverConnected(error)).toBe(true)
  })

  test.each(['', 'write EPROTO '])('of what OpenSSL says, "%s...", only the reason is kept', prefix => {
    const trace = '804C63E5297F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl3_record.c:350:'
    expect(networkErrorOf(failing('EPROTO', prefix + trace)).message).toBe('wrong version number')
  })
})

test.each([
  failing('ECONNRESET', 'read ECONNRESET'),
  failing('ECONNREFUSED'),
  failing('EPIPE'),
  failing('UND_ERR_SOCKET', 'other side closed'),
  failing('UND_ERR_INVALID_ARG'),
  failing('HPE_INVALID_CONSTANT'),
])('%s is not about TLS', error => {
  expect(tlsProblemOf(networkErrorOf(error))).toBeUndefined()
})

test.each([
  ['ECONNREFUSED', true],
  ['ENOTFOUND', true],
  ['EHOSTUNREACH', true],
  ['UND_ERR_CONNECT_TIMEOUT', true],
  ['ECONNRESET', false],
  ['EPIPE', false],
  ['UND_ERR_SOCKET', false],
  ['', false],
])('%s: never connected is %s', (code, never) => {
  expect(wasNeverConnected(networkErrorOf(failing(code)))).toBe(never)
})

test.each([
  ['connect EHOSTUNREACH 10.0.0.5:443 - Local (10.0.0.2:51234)', 'connect EHOSTUNREACH'],
  ['connect ECONNREFUSED ::1:80', 'connect ECONNREFUSED'],
  ['read ECONNRESET', 'read ECONNRESET'],
  ['getaddrinfo ENOTFOUND nowhere.invalid', 'getaddrinfo ENOTFOUND nowhere.invalid'],
  ['other side closed', 'other side closed'],
])('%s tells nobody which address a name leads to', (message, told) => {
  expect(networkErrorOf(new Error(message)).message).toBe(told)
})
