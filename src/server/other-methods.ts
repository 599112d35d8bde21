import type { FastifyInstance, RouteOptions } from 'fastify'
import { Refusal } from '../app/serve/refusal.js'

/**
 * Answers methods that a path does not support with 405 instead of 404.
 *
 * @returns A function to call once all routes are registered.
 */
export function refuseOtherMethods(server: FastifyInstance): () => void {
  const taken = new Map<string, { readonly methods: Set<string>; readOnly?: string }>()
  server.addHook('onRoute', ({ url, method, config }: RouteOptions) => {
    const path = taken.get(url) ?? { methods: new Set<string>() }
    taken.set(url, path)
    for (const each of [method].flat()) path.methods.add(each)
    const readOnly = config?.operation?.readOnly
    if (readOnly !== undefined) path.readOnly = readOnly
  })
  return () => {
    // The hook also sees the routes added here, so it iterates over a copy.
    for (const [url, { methods, readOnly }] of Array.from(taken)) {
      const allow = [...methods].join(', ')
      const others = server.supportedMethods.filter(method => !methods.has(method))
      if (url === '*' || others.length === 0) continue
      server.route({
        method: others,
        url,
        // Refuses before the body is read, since no body matters.
        onRequest: async (request, reply) => {
          reply.header('allow', allow)
          throw new Refusal(405, { detail: `${request.method} is not allowed here. ${readOnly ?? `Allowed: ${allow}.`}` })
        },
        handler: () => undefined,
      })
    }
  }
}
