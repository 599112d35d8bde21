import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Span } from '../../../domain/source.js'
import type { Problems } from '../problems.js'

/** An item of a file's `include`. */
export interface Include {
  /** As written in the suite. */
  readonly include: string
  /** Absolute folder of the including file. */
  readonly from: string
  readonly at: Span
}

/** A file that an include matches. */
export interface IncludedFile {
  /** Absolute, with links unresolved. */
  readonly path: string
  /** Absolute, with links resolved; it identifies the file. */
  readonly realPath: string
  /** For a folder include: the dotted path of the file's folder below it, empty if the file is directly in it. */
  readonly folder?: string
}

/** Where includes may lead, and how paths are shown. */
export interface Territory {
  /** Absolute, with links resolved: the folder that was named, else the suite's git work tree, or without one its own folder. */
  readonly root: string
  /** Whether the suite is one on disk, and so may name files there. A text that came with a request may not. */
  readonly isOnDisk: boolean
  readonly show: (path: string) => string
}

/** The git work tree around a folder, or the folder itself, with links resolved. */
export function territoryOf(folder: string): string {
  const real = realpathSync(folder)
  for (let candidate = real; ; candidate = dirname(candidate)) {
    if (existsSync(join(candidate, '.git'))) return candidate
    if (candidate === dirname(candidate)) return real
  }
}

/**
 * The files that an include matches: a file, all files in and below a folder, or a glob's. Sorted by path, so that the order
 * is the same on every machine. In folders, hidden files and `node_modules` are skipped.
 */
export async function findIncluded({ include, from, at }: Include, { root, show }: Territory, problems: Problems): Promise<IncludedFile[]> {
  try {
    return await find()
  } catch (error) {
    problems.report('FILE_UNREADABLE', { path: include, reason: (error as Error).message }, at)
    return []
  }

  async function find(): Promise<IncludedFile[]> {
    const path = resolve(from, include)
    if (existsSync(path)) {
      if (!statSync(path).isDirectory()) return admit([path])
      const files = admit(listFolder(path, root))
      return files.map(file => ({ ...file, folder: relative(path, dirname(file.path)).split(sep).join('.') }))
    }
    const [fixed = '', special] = include.split(/[*?{}[\]()!]/, 2)
    // Checked before reading the disk: a glob such as ../../** would go through all of it.
    if (isOutside(resolve(realpathSync(from), fixed), root)) {
      problems.report('INCLUDE_OUTSIDE', { path: include, root: show(root) }, at)
      return []
    }
    if (special !== undefined) return admit(await expandGlob(include, from))
    problems.report('INCLUDE_MISSING', { path: include }, at)
    return []
  }

  function admit(paths: readonly string[]): IncludedFile[] {
    if (paths.length === 0) problems.report('INCLUDE_EMPTY', { path: include }, at)
    const files = paths.map(each => ({ path: each, realPath: realpathSync(each) }))
    const outside = files.find(({ realPath }) => isOutside(realPath, root))
    if (!outside) return files
    problems.report('INCLUDE_OUTSIDE', { path: include, root: show(root), file: show(outside.path) }, at)
    return []
  }
}

/**
 * Every YAML file in and below a folder. A folder outside the root is listed itself, for the caller to reject. A link back up is
 * not followed.
 */
function listFolder(folder: string, root: string, above: readonly string[] = []): string[] {
  const real = realpathSync(folder)
  if (isOutside(real, root)) return [folder]
  if (above.includes(real)) return []
  const names = readdirSync(folder).filter(name => !name.startsWith('.') && name !== 'node_modules')
  return names.toSorted().flatMap(name => {
    const path = join(folder, name)
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory()) return listFolder(path, root, [...above, real])
    return found && /\.ya?ml$/.test(name) ? [path] : []
  })
}

async function expandGlob(pattern: string, from: string): Promise<string[]> {
  // Loaded lazily: few suites have a glob.
  const { glob } = await import('tinyglobby')
  const found = await glob(pattern, { cwd: from, expandDirectories: false })
  return found.map(path => resolve(from, path)).toSorted()
}

/** Whether a path, with links resolved, leads out of a folder. */
export function isOutside(path: string, root: string): boolean {
  const way = relative(root, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}
