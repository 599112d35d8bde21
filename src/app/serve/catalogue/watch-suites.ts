import { addAll } from '../../../domain/add-all.js'
import { watch, type FSWatcher } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Diagnostic } from '../../../domain/diagnostic.js'
import type { Database } from '../../../ports/database.js'
import type { Adapters } from '../../registry.js'
import type { Catalogue, Project } from './catalogue.js'
import { loadCatalogue, suiteFolders, type CatalogueRequest } from './load-catalogue.js'

/** The catalogues of all projects, kept up to date with the suite files. */
export interface ServedSuites extends Disposable {
  /** The current catalogue. A change of the files makes a new one; an old one stays valid. */
  catalogue(project: Project): Catalogue
  readonly all: readonly Catalogue[]
}

/** One save of an editor, or one `git checkout`, makes many changes. Wait this long for the last one. */
const quietMs = 150
/** The wait before the next try when the suites could not be loaded at all: the database may be lost. */
const againMs = 2000

/**
 * Loads the suites of all projects, and reloads them when their files change. A suite with mistakes keeps its last valid
 * version.
 *
 * @param onDiagnostics  Called with the mistakes; after a change, only with new ones.
 */
export async function watchSuites(
  requests: readonly CatalogueRequest[],
  use: Pick<Adapters, 'patterns'>,
  database: Pick<Database, 'assignIds' | 'keepDocument'>,
  onDiagnostics: (diagnostics: readonly Diagnostic[]) => void,
): Promise<ServedSuites> {
  const catalogues = new Map<string, Catalogue>()
  let reported = new Set<string>()

  const loadAll = async (): Promise<void> => {
    const all: Diagnostic[] = []
    for (const request of requests) {
      const { key } = request.project
      const { catalogue, diagnostics } = await loadCatalogue(request, use, database, catalogues.get(key))
      catalogues.set(key, catalogue)
      addAll(all, diagnostics)
    }
    onDiagnostics(all.filter(diagnostic => !reported.has(nameOf(diagnostic))))
    reported = new Set(all.map(nameOf))
  }

  await loadAll()
  const foldersNow = (): string[] => requests.flatMap(request => [...suiteFolders(request), ...sourceFolders(request, catalogues)])
  const watching = watchFolders(foldersNow, loadAll)
  return {
    catalogue: ({ key }) => catalogues.get(key) ?? unserved(key),
    get all() {
      return [...catalogues.values()]
    },
    [Symbol.dispose]: watching[Symbol.dispose],
  }
}

/** Folders of the files that suites include. */
function sourceFolders({ project, cwd }: CatalogueRequest, catalogues: ReadonlyMap<string, Catalogue>): string[] {
  const suites = catalogues.get(project.key)?.suites ?? []
  return suites.flatMap(({ document }) => document.sources.map(({ path }) => dirname(resolve(cwd, path))))
}

/** Calls `onChange` a moment after files have changed, never twice at once. @param folders  Returns the folders to watch now. */
function watchFolders(folders: () => readonly string[], onChange: () => Promise<void>): Disposable {
  const watchers = new Map<string, FSWatcher>()
  let timer: NodeJS.Timeout | undefined
  let isBusy = false
  let isOver = false

  const changeIn = (ms: number): void => {
    if (isOver) return
    clearTimeout(timer)
    timer = setTimeout(() => void change(), ms).unref()
  }
  const change = async (): Promise<void> => {
    if (isBusy) return changeIn(quietMs)
    isBusy = true
    try {
      await onChange()
      watchAll()
    } catch {
      // Retry later: files come and go, and so does the database.
      changeIn(againMs)
    } finally {
      isBusy = false
    }
  }
  const watchAll = (): void => {
    if (isOver) return
    const wanted = new Set(folders())
    for (const [folder, watcher] of watchers) if (!wanted.has(folder)) drop(folder, watcher)
    for (const folder of wanted) if (!watchers.has(folder)) watchOne(folder)
  }
  const watchOne = (folder: string): void => {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => void (mayMatter(name) && changeIn(quietMs)))
      watcher.on('error', () => drop(folder, watcher))
      watchers.set(folder, watcher)
    } catch {
      // The folder was removed meanwhile, or cannot be watched. Its suites are served as they are.
    }
  }
  const drop = (folder: string, watcher: FSWatcher): void => {
    watcher.close()
    watchers.delete(folder)
  }

  watchAll()
  return {
    [Symbol.dispose]() {
      isOver = true
      clearTimeout(timer)
      for (const [folder, watcher] of watchers) drop(folder, watcher)
    },
  }
}

/** Whether the name can be a suite file's or a folder's. */
function mayMatter(name: string | null): boolean {
  return name === null || /\.ya?ml$/.test(name) || !name.includes('.')
}

function nameOf({ code, message, at }: Diagnostic): string {
  return JSON.stringify([code, message, at?.file.path, at?.start])
}

function unserved(project: string): never {
  throw new RangeError(`There is no project ${project}.`)
}
