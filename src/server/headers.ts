import type { FastifyInstance } from 'fastify'

/** The headers of every answer. They forbid framing, sniffing, caching and scripts; pages relax them for themselves. */
export const strictHeaders = {
  // Tells a client that it may retry requests that start calls, and that runs contain more than the API's fields.
  'x-callsheet-api': '1',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const

export function sendStrictHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers(strictHeaders)
  })
}
