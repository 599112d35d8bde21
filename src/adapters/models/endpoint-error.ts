import { APIError } from 'openai/core/error'
import { isRecord, parseJson } from '../../domain/json-value.js'
import { wordsIn } from '../network/error-words.js'

/** The error of an answer with this status. @param text  Its body: JSON of any shape, or none. */
export function statusError(status: number, text: string, headers: Headers): APIError {
  return errorFrom(status, parseJson(text) ?? text, text, headers)
}

/**
 * Some endpoints answer 200, and an error in the body or in an event.
 *
 * @throws {APIError} when the body is an error. Its status is the one that the error has as its code, if it is one.
 */
export function throwIfError(body: unknown): void {
  if (!isRecord(body)) return
  const { error, object, code } = body
  if (object !== 'error' && (wordsIn(error) ?? '') === '') return
  const own = Number(isRecord(error) ? error['code'] : code)
  throw errorFrom(own >= 400 && own < 600 ? own : undefined, body, '', undefined)
}

/** @param otherwise  Its words, where the body has none in a place that is known. */
function errorFrom(status: number | undefined, body: unknown, otherwise: string, headers: Headers | undefined): APIError {
  const message = wordsIn(body) ?? otherwise
  const { code, param } = isRecord(body) ? (isRecord(body['error']) ? body['error'] : body) : {}
  return new APIError(status, { message, code, param }, undefined, headers)
}
