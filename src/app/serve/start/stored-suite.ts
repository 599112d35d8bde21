import type { ResultRecord } from '../../../ports/database.js'
import { openDocument } from '../../sealed-document.js'
import type { CatalogueSuite } from '../catalogue/catalogue.js'
import { Refusal } from '../refusal.js'
import type { Service } from '../service.js'

/**
 * Opens the suite of a result as it was then.
 *
 * @throws {Refusal} 400 when this machine lacks an environment variable that it reads.
 */
export async function openStoredSuite(
  { database, machine }: Pick<Service, 'database' | 'machine'>,
  { suite: key, document: digest }: ResultRecord,
): Promise<CatalogueSuite> {
  const body = await database.document(digest)
  const opened = body === undefined ? undefined : openDocument(body, machine.environment, machine.cwd)
  if (body === undefined || !opened) throw new Refusal(400, { non_field_errors: ['Its scenarios are no longer stored.'] })
  if ('missing' in opened) throw new Refusal(400, { non_field_errors: [`The server's environment lacks ${opened.missing.join(', ')}.`] })
  return { key, document: opened.document, sealed: { digest, body } }
}
