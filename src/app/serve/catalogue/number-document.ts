import { diagnose, type Diagnostic } from '../../../domain/diagnostic.js'
import type { Document } from '../../../domain/document.js'
import { quote } from '../../../domain/message-words.js'
import { locate, type Span } from '../../../domain/source.js'
import { namedAs, type NamedKind, type NamedThing } from '../../../ports/database.js'

export interface LoadedDocument {
  /** The suite's key: the path of its file, with `/`. */
  readonly key: string
  /** Absent for a suite with mistakes. */
  readonly document?: Document
}

/** Everything in a suite that has an API id. @param suite  Key of the suite. */
export function namedThings(suite: string, document: Document): NamedThing[] {
  return nounsOf(document).map(({ kind, noun: { key, id } }) => ({ kind, key: `${suite}/${key}`, ...(id !== undefined && { id }) }))
}

/** Everything in a document that has an id, by kind, in the order of the files. */
export function nounsOf(document: Document): { readonly kind: NamedKind; readonly noun: NumberedNoun }[] {
  const all = (kind: NamedKind, nouns: readonly NumberedNoun[]) => nouns.map(noun => ({ kind, noun }))
  return [
    ...all('agent', document.agents),
    ...all('scenario', document.scenarios),
    ...all('personality', document.personalities),
    ...all('test_profile', document.testProfiles),
    ...all('metric', document.metrics),
  ]
}

export interface NumberedNoun {
  readonly key: string
  readonly id?: number
  /** Absent for metrics. */
  readonly at?: Span
}

/** Warns where a thing declares an id that another suite has taken: the API gives it another one. */
export function idsElsewhere(documents: readonly LoadedDocument[], ids: ReadonlyMap<string, number>): Diagnostic[] {
  return documents.flatMap(({ key: suite, document }) =>
    (document ? nounsOf(document) : []).flatMap(({ kind, noun: { key, id, at } }) => {
      const given = ids.get(namedAs(kind, `${suite}/${key}`))
      if (id === undefined || given === undefined || given === id) return []
      return [diagnose('ID_ELSEWHERE', { what: kind.replace('_', ' '), key, suite, id, given }, at)]
    }),
  )
}

/** Warns where agents of several suites have one assistant_id, at each of them: nothing tells which one a request means. */
export function sharedAssistantIds(documents: readonly LoadedDocument[]): Diagnostic[] {
  const agents = documents.flatMap(({ key: suite, document }) => (document?.agents ?? []).map(agent => ({ suite, ...agent })))
  return agents.flatMap(({ suite, key, assistantId, at }) => {
    const others = agents.filter(other => other.assistantId === assistantId && other.suite !== suite)
    if (assistantId === undefined || others.length === 0) return []
    const places = others.map(other => `${quote(other.key)} (${other.at.file.path}:${locate(other.at.file, other.at.start).line})`)
    return [diagnose('ASSISTANT_ID_SHARED', { assistantId, key, suite, others: places }, at)]
  })
}

/** The document with an id on everything. @param ids  By the names that {@link namedAs} makes. */
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
    // Each request says what to run.
    entries: [],
  }
}
