import type { Agent, Document, Personality, Scenario, TestProfile } from '../../../domain/document.js'
import type { Metric } from '../../../domain/metric.js'
import type { SealedDocument } from '../../sealed-document.js'

/** What one project's suites declare, by API ids. A catalogue never changes; a reload makes a new one. */
export interface Catalogue {
  readonly project: Project
  readonly suites: readonly CatalogueSuite[]
  /** Suites that have mistakes and no earlier version, so that they are not served. */
  readonly leftOut: readonly LeftOutSuite[]
  readonly agents: ReadonlyMap<number, InSuite<Agent>>
  readonly scenarios: ReadonlyMap<number, InSuite<Scenario>>
  readonly personalities: ReadonlyMap<number, InSuite<Personality>>
  readonly testProfiles: ReadonlyMap<number, InSuite<TestProfile>>
  readonly metrics: ReadonlyMap<number, InSuite<Metric>>
}

/** The owner of suites and results. */
export interface Project {
  /** The project's key in the database. */
  readonly key: string
  /** The `project_id` of the API. */
  readonly id: number
  readonly name: string
}

/** A suite that can run: everything in its document has an id. */
export interface CatalogueSuite {
  /** Path of its file, relative to where the server was started, with `/`. */
  readonly key: string
  readonly document: Document
  readonly sealed: SealedDocument
}

/** A suite that cannot be served. */
export interface LeftOutSuite {
  readonly key: string
  /** What its file holds; empty where that cannot be read. */
  readonly text: string
}

export interface InSuite<Noun> {
  readonly suite: CatalogueSuite
  readonly noun: Noun
}

export function catalogueOf(project: Project, suites: readonly CatalogueSuite[], leftOut: readonly LeftOutSuite[]): Catalogue {
  const byId = <Noun extends { readonly id?: number }>(nouns: (document: Document) => readonly Noun[]): Map<number, InSuite<Noun>> =>
    new Map(suites.flatMap(suite => nouns(suite.document).map(noun => [noun.id ?? 0, { suite, noun }] as const)))
  return {
    project,
    suites,
    leftOut,
    agents: byId(({ agents }) => agents),
    scenarios: byId(({ scenarios }) => scenarios),
    personalities: byId(({ personalities }) => personalities),
    testProfiles: byId(({ testProfiles }) => testProfiles),
    metrics: byId(({ metrics }) => metrics),
  }
}
