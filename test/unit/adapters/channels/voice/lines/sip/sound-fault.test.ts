import { expect, test } from 'vitest'
import { soundFault } from '../../../../../../../src/adapters/channels/voice/lines/sip/sound-fault.js'
import type { RtpHealth } from '../../../../../../../src/adapters/rtp/rtp-session.js'
import { Place } from '../../../../../../../src/domain/place.js'

const place = new Place('sip:desk@127.0.0.1')
const open: RtpHealth = { quietFrames: 0, isHeld: false, wasOpen: true, deafReports: 0, receivedPackets: 100 }

/** The fault of a call, by how many seconds ago it was answered. */
function codeAfter(seconds: number, health: Partial<RtpHealth>): string | undefined {
  return soundFault({ ...open, ...health }, seconds * 50, place)?.code
}

test.each([
  ['is open', {}, undefined, undefined],
  ['is held, and was open', { isHeld: true, quietFrames: 5000 }, undefined, undefined],
  ['was never taken off hold, and nothing is heard', { isHeld: true, wasOpen: false, receivedPackets: 0 }, 'no_audio', 'no_audio'],
  ['was never taken off hold, and music is heard', { isHeld: true, wasOpen: false }, undefined, 'one_way_audio'],
] as const)('a call that %s', (_, health, after10S, after30S) => {
  expect(codeAfter(9.9, health)).toBeUndefined()
  expect(codeAfter(10, health)).toBe(after10S)
  expect(codeAfter(30, health)).toBe(after30S)
})

test('an agent that answers on hold is told so', () => {
  expect(soundFault({ ...open, isHeld: true, wasOpen: false }, 1500, place)?.message).toBe(
    'sip:desk@127.0.0.1 answered the call on hold, and did not take it off hold within 30 s: its SDP says a=sendonly, recvonly or inactive. Have it answer with a=sendrecv.',
  )
})
