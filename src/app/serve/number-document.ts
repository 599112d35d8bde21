import type { Document } from '../../domain/document.js'
import { namedAs, type NamedKind, type NamedThing } from '../../ports/database.js'

/** Everything of a suite that the API calls by an id. @param suite  Key of the suite. */
export function namedThings(suite: string, document: Document): NamedThing[] {
  const all = (kind: NamedKind, nouns: readonly { readonly key: string; readonly id?: number }[]): NamedThing[] =>
    nouns.map(({ key, id }) => ({ kind, key: `${suite}/${key}`, ...(id !== undefined && { id }) }))
  return [
    ...all('agent', document.agents),
    ...all('scenario', document.scenarios),
    ...all('personality', document.personalities),
    ...all('test_profile', document.testProfiles),
    ...all('metric', document.metrics),
  ]
}

/** The document, everything in it with its id. @param ids  As {@link namedAs} names them. */
export function numberDocument(suite: string, document: Document, ids: ReadonlyMap<string, number>): Document {
  const numbered = <Noun extends { readonly key: string }>(kind: NamedKind, noun: Noun): Noun & { readonly id: number } => ({
    ...noun,
    id: ids.get(namedAs(kind, `${suite}/${noun.key}`)) ?? 0,
  })
  return {
    ...document,
    agents: document.agents.map(agent => numbered('agent', agent)),
    personalities: document.personalities.map(personality => numbered('personality', personality)),
    testProfiles: document.testProfiles.map(profile => numbered('test_profile', profile)),
    metrics: document.metrics.map(metric => numbered('metric', metric)),
    scenarios: document.scenarios.map(scenario => ({
      ...numbered('scenario', scenario),
      ...(scenario.personality && { personality: numbered('personality', scenario.personality) }),
      ...(scenario.testProfile && { testProfile: numbered('test_profile', scenario.testProfile) }),
    })),
    // What to run comes with each request.
    entries: [],
  }
}
