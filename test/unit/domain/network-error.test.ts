import { describe, expect, test } from 'vitest'
import { isTlsError, networkErrorOf, wasNeverConnected } from '../../../src/domain/network-error.js'

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

describe('TLS failed', () => {
  test.each([
    failing('DEPTH_ZERO_SELF_SIGNED_CERT'),
    failing('SELF_SIGNED_CERT_IN_CHAIN'),
    failing('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    failing('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
    failing('CERT_HAS_EXPIRED'),
    failing('CERT_REVOKED'),
    failing('CRL_HAS_EXPIRED'),
    failing('ERROR_IN_CERT_NOT_AFTER_FIELD'),
    failing('HOSTNAME_MISMATCH'),
    failing('PATH_LENGTH_EXCEEDED'),
    failing('INVALID_CA'),
    failing('INVALID_PURPOSE'),
    failing('ERR_TLS_CERT_ALTNAME_INVALID'),
    failing('ERR_SSL_WRONG_VERSION_NUMBER'),
    failing('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
    failing('EPROTO'),
    failing('ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'),
  ])('%s', error => {
    expect(isTlsError(networkErrorOf(error))).toBe(true)
    expect(wasNeverConnected(networkErrorOf(error))).toBe(true)
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
  expect(isTlsError(networkErrorOf(error))).toBe(false)
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
