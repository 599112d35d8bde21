import type { Diagnostic } from '../../domain/diagnostic.js'
import type { Document } from '../../domain/document.js'
import type { Environment } from '../../domain/environment.js'
import type { Patterns } from '../../ports/patterns.js'
import { knownSecrets } from '../../domain/known-secrets.js'
import { createMask } from '../../domain/mask.js'
import { collectProblems } from './problems.js'
import type { SuiteEnvironment, ModelNeed } from './read/environment.js'
import { freezeDocument } from './freeze-document.js'
import { mergeSections } from './merge-sections.js'
import { createPlaces } from './places.js'
import { readFiles } from './read/read-files.js'
import type { LoadedFile } from './read/read-files.js'
import { resolveSecrets, unresolvedMask } from './resolve/resolve-secrets.js'
import { resolveSuite } from './resolve/resolve-suite.js'

export interface LoadRequest {
  /** Path of the suite file, as the user typed it. */
  readonly path: string
  /** The suite's text, if there is no file. Includes are then relative to where the path would be. */
  readonly text?: string
  readonly cwd: string
  /** Absolute folder in which includes may lead anywhere. Default: the suite's git work tree, or without one its own folder. */
  readonly root?: string
  readonly environment: Environment
  /** Loaded only when the suite has a pattern to check. */
  readonly patterns: () => Promise<Patterns>
  /** How much of `models` is needed; environment variables of the rest may be missing. Default: all of it. */
  readonly models?: ModelNeed
}

export type Loaded =
  | { readonly document: Document; readonly warnings: readonly Diagnostic[] }
  | { readonly diagnostics: readonly Diagnostic[] }

/**
 * Loads a suite: reads its files, the environment and YAML, checks shapes against the schema, merges the files, and resolves
 * references. All of the author's mistakes come back at once, as data; none throws.
 */
export async function load(request: LoadRequest): Promise<Loaded> {
  const places = createPlaces()
  const environment: SuiteEnvironment = {
    variables: request.environment,
    reads: new Map(),
    ...(request.models && { models: request.models }),
  }
  const problems = collectProblems()

  const { files, complete, territory } = await readFiles(request, { places, problems, environment })
  if (!complete || !territory) return { diagnostics: problems.found(unresolvedMask(environment)) }

  const sections = mergeSections(files, places, problems)
  const tryPattern = await patternTrier(files, request.patterns)
  // Read only where there are controls: with them comes the reader of transcripts.
  const readsControls = sections.controls.length > 0
  const resolveControls = readsControls ? (await import('./resolve/resolve-controls.js')).resolveControls : () => []
  const suite = resolveSuite(sections, files, resolveControls, { places, problems, tryPattern, territory })
  if (problems.fatal || !suite) return { diagnostics: problems.found(unresolvedMask(environment, sections.secrets)) }
  const variables = [...environment.reads.values()].map(({ name, value }) => ({ name, value }))
  const secrets = resolveSecrets(sections, suite, environment, { places, problems })
  const document = { ...suite, sources: files.map(({ source }) => source), variables, secrets }
  return { document: freezeDocument(document), warnings: problems.found(createMask(knownSecrets(document))) }
}

async function patternTrier(files: readonly LoadedFile[], loadPatterns: LoadRequest['patterns']): Promise<(pattern: string) => boolean> {
  if (!files.some(({ source }) => source.text.includes('matches'))) return () => false
  const patterns = await loadPatterns()
  return pattern => patterns.search(pattern, '')
}
