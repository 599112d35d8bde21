import { describe, expect, test } from 'vitest'
import { endFault } from '../../../../../../src/adapters/channels/voice/phone/end-fault.js'
import type { CallEnd } from '../../../../../../src/adapters/sip/call-end.js'
import { Place } from '../../../../../../src/domain/place.js'

const refusal = (status: number): CallEnd => ({ by: 'them', cause: 'refused', wasAnswered: false, status, words: 'Words' })

function faultOf(status: number, trunk: string | undefined): string {
  const facts = {
    place: new Place('sip:desk@agent'),
    trunk,
    ringMs: 60_000,
    hasPassword: true,
    srtp: 'allowed',
    discord: undefined,
  } as const
  const { by, code } = endFault(refusal(status), facts)
  return `${by} ${code}`
}

describe('whose outcome a refused call is', () => {
  test.each([
    [486, 'agent busy'],
    [600, 'agent busy'],
    [480, 'agent no_answer'],
    [408, 'agent no_answer'],
    [603, 'agent declined'],
    [488, 'agent no_common_media'],
  ])('%i is the agent, whatever carries the call', (status, fault) => {
    expect([faultOf(status, undefined), faultOf(status, 'main')]).toEqual([fault, fault])
  })

  test.each([403, 404, 484, 604, 500, 502, 503, 504])('%i is the trunk, where there is one', status => {
    expect([faultOf(status, undefined), faultOf(status, 'main')]).toEqual(['agent declined', 'infra not_routed'])
  })
})

describe('what a call that did not come about says', () => {
  const facts = {
    place: new Place('sip:desk@agent'),
    trunk: undefined,
    ringMs: 60_000,
    hasPassword: true,
    srtp: 'allowed',
    discord: undefined,
  } as const
  const challenged: CallEnd = { by: 'them', cause: 'unauthorized', wasAnswered: false, status: 401, words: 'Unauthorized' }

  test.each([
    [undefined, 'does not accept our user name and password (401)'],
    ['Basic realm="x"', 'wants to know who calls (401), by Basic realm="x". Nothing was sent'],
    ['', 'wants to know who calls (401), without saying how. Nothing was sent'],
  ])('of a challenge %j', (asks, words) => {
    expect(endFault({ ...challenged, asks }, facts).message).toContain(words)
  })

  test('of an INVITE that may be too long for UDP, and of one that is', () => {
    const lost: CallEnd = { ...challenged, by: 'network', cause: 'timeout' }
    expect(endFault(lost, facts).message).not.toContain('bytes')
    expect(endFault({ ...lost, datagramBytes: 1500 }, facts).message).toContain('Our INVITE has 1500 bytes, and not every network')
    const error = Object.assign(new Error('too long'), { code: 'EMSGSIZE' })
    const { message, isFinal } = endFault({ ...lost, cause: 'unreachable', datagramBytes: 70_000, error }, facts)
    expect(message).toContain('The INVITE to sip:desk@agent has 70000 bytes, more than UDP carries. Send fewer')
    expect(isFinal).toBe(true)
  })

  test('of an answer that cannot be read', () => {
    const { message } = endFault({ ...challenged, by: 'network', cause: 'timeout', unread: 'its length is no number' }, facts)
    expect(message).toBe(
      'What sip:desk@agent answered is no message of SIP: its length is no number. Look at its log, and for what changes messages in between.',
    )
  })

  test('of a connection that was closed before an answer', () => {
    const { code, by, message } = endFault({ ...challenged, by: 'network', cause: 'unreachable' }, facts)
    expect([code, by]).toEqual(['unreachable', 'infra'])
    expect(message).toContain('closed the connection before it answered, or sent what is not SIP')
  })
})
