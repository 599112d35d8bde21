import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Assertion } from '../../../src/domain/assertion.js'
import { expectsCutOff } from '../../../src/domain/expects-cut-off.js'

const at = { file: { path: 'suite.yaml', text: '' }, start: 0, end: 0 }
const asked: Assertion = { kind: 'cut_off', by: 'length', at }
const other: Assertion = { kind: 'turns', bounds: { max: 3 }, at }

test('a cut-off is expected unless it is denied, however deep it stands', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('not' as const, 'all' as const, 'any' as const), { maxLength: 8 }), wraps => {
      const assertion = wraps.reduce<Assertion>(
        (inner, kind) => (kind === 'not' ? { kind, assertion: inner, at } : { kind, assertions: [other, inner], at }),
        asked,
      )
      const isDenied = wraps.filter(kind => kind === 'not').length % 2 === 1
      expect(expectsCutOff([other, assertion], 'length')).toBe(!isDenied)
      expect(expectsCutOff([assertion], 'going_away')).toBe(false)
    }),
  )
})
