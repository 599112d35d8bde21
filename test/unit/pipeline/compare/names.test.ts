import { expect, test } from 'vitest'
import type { SuiteStarted } from '../../../../src/domain/event.js'
import type { CaseKey } from '../../../../src/domain/ids.js'
import type { CaseFacts, ResultFacts } from '../../../../src/pipeline/compare/facts.js'
import { underNamesOf } from '../../../../src/pipeline/compare/names.js'

function factsOf(name: string | undefined, keys: readonly string[]): ResultFacts {
  const started = { options: name === undefined ? {} : { request: { name } } } as unknown as SuiteStarted
  return { started, cases: new Map(keys.map(key => [key as CaseKey, { key, entry: key.split('/')[0] } as unknown as CaseFacts])) }
}

test.each([
  ['requests to a server with other names', 'Nightly 7', 'Nightly 8', ['nightly-8/refund/calm', 'nightly-8-1/refund']],
  ['requests of the same name', 'Nightly 7', 'Nightly 7', ['nightly-7/refund/calm', 'nightly-7-1/refund']],
  ['a request and a suite from the command line', 'Nightly 7', undefined, ['nightly-7/refund/calm', 'nightly-7-1/refund']],
])('of %s, the same cases are compared', (_, before, after, expected) => {
  const base = factsOf(before, ['nightly-7/refund/calm', 'nightly-7-1/refund'])
  const { cases } = underNamesOf(factsOf(after, []), base)
  expect([...cases.keys()]).toEqual(expected)
  expect([...cases.values()].map(({ key, entry }) => `${key} ${entry}`)).toEqual(expected.map(key => `${key} ${key.split('/')[0]}`))
})
