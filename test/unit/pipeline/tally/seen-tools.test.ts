import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EntrySummary } from '../../../../src/domain/event.js'
import type { DeniedTool } from '../../../../src/domain/denied-tools.js'
import { nearName } from '../../../../src/pipeline/tally/near-name.js'
import { createSeenTools } from '../../../../src/pipeline/tally/seen-tools.js'
import { calls, caller, transcript } from '../score/conversations.js'

function warnings(denied: readonly DeniedTool[], called: readonly (readonly [name: string, args: object])[]): readonly string[] {
  const agent = { key: 'shop', name: 'Shop', channel: 'http' as const }
  const entry: EntrySummary = { index: 0, name: 'A', slug: 'a', agent, deniedTools: denied, cases: [] }
  const seen = createSeenTools({ entries: [entry] })
  seen.add('shop', transcript([caller('Hi'), ...called.map(([name, args]) => calls(name, args))]))
  return seen.warnings()
}

const word = fc.constantFrom('cancel', 'order', 'look', 'up', 'patient', 'id')
const name = fc.array(word, { minLength: 1, maxLength: 4 })
const styles: readonly ((words: readonly string[]) => string)[] = [
  words => words.join('_'),
  words => words.join('-').toUpperCase(),
  words => words.map(each => each[0]!.toUpperCase() + each.slice(1)).join(''),
  words => words.join('.'),
]

test('a denied tool or argument that was only seen in another style of writing is warned of, whatever the style', () => {
  fc.assert(
    fc.property(name, fc.constantFrom(...styles), fc.constantFrom(...styles), (words, one, other) => {
      const [meant, seen] = [one(words), other(words)]
      const isSame = meant === seen
      expect(nearName(meant, ['unrelated_name', seen])).toBe(seen)
      expect(warnings([{ name: meant, keys: [] }], [[seen, {}]])).toHaveLength(isSame ? 0 : 1)
      expect(warnings([{ name: 't', keys: [meant] }], [['t', { [seen]: 1 }]])).toHaveLength(isSame ? 0 : 1)
    }),
  )
})

test('a tool that is rightly never called is not warned of, nor one that was called', () => {
  const denied = [{ name: 'cancel_order', keys: ['order_id'] }]
  expect(warnings(denied, [])).toEqual([])
  expect(warnings(denied, [['look_up', { patient: 1 }]])).toEqual([])
  expect(
    warnings(denied, [
      ['cancel_order', { order_id: 1 }],
      ['cancelOrder', {}],
    ]),
  ).toEqual([])
  expect(warnings(denied, [['cancel_order', { orderId: 1 }]])).toEqual([
    'Agent shop never called cancel_order with order_id, which must not be, but with orderId. Correct the name if that is meant.',
  ])
})
