import { maxHeaderSize } from 'node:http'
import fastify, { type FastifyInstance } from 'fastify'
import type { Service } from '../app/serve/service.js'
import { createAuthenticator } from './authenticate.js'
import { acceptForms } from './bodies.js'
import { answerBrokenRequest, answerError, answerNotFound, bodyLimitBytes } from './errors.js'
import { sendStrictHeaders } from './headers.js'
import { leadBrowsers } from './lead-browsers.js'
import { describeApi } from './openapi.js'
import { refuseOtherMethods } from './other-methods.js'
import { createRateLimit } from './rate-limit.js'
import { catalogueRoutes, openCatalogueRoutes } from './routes/catalogue.js'
import { chatRoutes } from './routes/chat.js'
import { docsRoutes } from './routes/docs.js'
import { eventRoutes } from './routes/events.js'
import { healthRoutes } from './routes/health.js'
import { recordingRoutes } from './routes/recordings.js'
import { resultRoutes } from './routes/results.js'
import { runRoutes } from './routes/runs.js'
import { scenarioRoutes } from './routes/scenarios.js'
import { shareRoutes } from './routes/share.js'
import { uiRoutes } from './routes/ui.js'
import { createShapeCompiler } from './shapes.js'

export interface ServerOptions {
  /** The log's destination. Default: no log. */
  readonly log?: { write(line: string): void }
  /** How long a client may take to send its request, and to receive a piece of the answer. */
  readonly patienceMs?: number
  /** How many requests per second each project and each address may make on average; 0: no limit. */
  readonly requestsPerSecond?: number
  /** How many clients may read events at once; half of them those of one result. */
  readonly mostWatchers?: number
}

/** Pages of results in progress that may be open at once, of those who signed in, and of those who have links. */
const mostLivePages = 500

export const basePath = '/test_framework/v1'

/** The HTTP server: routes only. The use cases in app/ decide everything. */
export async function createServer(
  service: Service,
  { log, patienceMs = 30_000, requestsPerSecond = 2000, mostWatchers = 16_000 }: ServerOptions = {},
): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: patienceMs,
    connectionTimeout: 2 * patienceMs,
    http: { headersTimeout: patienceMs, connectionsCheckingInterval: patienceMs / 10 },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, sent, reply) => void answerError(error, sent, reply),
    logger: log ? { stream: log, level: 'warn' } : false,
    // Node limits a whole URL; within it an id that is too long is an unknown one.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: maxHeaderSize },
    // Whoever is still connected while the server stops is answered as before.
    return503OnClosing: false,
    rewriteUrl: ({ url = '/' }) => url.replace(/^(\/test_framework\/v1\/[a-z_-]+?)-external(?=[/?]|$)/, '$1'),
  })
  const compile = createShapeCompiler()
  server.setValidatorCompiler(({ schema }) => compile(schema as object))
  server.setErrorHandler(answerError)
  server.setNotFoundHandler(answerNotFound)
  server.decorateRequest('project', null as never)
  server.decorateRequest('site', null as never)

  sendStrictHeaders(server)
  acceptForms(server)
  const describe = describeApi(server, basePath)
  const refuseOthers = refuseOtherMethods(server)

  const limit = createRateLimit(requestsPerSecond, service)
  await server.register(
    async routes => {
      routes.addHook('onRequest', leadBrowsers)
      routes.addHook('onRequest', createAuthenticator(service, limit))
      scenarioRoutes(routes, service)
      resultRoutes(routes, service)
      runRoutes(routes, service)
      chatRoutes(routes, service)
      eventRoutes(routes, service, mostWatchers)
      catalogueRoutes(routes, service)
    },
    { prefix: basePath },
  )
  await server.register(async routes => openCatalogueRoutes(routes), { prefix: basePath })
  const mostLive = Math.min(mostLivePages, mostWatchers)
  await server.register(async routes => uiRoutes(routes, service, limit, mostLive), { prefix: '/ui' })
  await server.register(async routes => shareRoutes(routes, service, mostLive), { prefix: '/share' })
  server.get('/results/:id', { onRequest: leadBrowsers }, async (sent, reply) => answerNotFound(sent, reply))
  recordingRoutes(server, service)
  healthRoutes(server, service)
  docsRoutes(server, describe)
  refuseOthers()
  return server
}
