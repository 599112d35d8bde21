import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolders } from '../adapters/stores/make-folders.js'

/** Writes a file, and creates its folders. @throws The system's error. */
export function writeWhole(path: string, text: string): void {
  makeFolders(dirname(path))
  writeFileSync(path, text)
}
