import type { Database } from '../../../ports/database.js'

/** A file that people keep with a result of the server, as it stands beside a saved journal; empty if there is none. */
export async function keptText({ linesOf }: Pick<Database, 'linesOf'>, result: number, file: string): Promise<string> {
  return (await linesOf(result, file)).map(line => `${line}\n`).join('')
}
