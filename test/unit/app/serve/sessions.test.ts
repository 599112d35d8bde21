import { expect, test } from 'vitest'
import { createSessions } from '../../../../src/app/serve/sessions.js'
import type { Clock } from '../../../../src/ports/clock.js'

const clinic = { key: 'clinic', id: 1, name: 'Clinic' }
const shop = { key: 'shop', id: 2, name: 'Shop' }
const projects = { all: [clinic, shop] }
const keys = ['sha256:aa', 'sha256:bb']

function clockAt(times: { ms: number }): Clock {
  return { now: () => times.ms, date: () => new Date(times.ms), after: () => () => undefined }
}

test('a session opens its project until it expires', () => {
  const times = { ms: 1_000_000 }
  const sessions = createSessions(projects, keys, undefined, clockAt(times))
  const { token, seconds } = sessions.begin(shop, 'sha256:2f')
  expect(seconds).toBe(12 * 60 * 60)
  expect(sessions.projectOf(token)).toBe(shop)
  times.ms += seconds * 1000 - 1
  expect(sessions.projectOf(token)).toBe(shop)
  times.ms += 2000
  expect(sessions.projectOf(token)).toBeUndefined()
})

test('no change of any character leaves a session valid, and no two are the same', () => {
  const sessions = createSessions(projects, keys, 'secret', clockAt({ ms: 0 }))
  const { token } = sessions.begin(clinic, 'sha256:1f')
  expect(sessions.begin(clinic, 'sha256:1f').token).not.toBe(token)
  for (let i = 0; i < token.length - 1; i += 1) {
    const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1)
    expect(sessions.projectOf(changed)).toBeUndefined()
  }
  for (const other of ['', '.', 'a.b', `${token}.x`.slice(1)]) expect(sessions.projectOf(other)).toBeUndefined()
})

test('one that was ended is over, and the others go on', () => {
  const sessions = createSessions(projects, keys, undefined, clockAt({ ms: 0 }))
  const [one, other] = [sessions.begin(clinic, 'sha256:1f').token, sessions.begin(clinic, 'sha256:1f').token]
  sessions.end(one)
  sessions.end('nonsense')
  expect(sessions.projectOf(one)).toBeUndefined()
  expect(sessions.projectOf(other)).toBe(clinic)
})

test('with a secret a session lives on another server with the same keys, and on none with others', () => {
  const clock = clockAt({ ms: 0 })
  const { token } = createSessions(projects, keys, 'secret', clock).begin(clinic, 'sha256:1f')
  const opens = (...[own, secret]: [readonly string[], string | undefined]) => createSessions(projects, own, secret, clock).projectOf(token)
  expect(opens(keys.toReversed(), 'secret')).toBe(clinic)
  expect(opens(['sha256:aa'], 'secret')).toBeUndefined()
  expect(opens(keys, 'other')).toBeUndefined()
  expect(opens(keys, undefined)).toBeUndefined()
})

test('the token of a form belongs to one session', () => {
  const sessions = createSessions(projects, keys, undefined, clockAt({ ms: 0 }))
  const [one, other] = [sessions.begin(clinic, 'sha256:1f').token, sessions.begin(clinic, 'sha256:1f').token]
  expect(sessions.isFormToken(one, sessions.formTokenOf(one))).toBe(true)
  expect(sessions.isFormToken(one, sessions.formTokenOf(other))).toBe(false)
  expect(sessions.isFormToken(one, '')).toBe(false)
  expect(sessions.formTokenOf(one)).not.toContain(one)
})
