import { describe, expect, test } from 'vitest'
import { createCookieJar } from '../../../../../src/adapters/channels/http/cookie-jar.js'

const now = new Date('2026-11-24T20:00:00Z')

function jarOf(...lines: string[]): ReturnType<typeof createCookieJar> {
  const jar = createCookieJar()
  for (const line of lines) jar.take(line, now)
  return jar
}

describe('a cookie jar', () => {
  test('sends what it was given, the last value of each name', () => {
    expect(jarOf('a=1; HttpOnly; Secure', 'b=x=y', 'a=2; Domain=elsewhere.example').header('/chat?q=1')).toBe('a=2; b=x=y')
  })

  test('sends nothing when it has nothing', () => {
    expect(jarOf().header('/')).toBe('')
  })

  test('lets go of what has expired', () => {
    expect(jarOf('a=1', 'a=; Max-Age=0').header('/')).toBe('')
    expect(jarOf('a=1', 'a=1; Expires=Tue, 24 Nov 2026 19:00:00 GMT').header('/')).toBe('')
    expect(jarOf('a=1; Expires=Tue, 24 Nov 2026 21:00:00 GMT').header('/')).toBe('a=1')
    expect(jarOf('a=1; Max-Age=10; Expires=Tue, 24 Nov 2020 21:00:00 GMT').header('/')).toBe('a=1')
  })

  test.each([
    ['/', '/chat', true],
    ['/chat', '/chat', true],
    ['/chat', '/chat/room', true],
    ['/chat/', '/chat/room', true],
    ['/chat', '/chatter', false],
    ['/other', '/chat', false],
  ])('a cookie for %s goes with %s: %s', (path, asked, goes) => {
    expect(jarOf(`a=1; Path=${path}`).header(asked) !== '').toBe(goes)
  })

  test('takes several at once, and passes over what is none', () => {
    const jar = createCookieJar()
    jar.take(['a=1', 'b=2', ''], now)
    expect(jar.header('/')).toBe('a=1; b=2')
  })
})
