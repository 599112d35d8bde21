import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { journalOf } from '../adapters/stores/journal-file.js'

/** SHA-256 of a file, hexadecimal. @throws The system's error. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer)
  return hash.digest('hex')
}

/** SHA-256 of the journal in a result's folder, hexadecimal; `undefined` if there is none: a server keeps its results in a database. */
export async function journalDigest(place: string): Promise<string | undefined> {
  const journal = journalOf(place)
  return existsSync(journal) ? fileDigest(journal) : undefined
}
