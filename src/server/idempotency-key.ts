import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Service, IdempotencyKey } from '../app/serve/service.js'

const keptMs = 24 * 60 * 60 * 1000

/** The request's Idempotency-Key, with a digest to compare requests by. */
export function idempotencyKeyOf(request: FastifyRequest, { clock }: Pick<Service, 'clock'>): IdempotencyKey | undefined {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string') return undefined
  const requestHash = createHash('sha256')
    .update(JSON.stringify([request.method, pathOf(request.url), inOrder(request.body)]))
    .digest('hex')
  return { key, requestHash, notBefore: new Date(clock.date().getTime() - keptMs).toISOString() }
}

/** A trailing slash makes no difference. */
function pathOf(url: string): string {
  const [path = '', ...query] = url.split('?')
  return [path.replace(/\/$/, ''), ...query].join('?')
}

/** The order of fields makes no difference. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, inOrder(item)]),
  )
}
