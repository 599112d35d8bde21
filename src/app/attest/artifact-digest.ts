import { existsSync } from 'node:fs'
import { StoreError } from '../../ports/store.js'
import { fileDigest } from '../file-digest.js'

/** The digest of a file that is to be released: `sha256:1f2e…`. @throws {StoreError} when there is none. */
export async function artifactDigest(path: string): Promise<string> {
  if (!existsSync(path)) throw new StoreError('not_found', `There is no file ${path}. Name the artifact, or its digest with --digest.`)
  return `sha256:${await fileDigest(path)}`
}
