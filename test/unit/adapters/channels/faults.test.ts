import { Place } from '../../../../src/domain/place.js'
import { describe, expect, test } from 'vitest'
import { connectFault, lostFault, placeOf } from '../../../../src/adapters/channels/faults.js'

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
    const fault = connectFault(error, new Place('ws://agent/'))
    expect(fault).toMatchObject({ by: 'infra', code })
    expect(fault.message).toContain('ws://agent/')
  })
})

describe('a connection that was lost in the middle is', () => {
  test.each([
    [failing('ECONNRESET', 'read ECONNRESET'), 'reset'],
    [failing('EPIPE'), 'reset'],
    [failing('ECONNRESET', 'socket hang up'), 'closed'],
    [failing('UND_ERR_SOCKET', 'other side closed'), 'closed'],
    [failing('HPE_INVALID_CONSTANT'), 'bad_frame'],
    [failing('UND_ERR_HEADERS_OVERFLOW'), 'too_large'],
  ])('%s: %s', (error, code) => {
    expect(lostFault(error, new Place('http://agent/'))).toMatchObject({ by: 'agent', code })
  })
})

test('an agent that refuses our certificate after the handshake is no fault of the agent', () => {
  const error = failing('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tlsv13 alert certificate required')
  expect(lostFault(error, new Place('https://agent/'))).toEqual(connectFault(error, new Place('https://agent/')))
  expect(lostFault(error, new Place('https://agent/'))).toMatchObject({ by: 'infra', code: 'tls' })
})

test('a place shows neither credentials nor query', () => {
  expect(placeOf(new URL('https://user:secret@agent:8443/chat?key=secret#x'), undefined).name).toBe('https://agent:8443/chat')
})
