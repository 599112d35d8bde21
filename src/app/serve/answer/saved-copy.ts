import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { privateFile } from '../../../adapters/stores/make-folders.js'
import { keptFiles } from '../../../domain/kept-files.js'
import type { Database } from '../../../ports/database.js'
import { copyResult } from '../../copy-result.js'
import type { Adapters } from '../../registry.js'
import { servedEvent } from '../follow/served-event.js'
import { keptText } from './kept-text.js'

/**
 * Does something with a result of the server as `callsheet watch --out` saves it, byte for byte: a signature is about that journal.
 *
 * @param act  Is given its folder, which is removed afterwards.
 */
export async function withSavedCopy<Done>(
  result: number,
  { database, store }: Pick<Adapters, 'store'> & { readonly database: Pick<Database, 'read' | 'linesOf'> },
  act: (place: string) => Promise<Done>,
): Promise<Done> {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-result-'))
  const place = join(folder, `result-${result}`)
  try {
    {
      await using copy = await copyResult(place, { store })
      for await (const event of (await database.read(result)).events()) copy.add(servedEvent(event))
      await copy.keep()
    }
    for (const file of keptFiles) {
      const text = await keptText(database, result, file)
      if (text !== '') writeFileSync(join(place, file), text, { mode: privateFile })
    }
    return await act(place)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
