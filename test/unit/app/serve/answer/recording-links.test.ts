import { expect, test } from 'vitest'
import { createRecordingLinks } from '../../../../../src/app/serve/answer/recording-links.js'
import type { Clock } from '../../../../../src/ports/clock.js'

let now = Date.parse('2026-01-01T09:00:00.500Z')
const clock = { date: () => new Date(now) } as Clock

test('a link opens its run for an hour, and then nothing', () => {
  const links = createRecordingLinks(undefined, clock)
  const { token, expiresAt } = links.of('clinic', 7)
  expect(token).toMatch(/^[\w.-]+$/)
  expect(expiresAt.toISOString()).toBe('2026-01-01T10:00:01.000Z')
  expect(links.open(token)).toEqual({ project: 'clinic', run: 7, expiresAt })
  now = expiresAt.getTime() - 1
  expect(links.open(token)).toBeDefined()
  now = expiresAt.getTime()
  expect(links.open(token)).toBeUndefined()
})

test('nobody makes one of their own, or another of one that they have', () => {
  const links = createRecordingLinks('s3cret', clock)
  const [payload = '', signature = ''] = links.of('clinic', 7).token.split('.')
  const other = Buffer.from(JSON.stringify(['clinic', 8, 4_000_000_000])).toString('base64url')
  for (const token of ['', '.', payload, `${payload}.`, `${other}.${signature}`, `${payload}.${signature.slice(1)}`, `.${signature}`])
    expect(links.open(token)).toBeUndefined()
})

test('with a secret, a link works on every server that has it; without, only where it was made', () => {
  const { token } = createRecordingLinks('s3cret', clock).of('clinic', 7)
  expect(createRecordingLinks('s3cret', clock).open(token)).toMatchObject({ run: 7 })
  expect(createRecordingLinks('other', clock).open(token)).toBeUndefined()
  expect(createRecordingLinks(undefined, clock).open(createRecordingLinks(undefined, clock).of('clinic', 7).token)).toBeUndefined()
})
