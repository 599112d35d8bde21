import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ApiFailure, createApiClient } from '../adapters/clients/api-client.js'
import { GatheredBytes } from '../adapters/network/gathered-bytes.js'
import { privateFile } from '../adapters/stores/make-folders.js'
import { keptFiles } from '../domain/kept-files.js'
import type { Adapters } from './registry.js'
import { resultAddress } from './watch-result.js'

/** Far more than people ever write. */
const mostBytes = 64 << 20

/**
 * Copies what people added to a server's result into the folder that its journal was copied to: their reviews and signatures.
 *
 * @param url  The result's URL. @param place  The folder.
 * @returns What was copied, and what could not be had, in a sentence each.
 */
export async function copyKept(
  url: string,
  place: string,
  { apiKey, signal }: { readonly apiKey: string | undefined; readonly signal: AbortSignal },
  { network }: Pick<Adapters, 'network'>,
): Promise<{ readonly copied: readonly string[]; readonly problems: readonly string[] }> {
  const address = resultAddress(url)
  const copied: string[] = []
  const problems: string[] = []
  if (!address) return { copied, problems }
  const client = createApiClient(address.base, apiKey, { network })
  for (const file of keptFiles) {
    try {
      const bytes = new GatheredBytes()
      for await (const piece of await client.stream(`results/${address.result}/${file}`, signal)) {
        bytes.add(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
        if (bytes.length > mostBytes) throw new Error('it is too large.')
      }
      if (bytes.length === 0) continue
      writeFileSync(join(place, file), bytes.whole(), { mode: privateFile })
      copied.push(file)
    } catch (cause) {
      signal.throwIfAborted()
      // An older server has none.
      if (cause instanceof ApiFailure && cause.trouble.status === 404) continue
      problems.push(`${file} was not saved: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
  }
  return { copied, problems }
}
