import { expect, test } from 'vitest'
import { createPatterns } from '../../../src/adapters/patterns/re2.js'
import { createAskRedactor } from '../../../src/app/redact-asks.js'
import { createRedactor } from '../../../src/domain/redactor.js'
import { textMatches } from '../../../src/domain/text-matcher.js'

const redact = createRedactor([{ name: 'CODE', value: 'otter-4711' }])
const redactAsks = createAskRedactor(redact)
const { search } = createPatterns()

test.each([
  [{ contains: 'OTTER-4711'.toLowerCase() }],
  [{ equals: 'The code is otter-4711.' }],
  [{ oneOf: ['no', 'The code is otter-4711.'] }],
  [{ matches: '(?i)code is otter-4711\\.$' }],
])('a check gives the same answer on a text with a secret and on the stored text: %j', matcher => {
  const said = 'The code is otter-4711.'
  expect(textMatches(matcher, said, search)).toBe(true)
  expect(textMatches(redactAsks(matcher), redact(said), search)).toBe(true)
  expect(textMatches(redactAsks(matcher), redact('The code is none of your business.'), search)).toBe(false)
})

test('names, and places in files, stay as they are', () => {
  const file = { path: 'suite.yaml', text: 'otter-4711' }
  const assertion = { kind: 'metric', name: 'otter-4711', at: { file, start: 0, end: 3 }, bounds: { min: 1 } }
  const asked = redactAsks(assertion)
  expect(asked).toEqual(assertion)
  expect(asked.at.file).toBe(file)
})

test('a pattern in which no secret stands keeps its brackets', () => {
  expect(redactAsks({ matches: '[redacted CODE]+' })).toEqual({ matches: '[redacted CODE]+' })
})
