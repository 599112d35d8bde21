import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { insertIds, type WantedId } from '../../../../src/pipeline/load/insert-ids.js'

const scenario = (key: string, id: number): WantedId => ({ section: 'scenarios', key, id })

test('an id comes first in its map, in the style of the map, and all else stays as it was', () => {
  const text = `# Our suite.
version: 1   # the only one
scenarios:
  cancels:   # often
    # What the caller says:
    script:  { first_message: "Hi." }

  "moves it": {script: {first_message: Hi.}}
  empty: {}
  spaced: { name: x }
agents: { clinic: { connection: { type: module, path: a.js } } }
`
  const wanted = [
    scenario('cancels', 4),
    scenario('moves it', 5),
    scenario('empty', 6),
    scenario('spaced', 7),
    { section: 'agents', key: 'clinic', id: 1 } as const,
  ]
  const { text: changed, inserted } = insertIds(text, wanted)
  expect(inserted).toEqual(wanted)
  expect(changed).toBe(`# Our suite.
version: 1   # the only one
scenarios:
  cancels:   # often
    # What the caller says:
    id: 4
    script:  { first_message: "Hi." }

  "moves it": { id: 5, script: {first_message: Hi.}}
  empty: { id: 6 }
  spaced: { id: 7, name: x }
agents: { clinic: { id: 1, connection: { type: module, path: a.js } } }
`)
})

test('line ends of Windows stay so', () => {
  expect(insertIds('scenarios:\r\n  a:\r\n    name: x\r\n', [scenario('a', 1)]).text).toBe(
    'scenarios:\r\n  a:\r\n    id: 1\r\n    name: x\r\n',
  )
})

test.each([
  ['is in another file', 'scenarios:\n  other: { name: x }\n'],
  ['has an id', 'scenarios:\n  a: { id: 9, name: x }\n'],
  ['is an alias', 'scenarios:\n  b: &b { name: x }\n  a: *b\n'],
  ['is repeated by an alias', 'scenarios:\n  a: &b { name: x }\n  c: *b\n'],
  ['is nothing', 'scenarios:\n  a:\n'],
  ['has a key of many lines', 'scenarios:\n  a:\n    ? name\n    : x\n'],
])('nothing is written where the thing %s', (_, text) => {
  expect(insertIds(text, [scenario('a', 1)])).toEqual({ text, inserted: [] })
})

test('one that cannot be written does not keep the others from it', () => {
  const text = 'scenarios:\n  a: &b { name: x }\n  c: *b\n  d: { name: y }\n'
  expect(insertIds(text, [scenario('a', 1), scenario('d', 2)])).toEqual({
    text: 'scenarios:\n  a: &b { name: x }\n  c: *b\n  d: { id: 2, name: y }\n',
    inserted: [scenario('d', 2)],
  })
})

test('whatever a suite says, with its ids it says the same, and the ids', () => {
  const value = fc.letrec(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.array(tie('value')),
      fc.dictionary(fc.string(), tie('value')),
    ),
  })).value
  const thing = fc.dictionary(
    fc.string().filter(key => key !== 'id'),
    value,
    { minKeys: 1 },
  )
  const key = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]*$/)
  const style = fc.record({
    indent: fc.constantFrom(2, 4),
    collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
  })
  fc.assert(
    fc.property(fc.dictionary(key, thing), style, (scenarios, how) => {
      const text = stringify({ version: 1, scenarios }, how)
      const wanted = Object.keys(scenarios).map((name, i) => scenario(name, i + 1))
      const { text: changed, inserted } = insertIds(text, wanted)
      const expected = Object.fromEntries(
        Object.entries(scenarios).map(([name, said]) => {
          const id = inserted.find(each => each.key === name)?.id
          return [name, { ...said, ...(id !== undefined && { id }) }]
        }),
      )
      expect(parse(changed)).toEqual({ version: 1, scenarios: expected })
      // Taken out again, the text is what it was.
      expect(changed.length - text.length).toBeGreaterThanOrEqual(inserted.length * 'id: 1'.length)
      const plain = Object.values(scenarios).filter(said => Object.keys(said).every(name => /^\w+$/.test(name)))
      expect(inserted.length).toBeGreaterThanOrEqual(how.collectionStyle === 'any' ? 0 : plain.length)
    }),
    { numRuns: 80 },
  )
})
