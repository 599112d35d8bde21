import { stringifyExact } from '../../domain/exact-number.js'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** The limit of a request's body. */
const maxBodyBytes = 1 << 20

/** A refusal of a request. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** The text of a request. @throws {Refused} when it is too large. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Reads to the end even if the body is too large, because a client that is still sending does not read the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= maxBodyBytes) chunks.push(chunk)
  }
  if (bytes > maxBodyBytes) throw new Refused(413, 'The request is larger than 1 MiB.')
  return Buffer.concat(chunks).toString()
}

export function sendJson(response: ServerResponse, status: number, json: unknown): void {
  if (response.destroyed || response.headersSent) return
  response.writeHead(status, { 'content-type': 'application/json' }).end(stringifyExact(json))
}
