import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { journalOf } from '../../adapters/stores/journal-file.js'
import { unzip } from '../../adapters/stores/zip.js'
import { StoreError } from '../../ports/store.js'

/** Results whose archives are unpacked as long as this is there. */
export interface UnpackedResults extends Disposable {
  /** Folders and ids, in the order in which they and their archives were named. */
  readonly names: readonly string[]
}

/**
 * Takes the results out of archives; other names stay as they are.
 *
 * @throws {StoreError} when an archive cannot be unpacked, or has no result.
 */
export function unpackResults(names: readonly string[]): UnpackedResults {
  let folder: string | undefined
  const remove = (): void => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
  try {
    const found = names.flatMap((name, i) => {
      if (!isArchive(name)) return [name]
      folder ??= mkdtempSync(join(tmpdir(), 'callsheet-merge-'))
      const into = join(folder, String(i))
      unzip(name, into)
      const results = resultsBelow(into)
      if (results.length === 0) throw new StoreError('not_found', `${name} has no result: no file in it is a journal.jsonl.`)
      return results
    })
    return { names: found, [Symbol.dispose]: remove }
  } catch (cause) {
    remove()
    throw cause
  }
}

function isArchive(name: string): boolean {
  return /\.zip$/i.test(name) && statSync(name, { throwIfNoEntry: false })?.isFile() === true
}

/** Folders with a journal. */
function resultsBelow(folder: string): string[] {
  const journal = relative(folder, journalOf(folder))
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path === journal || path.endsWith(`/${journal}`) || path.endsWith(`\\${journal}`))
    .map(path => dirname(join(folder, path)))
    .toSorted()
}
