import { expect, test } from 'vitest'
import { ReplayWindow } from '../../../../src/adapters/rtp/replay-window.js'
import { writeRtcp } from '../../../../src/adapters/rtp/rtcp-packet.js'
import { writeRtp } from '../../../../src/adapters/rtp/rtp-packet.js'
import { deriveKeys } from '../../../../src/adapters/rtp/srtp-keys.js'
import { Srtp } from '../../../../src/adapters/rtp/srtp.js'

const key = Buffer.from('e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6', 'hex')

test('session keys are those of RFC 3711, B.3', () => {
  const { cipher, salt, authentication } = deriveKeys(key, 'rtp')
  expect(cipher.toString('hex')).toBe('c61e7a93744f39ee10734afe3ff7a087')
  expect(salt.toString('hex')).toBe('30cbbc08863d8c85d49db34a9ae1')
  expect(authentication.toString('hex')).toBe('cebe321f6ff7716b6fd4ab49af256a156d38baa4')
})

// The packets by which libsrtp tests itself.
const plain = Buffer.from(`800f1234decafbadcafebabe${'ab'.repeat(16)}`, 'hex')
const sealed = Buffer.from('800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb', 'hex')
const plainRtcp = Buffer.from(`81c8000bcafebabe${'ab'.repeat(16)}`, 'hex')
const sealedRtcp = Buffer.from('81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798', 'hex')

test('packets are encrypted and decrypted as by other implementations', () => {
  expect(new Srtp('AES_CM_128_HMAC_SHA1_80', key).protect(plain)).toEqual(sealed)
  expect(new Srtp('AES_CM_128_HMAC_SHA1_80', key).unprotect(sealed)).toEqual(plain)
  expect(new Srtp('AES_CM_128_HMAC_SHA1_80', key).unprotectRtcp(sealedRtcp)).toEqual(plainRtcp)
  const second = new Srtp('AES_CM_128_HMAC_SHA1_80', key)
  second.protectRtcp(plainRtcp)
  expect(second.protectRtcp(plainRtcp)).toEqual(sealedRtcp)
})

test.each(['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const)(
  '%s goes there and back, around the end of the numbers',
  suite => {
    const [ours, theirs] = [new Srtp(suite, key), new Srtp(suite, key)]
    for (let n = 0; n < 70_000; n += 7) {
      const packet = writeRtp({
        payloadType: 0,
        isMarked: false,
        sequence: (65_000 + n) & 0xffff,
        timestamp: n,
        ssrc: 5,
        payload: Buffer.alloc(20, n),
      })
      if (n % 6 !== 0) continue
      const bytes = ours.protect(packet)
      expect(bytes.length).toBe(packet.length + (suite.endsWith('80') ? 10 : 4))
      expect(theirs.unprotect(bytes)).toEqual(packet)
    }
  },
)

test('what was changed, came before, or is too short is not taken', () => {
  const theirs = new Srtp('AES_CM_128_HMAC_SHA1_80', key)
  const changed = Buffer.from(sealed)
  changed[20]! ^= 1
  expect(theirs.unprotect(changed)).toBeUndefined()
  expect(theirs.unprotect(sealed)).toEqual(plain)
  expect(theirs.unprotect(sealed)).toBeUndefined()
  expect(theirs.unprotect(sealed.subarray(0, 15))).toBeUndefined()
  expect(theirs.unprotectRtcp(sealedRtcp)).toEqual(plainRtcp)
  expect(theirs.unprotectRtcp(sealedRtcp)).toBeUndefined()
  expect(theirs.unprotectRtcp(sealedRtcp.subarray(0, 20))).toBeUndefined()
})

test('a late packet from before the numbers went round is decrypted', () => {
  const [ours, theirs] = [new Srtp('AES_CM_128_HMAC_SHA1_80', key), new Srtp('AES_CM_128_HMAC_SHA1_80', key)]
  const packets = [65_534, 65_535, 0, 1].map(sequence =>
    writeRtp({ payloadType: 0, isMarked: false, sequence, timestamp: 0, ssrc: 5, payload: Buffer.alloc(8) }),
  )
  const sent = packets.map(packet => ours.protect(packet))
  for (const n of [0, 2, 1, 3]) expect(theirs.unprotect(sent[n]!)).toEqual(packets[n])
})

test('sources are counted apart, and only so many are remembered', () => {
  const [ours, theirs] = [new Srtp('AES_CM_128_HMAC_SHA1_80', key), new Srtp('AES_CM_128_HMAC_SHA1_80', key)]
  for (let ssrc = 0; ssrc < 500; ssrc += 1) {
    const packet = writeRtp({ payloadType: 0, isMarked: false, sequence: ssrc, timestamp: 0, ssrc, payload: Buffer.alloc(8) })
    expect(theirs.unprotect(ours.protect(packet))).toEqual(packet)
  }
  const rtcp = writeRtcp({ type: 'report', ssrc: 3, reports: [] }, 'a@b', false)
  expect(theirs.unprotectRtcp(ours.protectRtcp(rtcp))).toEqual(rtcp)
})

test('the window knows the last 64', () => {
  const window = new ReplayWindow()
  for (const index of [10, 8, 73]) window.add(index)
  expect([8, 9, 10, 11, 72, 73, 74].map(index => window.isNew(index))).toEqual([false, false, false, true, true, false, true])
  window.add(105)
  expect([73, 74, 42, 41].map(index => window.isNew(index))).toEqual([false, true, true, false])
  window.add(500)
  expect([105, 437, 500].map(index => window.isNew(index))).toEqual([false, true, false])
})
