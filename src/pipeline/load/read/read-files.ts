import { realpathSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { Suite } from '../../../domain/generated/suite.js'
import type { SourceFile, Span } from '../../../domain/source.js'
import { checkShape } from './check-shape.js'
import type { SuiteEnvironment } from './environment.js'
import { findIncluded, territoryOf } from './find-included.js'
import type { IncludedFile, Territory } from './find-included.js'
import { isWhole, readable } from '../loose.js'
import type { Loose } from '../loose.js'
import { parseYaml } from './parse-yaml.js'
import type { Places } from '../places.js'
import type { Problems } from '../problems.js'
import { readSource } from './read-source.js'
import { readValues } from './read-values.js'

/** A file of the suite, with its shape checked. */
export interface LoadedFile {
  readonly source: SourceFile
  /** Absolute folder of the file, which relative paths start from. */
  readonly base: string
  /** Dotted folder of its scenarios, from the folder include that led to it. */
  readonly folder?: string
  readonly suite: Loose<Suite>
}

export interface LoadedFiles {
  /** The suite file, then its includes in order, each file once. */
  readonly files: readonly LoadedFile[]
  /** Whether all includes could be read. If not, names may only seem to be missing. */
  readonly complete: boolean
  /** Where the suite's files may be; absent if there is no suite. */
  readonly territory?: Territory
}

/** The suite file, on disk or as text. */
export interface RootFile {
  readonly path: string
  readonly text?: string
  readonly cwd: string
  /** Absolute folder in which includes may lead anywhere. Default: the suite's git work tree, or without one its own folder. */
  readonly root?: string
}

export interface ReadUse {
  readonly places: Places
  readonly problems: Problems
  readonly environment: SuiteEnvironment
}

/** Reads the suite file and its includes, checks the shape of each, and reports mistakes. */
export async function readFiles({ path, text, cwd, root: named }: RootFile, use: ReadUse): Promise<LoadedFiles> {
  const { places, problems } = use
  const root = resolve(cwd, path)
  const show = (file: string) => (isAbsolute(path) ? file : relative(cwd, file) || '.').replaceAll(sep, '/')
  const files: Mutable<LoadedFile>[] = []
  /** By real path; `undefined` for files that could not be read. */
  const reached = new Map<string, Mutable<LoadedFile> | undefined>()
  let complete = true

  const source = text === undefined ? readSource(root, show(root), problems) : { path: show(root), text }
  if (!source) return { files, complete: false }
  const territory = { root: named === undefined ? territoryOf(dirname(root)) : realpathSync(named), isOnDisk: text === undefined, show }
  await readFile({ path: root, realPath: text === undefined ? realpathSync(root) : root }, source, [])
  return { files, complete, territory }

  async function readFile({ path: file, realPath, folder }: IncludedFile, read: SourceFile, above: readonly string[]) {
    const document = parseYaml(read, problems)
    const suite = document && checkShape(readValues(read, document, use), read, places, problems)
    const loaded = suite && { source: read, base: dirname(file), ...(folder && { folder }), suite }
    reached.set(realPath, loaded)
    if (!loaded) {
      complete = false
      return
    }
    files.push(loaded)
    if (!declarations.every(section => !(section in suite) || suite[section] !== undefined)) complete = false
    const { include } = suite
    if (!include) return
    if (!isWhole(include)) complete = false
    for (const [index, line] of readable(include)) {
      const at = places.value(include, index)
      const found = await findIncluded({ include: line, from: loaded.base, at }, territory, problems)
      if (found.length === 0) complete = false
      for (const next of found) await includeFile(next, at, [...above, realPath])
    }
  }

  async function includeFile(file: IncludedFile, at: Span, above: readonly string[]) {
    if (above.includes(file.realPath)) {
      problems.report('INCLUDE_CIRCLE', { path: show(file.path), direct: above.at(-1) === file.realPath }, at)
      return
    }
    if (reached.has(file.realPath)) {
      const known = reached.get(file.realPath)
      if (known && file.folder) known.folder ??= file.folder
      return
    }
    const found = readSource(file.path, show(file.path), problems, at)
    if (found) return readFile(file, found, above)
    reached.set(file.realPath, undefined)
    complete = false
  }
}

/** Sections that others refer to. */
const declarations = ['include', 'models', 'agents', 'personalities', 'test_profiles', 'metrics', 'scenarios'] as const

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }
