import { expect, test } from 'vitest'
import { secretsInUrl } from '../../../src/domain/secret-in-url.js'
import { basicAuthorization } from '../../../src/domain/url-credentials.js'

test.each([
  ['bob:secret', 'bob:secret'],
  ['bob:p%40ss', 'bob:p@ss'],
  ['bob:p%ssw0rd', 'bob:p%ssw0rd'],
  ['b%ob:100%', 'b%ob:100%'],
  ['bob:%ff', 'bob:%ff'],
])('the credentials in http://%s@host are %s', (written, sent) => {
  const value = basicAuthorization(new URL(`http://${written}@127.0.0.1/`)) ?? ''
  expect(Buffer.from(value.replace('Basic ', ''), 'base64').toString()).toBe(sent)
})

test('a URL without credentials has none', () => {
  expect(basicAuthorization(new URL('http://127.0.0.1/'))).toBeUndefined()
})

test('a password is a secret as it stands and decoded, with a plus as itself and as a space', () => {
  expect(secretsInUrl('http://bob:a+b%21@host/')).toEqual(expect.arrayContaining(['a+b%21', 'a+b!', 'a b!']))
})
