import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { safeYaml } from '../../../../src/app/exchange/safe-yaml.js'
import { safeText } from '../../../../src/domain/safe-text.js'

const acting = fc.constantFrom(
  '::error::x',
  ' ::add-mask::',
  '##[error]',
  '##vso[task]',
  '##teamcity[x',
  '[[ATTACHMENT|/etc/passwd]]',
  '\u001b[31m',
  '\u009b2J',
  '\u202e',
  '\u2028',
  '\r',
  '\u0007',
  '\ufeff',
)
const text = fc
  .array(fc.oneof(acting, fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom('\n', ' ', '# ', ': ', '- ', '"', "'")), {
    maxLength: 6,
  })
  .map(parts => parts.join(''))
const key = text.filter(own => own !== '__proto__')
const value = fc.letrec(tie => ({
  any: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.boolean(),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(key, tie('any'), { maxKeys: 3 }),
  ),
})).any

test('whatever a suite says, it does not act where it is printed, and stays the same suite', () => {
  fc.assert(
    fc.property(value, fc.boolean(), fc.constantFrom(0, 40, 120), (suite, isFlow, lineWidth) => {
      const yaml = stringify({ suite }, { lineWidth, ...(isFlow && { collectionStyle: 'flow' as const }) })
      const safe = safeYaml(yaml)
      expect(safeText(safe)).toBe(safe)
      // Flow lists in each other may themselves look like an attachment.
      expect(isFlow || isDeepStrictEqual(parse(safe), parse(yaml))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('what acts nowhere is printed as it is, comments included', () => {
  const yaml = '# A comment.\nsuite: { name: "Plain" }\n'
  expect(safeYaml(yaml)).toBe(yaml)
})

test('a comment acts no more than a text', () => {
  expect(safeYaml('# ::error::x\nname: "::warning::y"\n')).toBe('# \\u003A\\u003Aerror::x\nname: "::warning::y"\n')
})

test('what is no YAML acts no more than what is', () => {
  expect(safeYaml('suite: { "a: ::error::x')).toBe(safeText('suite: { "a: ::error::x'))
  expect(safeYaml('suite: { "a: ::error::x')).not.toContain('::error::')
})
