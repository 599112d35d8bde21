import { withoutByteOrderMark } from '../../../domain/json-value.js'
import { addAll } from '../../../domain/add-all.js'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Diagnostic } from '../../../domain/diagnostic.js'
import type { Environment } from '../../../domain/environment.js'
import { load } from '../../../pipeline/load/load.js'
import { planRuns } from '../../../pipeline/plan/plan-runs.js'
import type { Database } from '../../../ports/database.js'
import type { Adapters } from '../../registry.js'
import { sealDocument } from '../../sealed-document.js'
import { catalogueOf, type Catalogue, type Project } from './catalogue.js'
import { idsElsewhere, namedThings, numberDocument, sharedAssistantIds, type LoadedDocument } from './number-document.js'

export interface CatalogueRequest {
  readonly project: Project
  /** Suite files and folders of suite files, as the user typed them. */
  readonly paths: readonly string[]
  readonly cwd: string
  /** Absolute folder in which includes may lead anywhere. Default: each suite's git work tree, or without one its own folder. */
  readonly root?: string
  readonly environment: Environment
}

export interface LoadedCatalogue {
  readonly catalogue: Catalogue
  /** Warnings, and the errors of suites that were left out. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Loads a project's suites. A suite with mistakes is left out or keeps its previous version; the others are served.
 *
 * @param before  The catalogue that the new one replaces.
 */
export async function loadCatalogue(
  request: CatalogueRequest,
  use: Pick<Adapters, 'patterns'>,
  database: Pick<Database, 'assignIds' | 'keepDocument'>,
  before?: Catalogue,
): Promise<LoadedCatalogue> {
  const { project, cwd } = request
  const { documents, diagnostics } = await loadDocuments(request, use, new Set(before?.suites.map(({ key }) => key)))
  const known = new Map(before?.suites.map(suite => [suite.key, suite]))
  const last = documents.flatMap(({ key, document }) => {
    const good = document ?? known.get(key)?.document
    return good ? [{ key, document: good }] : []
  })
  const ids = await database.assignIds(
    project.key,
    last.flatMap(({ key, document }) => namedThings(key, document)),
  )
  const suites = last.map(({ key, document }) => {
    const numbered = numberDocument(key, document, ids)
    return { key, document: numbered, sealed: sealDocument(numbered, cwd) }
  })
  const leftOut = documents
    .filter(({ key, document }) => !document && !known.has(key))
    .map(({ key }) => ({ key, text: textOf(resolve(cwd, key)) }))
  for (const { sealed } of suites) await database.keepDocument(sealed.digest, sealed.body)
  return {
    catalogue: catalogueOf(project, suites, leftOut),
    diagnostics: [...diagnostics, ...documents.flatMap(planWarnings), ...idsElsewhere(documents, ids), ...sharedAssistantIds(last)],
  }
}

/** What planning a suite warns about. A request brings its own thresholds, so what they lack is not told. */
function planWarnings({ document }: LoadedDocument): readonly Diagnostic[] {
  if (!document) return []
  const { metrics } = document.thresholds
  const planned = planRuns({ ...document, thresholds: { metrics } }, {})
  return ('diagnostics' in planned ? planned.diagnostics : planned.warnings).filter(({ severity }) => severity === 'warning')
}

/** Loads the suites of a project, each by itself. @param known  Keys of the suites loaded before. */
export async function loadDocuments(
  { paths, cwd, root, environment }: CatalogueRequest,
  { patterns }: Pick<Adapters, 'patterns'>,
  known: ReadonlySet<string> = new Set(),
): Promise<{ readonly documents: readonly LoadedDocument[]; readonly diagnostics: readonly Diagnostic[] }> {
  const diagnostics: Diagnostic[] = []
  const documents: LoadedDocument[] = []
  for (const path of new Set(paths.flatMap(each => suiteFiles(each, cwd, known)))) {
    const loaded = await load({ path, cwd, ...(root !== undefined && { root }), environment, patterns })
    addAll(diagnostics, 'document' in loaded ? loaded.warnings : loaded.diagnostics)
    documents.push({ key: keyOf(path), ...('document' in loaded && { document: loaded.document }) })
  }
  return { documents, diagnostics }
}

/** Folders that contain, or may come to contain, a project's suites. Absolute. */
export function suiteFolders({ paths, cwd }: CatalogueRequest): string[] {
  return paths.flatMap(path => {
    const absolute = resolve(cwd, path)
    if (!isFolder(absolute)) return [dirname(absolute)]
    const below = readdirSync(absolute, { recursive: true, withFileTypes: true }).filter(entry => entry.isDirectory())
    const folders = below.map(({ parentPath, name }) => join(parentPath, name))
    return [absolute, ...folders.filter(folder => !isOutOfSight(relative(absolute, folder)))]
  })
}

/** Paths of suite files, relative to `cwd`, in order. A file always counts; in a folder, each file with a `suite:` line does. */
function suiteFiles(path: string, cwd: string, known: ReadonlySet<string>): string[] {
  const absolute = resolve(cwd, path)
  if (!isFolder(absolute)) return [path]
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.ya?ml$/.test(file) && !isOutOfSight(file))
    .map(file => join(absolute, file))
    .filter(file => isSuiteFile(file, known.has(keyOf(relative(cwd, file)))))
    .map(file => relative(cwd, file))
    .toSorted()
}

function keyOf(path: string): string {
  return path.split(sep).join('/')
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function isOutOfSight(path: string): boolean {
  return /(^|[\\/])(node_modules|\.[^\\/]*)([\\/]|$)/.test(path)
}

function textOf(path: string): string {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : ''
  } catch {
    return ''
  }
}

function isSuiteFile(path: string, wasBefore: boolean): boolean {
  try {
    const text = withoutByteOrderMark(readFileSync(path, 'utf8'))
    // Some editors empty a file before writing it.
    return /^suite:/m.test(text) || (wasBefore && text.trim() === '')
  } catch {
    // The file was removed meanwhile, or cannot be read.
    return false
  }
}
