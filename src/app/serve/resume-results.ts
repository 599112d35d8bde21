import type { ResultRecord } from '../../ports/database.js'
import { openDocument } from '../sealed-document.js'
import { prepareRequest } from './prepare-result.js'
import type { Service } from './service.js'

/**
 * Goes on with every result that is not over, as after a crash: its runs that had not started are held now, and those that
 * were in the air are held again, the attempt that was cut off beside them. Works from the suite as it was then.
 *
 * @param onTrouble  Told of a result that cannot be gone on with yet, and why.
 */
export async function resumeResults(
  { database, conductor }: Pick<Service, 'database' | 'conductor'>,
  machine: { readonly cwd: string; readonly environment: Readonly<Record<string, string | undefined>> },
  onTrouble: (result: ResultRecord, why: string) => void,
): Promise<void> {
  for (const result of await database.unfinished()) {
    const body = await database.document(result.document)
    const opened = body === undefined ? { missing: [] } : openDocument(body, machine.environment, machine.cwd)
    if ('missing' in opened) {
      onTrouble(result, `the environment lacks ${opened.missing.join(', ')}`)
      continue
    }
    const prepared = prepareRequest(opened.document, result.request, machine.cwd)
    if ('diagnostics' in prepared) onTrouble(result, prepared.diagnostics.map(({ message }) => message).join(' '))
    else conductor.conduct(result.id, result.firstRun, prepared)
  }
}
