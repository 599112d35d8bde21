import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from './usage-error.js'

/**
 * The folder in which includes may lead anywhere, from `--root`.
 *
 * @throws {UsageError} when it is not a folder.
 */
export function rootOf(folder: string | undefined): { readonly root?: string } {
  if (folder === undefined) return {}
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`--root ${folder} is not a folder.`)
  return { root: resolve(folder) }
}
