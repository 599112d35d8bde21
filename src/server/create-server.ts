import fastify, { type FastifyInstance } from 'fastify'
import type { Service } from '../app/serve/service.js'
import { createAuthenticator } from './authenticate.js'
import { answerError, answerNotFound } from './errors.js'
import { resultRoutes } from './routes/results.js'
import { scenarioRoutes } from './routes/scenarios.js'
import { createShapeCompiler } from './shapes.js'

export interface ServerOptions {
  /** Where the log goes; nowhere if it is left out. */
  readonly log?: { write(line: string): void }
}

export const basePath = '/test_framework/v1'

const bodyLimitBytes = 1 << 20
/** How long a client may take to send its request. */
const requestTimeoutMs = 30_000

/** The HTTP face of the service: routes, and nothing that they decide. */
export async function createServer(service: Service, { log }: ServerOptions = {}): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    logger: log ? { stream: log, level: 'warn' } : false,
    routerOptions: { ignoreTrailingSlash: true },
    rewriteUrl: ({ url = '/' }) => url.replace(/^(\/test_framework\/v1\/[a-z_-]+?)-external(?=[/?]|$)/, '$1'),
  })
  const compile = createShapeCompiler()
  server.setValidatorCompiler(({ schema }) => compile(schema as object))
  server.setErrorHandler(answerError)
  server.setNotFoundHandler(answerNotFound)
  server.decorateRequest('project', null as never)

  await server.register(
    async routes => {
      routes.addHook('onRequest', createAuthenticator(service))
      scenarioRoutes(routes, service)
      resultRoutes(routes, service)
    },
    { prefix: basePath },
  )
  return server
}
