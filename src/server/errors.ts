import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { ErrorObject } from 'ajv'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isPlainError, Refusal, type PlainError, type RefusalBody } from '../app/serve/refusal.js'
import { answerOf } from './trouble-answers.js'
import { strictHeaders } from './headers.js'

/** The largest body that a request may have. */
export const bodyLimitBytes = 1 << 20

/** Answers errors in the API's form. Logs our own mistakes and does not show them. */
export function answerError(error: FastifyError | Refusal | PlainError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers(strictHeaders)
  if (error instanceof Refusal) {
    if (error.retryAfterS !== undefined) reply.header('retry-after', String(error.retryAfterS))
    return reply.code(error.status).send(error.body)
  }
  if ('validation' in error && error.validation) return reply.code(400).send(fieldErrors(error.validation as ErrorObject[]))
  const status = ('statusCode' in error && error.statusCode) || 500
  if (status < 500) return reply.code(status).send(answerToRefused(status, 'code' in error ? error.code : ''))
  if (isPlainError(error)) return answerTrouble(error, request, reply)
  request.log.error(error)
  return reply.code(500).send({ detail: 'The server failed. The reason is in its log.' })
}

/** The answer to a request that the HTTP framework refused before any route saw it. */
function answerToRefused(status: number, code: string): RefusalBody {
  const sentence = ofFramework[code] ?? `${STATUS_CODES[status]}.`
  return status === 400 ? { non_field_errors: [sentence] } : { detail: sentence }
}

/** @see https://fastify.dev/docs/latest/Reference/Errors/ */
const ofFramework: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The path is not valid: check its percent-encoding.',
  FST_ERR_CTP_BODY_TOO_LARGE: `The body is larger than ${bodyLimitBytes >> 20} MiB.`,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as Content-Length says.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the body as application/json, or as a form.',
}

function answerTrouble(error: PlainError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, detail, retryAfterS } = answerOf(error)
  if (status >= 500) request.log.error(error)
  if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS))
  return reply.code(status).send({ detail })
}

export function answerNotFound(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ detail: 'Not found.' })
}

/** Answers requests that are not HTTP or came too slowly: these never reach a route. */
export function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  // The client that reset the connection cannot receive an answer.
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }[error.code ?? ''] ?? 400
  const body = JSON.stringify({ detail: `${STATUS_CODES[status]}.` })
  const headers = {
    ...strictHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'connection': 'close',
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`)
}

/** A schema's findings by field, each message once. A schema gives its own message in `x-message`. */
export function fieldErrors(errors: readonly ErrorObject[]): Record<string, string[]> {
  const fields = new Map<string, Set<string>>()
  for (const error of errors) {
    const field = fieldOf(error)
    fields.set(field, (fields.get(field) ?? new Set()).add(messageOf(error)))
  }
  return Object.fromEntries([...fields].map(([field, messages]) => [field, [...messages]]))
}

function fieldOf({ instancePath, keyword, params }: ErrorObject): string {
  const [, field] = instancePath.split('/')
  if (field !== undefined) return field.replaceAll('~1', '/').replaceAll('~0', '~')
  return keyword === 'required' ? String(params['missingProperty']) : 'non_field_errors'
}

function messageOf({ keyword, message = 'is not valid', parentSchema }: ErrorObject): string {
  if (keyword === 'required') return 'This field is required.'
  const wanted: unknown = parentSchema?.['x-message']
  return typeof wanted === 'string' ? wanted : `${message[0]?.toUpperCase()}${message.slice(1)}.`
}
