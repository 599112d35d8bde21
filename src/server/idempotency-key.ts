import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Service, IdempotencyKey } from '../app/serve/service.js'

const keptMs = 24 * 60 * 60 * 1000

/** The request's Idempotency-Key, with what tells whether another request is the same. */
export function idempotencyKeyOf(request: FastifyRequest, { clock }: Pick<Service, 'clock'>): IdempotencyKey | undefined {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string') return undefined
  const requestHash = createHash('sha256').update(JSON.stringify([request.method, request.url, request.body])).digest('hex')
  return { key, requestHash, notBefore: new Date(clock.date().getTime() - keptMs).toISOString() }
}
