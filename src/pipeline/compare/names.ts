import type { CaseKey } from '../../domain/ids.js'
import { renaming } from '../../domain/request-slug.js'
import type { ResultFacts } from './facts.js'

/**
 * The facts of a request to a server, as if it had had the name of another: what a request is called is no part of what was tested.
 * Other facts stay as they are.
 */
export function underNamesOf(other: ResultFacts, facts: ResultFacts): ResultFacts {
  const renamed = renaming(facts.started, other.started)
  const cases = [...facts.cases.values()].map(each => ({ ...each, key: renamed(each.key) as CaseKey, entry: renamed(each.entry) }))
  return { ...facts, cases: new Map(cases.map(each => [each.key, each])) }
}
