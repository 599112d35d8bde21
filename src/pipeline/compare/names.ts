import type { SuiteStarted } from '../../domain/event.js'
import type { CaseKey } from '../../domain/ids.js'
import { requestSlug, underSlug } from '../../domain/request-slug.js'
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

/** Turns a key of one result into the key that the other would have for it. */
export function renaming(from: SuiteStarted, to: SuiteStarted): (key: string) => string {
  const [own, wanted] = [requestSlug(from), requestSlug(to)]
  return key => underSlug(key, own, wanted)
}
