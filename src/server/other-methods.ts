import type { FastifyInstance, RouteOptions } from 'fastify'
import { Refusal } from '../app/serve/refusal.js'

/**
 * Answers methods that a path does not take with 405, rather than as if the path did not exist.
 *
 * @returns To be called once all routes are there.
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
    // What is added here is told to the hook as well.
    for (const [url, { methods, readOnly }] of Array.from(taken)) {
      const allow = [...methods].join(', ')
      const others = server.supportedMethods.filter(method => !methods.has(method))
      if (url === '*' || others.length === 0) continue
      server.route({
        method: others,
        url,
        // Before a body is read: whatever is in it, it is not taken.
        onRequest: async (request, reply) => {
          reply.header('allow', allow)
          throw new Refusal(405, { detail: `${request.method} is not allowed here. ${readOnly ?? `Allowed: ${allow}.`}` })
        },
        handler: () => undefined,
      })
    }
  }
}
