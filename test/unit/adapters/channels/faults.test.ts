import { describe, expect, test } from 'vitest'
import { connectFault, lostFault, placeOf, quote } from '../../../../src/adapters/channels/faults.js'
import { readRetryAfter } from '../../../../src/adapters/channels/status-fault.js'

const failing = (code: string, message = code): Error => Object.assign(new Error(message), { code })

describe('a connection that was never made is no fault of the agent', () => {
  test.each([
    [failing('ECONNREFUSED'), 'refused'],
    [new AggregateError([failing('ECONNREFUSED'), failing('ENETUNREACH')]), 'refused'],
    [failing('ENOTFOUND'), 'no_such_host'],
    [failing('EAI_AGAIN'), 'no_such_host'],
    [failing('ETIMEDOUT'), 'connect_timeout'],
    [failing('UND_ERR_CONNECT_TIMEOUT'), 'connect_timeout'],
    [failing('EHOSTUNREACH'), 'unreachable'],
    [failing('ENETUNREACH'), 'unreachable'],
    [failing('EMFILE'), 'unreachable'],
    [failing('CERT_HAS_EXPIRED'), 'tls'],
    [failing('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls'],
    [failing('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls'],
    [failing('ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'), 'tls'],
    [new Error('something else'), 'unreachable'],
    ['a string', 'unreachable'],
  ])('%s: %s', (error, code) => {
    const fault = connectFault(error, 'ws://agent/')
    expect(fault).toMatchObject({ by: 'infra', code })
    expect(fault.message).toContain('ws://agent/')
  })
})

describe('a connection that was lost under way is', () => {
  test.each([
    [failing('ECONNRESET', 'read ECONNRESET'), 'reset'],
    [failing('EPIPE'), 'reset'],
    [failing('ECONNRESET', 'socket hang up'), 'closed'],
    [failing('UND_ERR_SOCKET', 'other side closed'), 'closed'],
    [failing('HPE_INVALID_CONSTANT'), 'bad_frame'],
    [failing('UND_ERR_HEADERS_OVERFLOW'), 'too_large'],
  ])('%s: %s', (error, code) => {
    expect(lostFault(error, 'http://agent/')).toMatchObject({ by: 'agent', code })
  })
})

test('a place shows neither credentials nor query', () => {
  expect(placeOf(new URL('https://user:secret@agent:8443/chat?key=secret#x'))).toBe('https://agent:8443/chat')
})

test('a quotation is one line, and cut to length', () => {
  expect(quote(' a\r\n\tb\u0000\u001bc ', 10)).toBe('a b c')
  expect(quote('x'.repeat(100), 10)).toBe(`${'x'.repeat(10)}...`)
  expect(quote(' '.repeat(1_000_000), 10)).toBe('...')
})

test.each([
  ['7', 7_000],
  [' 0 ', 0],
  ['Tue, 24 Nov 2026 20:00:30 GMT', 30_000],
  ['Tue, 24 Nov 2026 19:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
  [['3', '4'], 3_000],
])('Retry-After %j asks for %s ms', (header, ms) => {
  expect(readRetryAfter(header, new Date('2026-11-24T20:00:00Z'))).toBe(ms)
})
