import type { FastifyInstance, RouteOptions } from 'fastify'
import { version } from '../app/version.js'
import type { Operation } from './operation.js'
import { shapes } from './shapes.js'

/**
 * Describes the API as OpenAPI 3.1, from the registered routes and the schemas that validate their requests.
 *
 * @param base  Path prefix of all described routes.
 * @returns A function that makes the document; call it once all routes are registered.
 */
export function describeApi(server: FastifyInstance, base: string): () => object {
  const routes: DescribedRoute[] = []
  server.addHook('onRoute', ({ url, method, schema, config }: RouteOptions) => {
    if (!url.startsWith(base) || !config?.operation || method === 'HEAD') return
    routes.push({ path: url.slice(base.length), method: String(method).toLowerCase(), operation: config.operation, schema })
  })
  return () => ({
    openapi: '3.1.0',
    info: {
      title: 'Callsheet',
      version,
      description:
        'The run-scenarios API over suites. Every path also works with `-external` after its first segment, and with or without a trailing slash. Integers may be sent as strings.',
    },
    servers: [{ url: base }],
    security: [{ key: [] }],
    paths: pathsOf(routes),
    components: {
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-CEKURA-API-KEY' } },
      schemas: pointToComponents(Object.assign({}, ...Object.values(shapes).map(({ $defs }) => $defs))),
    },
  })
}

interface DescribedRoute {
  readonly path: string
  readonly method: string
  readonly operation: Operation
  readonly schema: { readonly body?: unknown; readonly querystring?: unknown } | undefined
}

interface ObjectShape {
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>
  readonly required?: readonly string[]
}

function pathsOf(routes: readonly DescribedRoute[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = `${route.path.replaceAll(/:(\w+)/g, '{$1}').replace(/\/$/, '')}/`
    ;(paths[path] ??= {})[route.method] = operationOf(route, path)
  }
  return paths
}

function operationOf({ method, operation, schema }: DescribedRoute, path: string): object {
  const { summary, about, answer, answerOfDryRun: dry, status = 200, isOpen } = operation
  const parameters = [...pathParameters(path), ...queryParameters(schema?.querystring), ...(operation.startsRuns ? [idempotencyKey] : [])]
  return {
    operationId: [method, ...path.split(/\W+/).filter(Boolean)].join('_'),
    summary,
    tags: [about],
    ...(isOpen && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(schema?.body !== undefined && { requestBody: { required: true, content: content(pointToComponents(schema.body), operation) } }),
    responses: {
      [status]: {
        description: summary,
        content: { [typeOf(operation)]: { schema: component(answer) } },
      },
      ...(dry !== undefined && { 200: { description: 'What would run.', content: json(component(dry)) } }),
      ...(schema && { 400: { description: 'The mistakes in the request.', content: json(component('Errors')) } }),
      ...(!isOpen && { 401: detail('No key.'), 403: detail('A wrong key.') }),
      ...((path.includes('{') || schema?.querystring !== undefined) && { 404: detail('Not found.') }),
      ...(operation.startsRuns && { 409: detail('The Idempotency-Key was already used for another request.') }),
      429: detail('Too many requests.'),
      ...(operation.isStream && { 503: detail('Too many clients read events already.') }),
    },
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Repeating the same key and body within 24 hours returns the first result.',
  schema: { type: 'string' },
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }))
}

function queryParameters(querystring: unknown): object[] {
  const { properties = {}, required = [] } = definitionOf(querystring)
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description: schema.description,
    schema: pointToComponents(schema),
  }))
}

/** The definition behind a route's `{ $ref }`. */
function definitionOf(reference: unknown): ObjectShape {
  const name = /#\/\$defs\/(\w+)$/.exec((reference as { $ref?: string } | undefined)?.$ref ?? '')?.[1]
  return name === undefined ? {} : (shapes.requests.$defs[name] ?? {})
}

function detail(description: string): object {
  return { description, content: json(component('Detail')) }
}

/** Requests that start runs may be forms too. */
function content(schema: unknown, { startsRuns }: Operation): object {
  return { ...json(schema), ...(startsRuns && { 'application/x-www-form-urlencoded': { schema }, 'multipart/form-data': { schema } }) }
}

function typeOf({ isStream, isText }: Operation): string {
  return isStream ? 'text/event-stream' : isText ? 'text/plain' : 'application/json'
}

function json(schema: unknown): object {
  return { 'application/json': { schema } }
}

function component(name: string): object {
  return { $ref: `#/components/schemas/${name}` }
}

/** Turns references to our definitions into references to components. */
function pointToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointToComponents)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string' ? item.replace(/^.*#\/\$defs\//, '#/components/schemas/') : pointToComponents(item),
    ]),
  )
}
