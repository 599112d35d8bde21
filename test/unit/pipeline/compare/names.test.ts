import { expect, test } from 'vitest'
import type { SuiteStarted } from '../../../../src/domain/event.js'
import type { CaseKey } from '../../../../src/domain/ids.js'
import type { CaseFacts, ResultFacts } from '../../../../src/pipeline/compare/facts.js'
import { underNamesOf } from '../../../../src/pipeline/compare/names.js'

function factsOf(slugs: readonly string[], isRequest: boolean, keys: readonly string[]): ResultFacts {
  // Saved from a server, a result no longer has its options.
  const started = { options: {}, plan: { entries: slugs.map(slug => ({ slug })) }, ...(isRequest && { requested: {} }) }
  const cases = keys.map(key => [key as CaseKey, { key, entry: key.split('/')[0] } as unknown as CaseFacts] as const)
  return { started: started as unknown as SuiteStarted, cases: new Map(cases) }
}

const own = ['nightly-7/refund/calm', 'nightly-7-1/refund']

test.each([
  ['requests to a server with other names', ['nightly-7'], ['nightly-8'], true, ['nightly-8/refund/calm', 'nightly-8-1/refund']],
  [
    'requests with an address for each scenario',
    ['nightly-7-1', 'nightly-7-2'],
    ['late-1', 'late-2'],
    true,
    ['late/refund/calm', 'late-1/refund'],
  ],
  ['requests of the same name', ['nightly-7'], ['nightly-7'], true, own],
  ['a request and a suite from the command line', ['nightly-7'], ['smoke'], false, own],
])('of %s, the same cases are compared', (_, before, after, isRequest, expected) => {
  const base = factsOf(before, true, own)
  const { cases } = underNamesOf(factsOf(after, isRequest, []), base)
  expect([...cases.keys()]).toEqual(expected)
  expect([...cases.values()].map(({ key, entry }) => `${key} ${entry}`)).toEqual(expected.map(key => `${key} ${key.split('/')[0]}`))
})
