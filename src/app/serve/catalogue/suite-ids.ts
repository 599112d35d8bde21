import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Diagnostic } from '../../../domain/diagnostic.js'
import type { Document } from '../../../domain/document.js'
import { declares, insertIds, type WantedId } from '../../../pipeline/load/insert-ids.js'
import { namedAs, type Database, type NamedKind } from '../../../ports/database.js'
import { importOptional } from '../../optional-packages.js'
import type { Adapters } from '../../registry.js'
import { loadDocuments, type CatalogueRequest } from './load-catalogue.js'
import { idsElsewhere, namedThings, nounsOf, sharedAssistantIds, type LoadedDocument } from './number-document.js'

/** The API id of something that a suite declares. */
export interface IdOfThing {
  readonly suite: string
  readonly kind: NamedKind
  readonly key: string
  readonly id: number
  /** Where the id is written. `built in`: comes with Callsheet, as built-in metrics do, and has no place in a suite file. */
  readonly stands: 'in its file' | 'nowhere yet' | 'built in'
}

export interface SuiteIds {
  /** In the order of the suites; empty if a suite has mistakes. */
  readonly ids: readonly IdOfThing[]
  /** Paths of the changed files. */
  readonly changed: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

export interface SuiteIdsRequest extends CatalogueRequest {
  /** Where the server keeps its ids: a `postgres://` URL or a folder. */
  readonly database: string
  /** Whether to write missing ids into the suite files. */
  readonly write: boolean
}

/** The API ids of a project's suites, as its server assigns them. @throws {StoreError} */
export async function suiteIds(request: SuiteIdsRequest, use: Pick<Adapters, 'patterns'>): Promise<SuiteIds> {
  const { openDatabase } = await importOptional(() => import('../../../adapters/stores/database/database.js'), 'callsheet ids')
  await using database = await openDatabase(request.database)
  const before = await readIds(request, use, database)
  if (!request.write) return { ...before, changed: [] }
  const changed = before.suites.flatMap(suite => writeIds(suite, before.ids, request.cwd))
  return { ...(await readIds(request, use, database)), changed: [...new Set(changed)] }
}

async function readIds(request: CatalogueRequest, use: Pick<Adapters, 'patterns'>, database: Database) {
  const { documents, diagnostics } = await loadDocuments(request, use)
  const suites = documents.filter(isLoaded)
  if (suites.length < documents.length) return { suites: [], ids: [], diagnostics }
  const given = await database.assignIds(
    request.project.key,
    suites.flatMap(({ key, document }) => namedThings(key, document)),
  )
  const ids = suites.flatMap(({ key: suite, document }) =>
    nounsOf(document).map(({ kind, noun: { key, id: declared } }): IdOfThing => {
      const id = given.get(namedAs(kind, `${suite}/${key}`)) ?? 0
      const stands = declared === id ? 'in its file' : isDeclared(document, kind, key) ? 'nowhere yet' : 'built in'
      return { suite, kind, key, id, stands }
    }),
  )
  return { suites, ids, diagnostics: [...diagnostics, ...idsElsewhere(suites, given), ...sharedAssistantIds(suites)] }
}

const sections: Record<NamedKind, WantedId['section']> = {
  agent: 'agents',
  scenario: 'scenarios',
  personality: 'personalities',
  test_profile: 'test_profiles',
  metric: 'metrics',
}

/** @returns Paths of the files that it changed. In a file that several suites share, the first suite's ids stay. */
function writeIds({ key: suite, document }: Required<LoadedDocument>, ids: readonly IdOfThing[], cwd: string): string[] {
  const missing = ids.filter(thing => thing.suite === suite && thing.stands === 'nowhere yet')
  const wanted = missing.map(({ kind, key, id }): WantedId => ({ section: sections[kind], key, id }))
  return document.sources.filter(({ path }) => insertInto(resolve(cwd, path), wanted)).map(({ path }) => path)
}

function insertInto(path: string, wanted: readonly WantedId[]): boolean {
  const raw = readFileSync(path, 'utf8')
  const mark = raw.startsWith('\u{FEFF}') ? '\u{FEFF}' : ''
  const { text, inserted } = insertIds(raw.slice(mark.length), wanted)
  if (inserted.length > 0) writeFileSync(path, mark + text)
  return inserted.length > 0
}

function isLoaded(loaded: LoadedDocument): loaded is Required<LoadedDocument> {
  return loaded.document !== undefined
}

/** Whether the thing is declared in a suite file; only metrics can come from elsewhere. */
function isDeclared({ sources }: Document, kind: NamedKind, key: string): boolean {
  return kind !== 'metric' || sources.some(({ text }) => declares(text, { section: sections[kind], key }))
}
