import { existsSync, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { isOutside } from '../read/find-included.js'

/** Where a recording lies that a suite names. */
export interface FoundRecording {
  /** Absolute. */
  readonly path: string
  /** What is wrong with it: it leads out of what the suite may read, or is not there. */
  readonly problem?: 'outside' | 'missing'
}

/**
 * Finds a recording that a suite names.
 *
 * @param base  The folder of the file that names it.
 * @param root  What the suite may read.
 */
export function findRecording(name: string, base: string, root: string): FoundRecording {
  const path = resolve(base, name)
  const exists = existsSync(path)
  if (isOutside(exists ? realpathSync(path) : resolve(realpathSync(base), name), root)) return { path, problem: 'outside' }
  return exists && statSync(path).isFile() ? { path } : { path, problem: 'missing' }
}
