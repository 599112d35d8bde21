import type { FastifyInstance } from 'fastify'

/** What every answer bears. Nothing here is to be framed, sniffed, kept by caches, or run by a browser; pages allow themselves more. */
export const strictHeaders = {
  // By this a client knows that it may repeat what starts calls, and that runs tell more than the API has fields for.
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
