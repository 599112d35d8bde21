import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Diagnostic } from '../../domain/diagnostic.js'
import type { Document } from '../../domain/document.js'
import { load } from '../../pipeline/load/load.js'
import type { Database } from '../../ports/database.js'
import type { Adapters } from '../registry.js'
import { sealDocument } from '../sealed-document.js'
import { catalogueOf, type Catalogue, type Project } from './catalogue.js'
import { namedThings, numberDocument } from './number-document.js'

export interface CatalogueRequest {
  readonly project: Project
  /** Suite files, and folders of such, as the user typed them. */
  readonly paths: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

export interface LoadedCatalogue {
  readonly catalogue: Catalogue
  /** Of suites that were left out, and warnings. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Loads a project's suites. A suite with mistakes is left out; the others are served. */
export async function loadCatalogue(
  { project, paths, cwd, environment }: CatalogueRequest,
  use: Pick<Adapters, 'patterns'>,
  database: Database,
): Promise<LoadedCatalogue> {
  const diagnostics: Diagnostic[] = []
  const documents: { key: string; document: Document }[] = []
  for (const path of paths.flatMap(each => suiteFiles(each, cwd))) {
    const loaded = await load({ path, cwd, environment, patterns: use.patterns })
    diagnostics.push(...('document' in loaded ? loaded.warnings : loaded.diagnostics))
    if ('document' in loaded) documents.push({ key: path.split(sep).join('/'), document: loaded.document })
  }
  const ids = await database.assignIds(project.key, documents.flatMap(({ key, document }) => namedThings(key, document)))
  const suites = documents.map(({ key, document }) => {
    const numbered = numberDocument(key, document, ids)
    return { key, document: numbered, sealed: sealDocument(numbered, cwd) }
  })
  for (const { sealed } of suites) await database.keepDocument(sealed.digest, sealed.body)
  return { catalogue: catalogueOf(project, suites), diagnostics }
}

/** Paths of suite files, relative to `cwd`, in order. A file is taken as it is; of a folder, each that says `suite:`. */
function suiteFiles(path: string, cwd: string): string[] {
  const absolute = resolve(cwd, path)
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) return [path]
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.ya?ml$/.test(file) && !/(^|[\\/])(node_modules|\.[^\\/]*)([\\/]|$)/.test(file))
    .map(file => join(absolute, file))
    .filter(file => /^suite:/m.test(readFileSync(file, 'utf8')))
    .map(file => relative(cwd, file))
    .toSorted()
}
