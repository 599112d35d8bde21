import type { ErrorObject } from 'ajv'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../app/serve/refusal.js'

/** Answers with what went wrong, in the API's form; what is our own mistake is logged, and not shown. */
export function answerError(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return reply.code(error.status).send(error.body)
  if (error.validation) return reply.code(400).send(fieldErrors(error.validation as ErrorObject[]))
  const status = error.statusCode ?? 500
  if (status < 500) return reply.code(status).send({ detail: error.message })
  request.log.error(error)
  return reply.code(500).send({ detail: 'Something went wrong here. It is in the log.' })
}

export function answerNotFound(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ detail: 'Not found.' })
}

/** What a schema found, by field, each once. */
function fieldErrors(errors: readonly ErrorObject[]): Record<string, string[]> {
  const fields: Record<string, Set<string>> = Object.create(null)
  for (const { instancePath, message = 'Not valid.' } of errors) {
    const field = instancePath.split('/')[1] ?? 'non_field_errors'
    ;(fields[field] ??= new Set()).add(`${message[0]?.toUpperCase()}${message.slice(1)}.`)
  }
  return Object.fromEntries(Object.entries(fields).map(([field, messages]) => [field, [...messages]]))
}
