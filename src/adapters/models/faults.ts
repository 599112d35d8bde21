import { APIError } from 'openai/core/error'
import type { Fault } from '../../domain/fault.js'
import { modelFaults, type AskedAt, type TimedOut } from '../../domain/faults/model-faults.js'
import type { Model } from '../../domain/model.js'
import { networkErrorOf, tlsProblemOf } from '../../domain/network-error.js'
import type { Mask } from '../../domain/mask.js'
import { Place } from '../../domain/place.js'
import { readRetryAfter } from '../../domain/retry-after.js'
import type { ModelRequest } from '../../ports/language-model.js'
import { addressOf } from '../network/base-address.js'
import { isAboutContext, isAboutLength, namesAnswerLimit } from './endpoint-words.js'

/** What failed, and whether a retry may help. */
export interface Failure {
  readonly fault: Fault
  readonly isPassing: boolean
  /** How long the endpoint asked us to wait. */
  readonly retryAfterMs?: number | undefined
}

/** Creates the faults of one model. Faults quote the endpoint without secrets. */
export interface Faults {
  /**
   * The fault of a failed request.
   *
   * @param error  What the wire threw.
   * @param now  The time of day.
   */
  ofError(error: unknown, request: Pick<ModelRequest, 'purpose' | 'ifTooLong' | 'answer'>, now: Date): Failure
  /** The fault of a request that was not answered in time. */
  ofTimeout(purpose: string, how: TimedOut): Failure
  /** The fault of an unusable answer. @param make  A fault of the catalogue. */
  ofAnswer(purpose: string, make: (asked: AskedAt) => Fault): Fault
}

/** If an endpoint asks for a longer wait, the request fails: a caller cannot keep an agent waiting that long. */
const longestWaitMs = 120_000

/** @param keyName  The environment variable that contains the key, if there is one. */
export function createFaults(model: Model, mask?: Mask, keyName?: string): Faults {
  const { role } = model
  const place = new Place(addressOf(model.baseUrl), mask)

  return {
    ofError(error, { purpose, ifTooLong: fix, answer }, now) {
      const asked = { role, purpose, place }
      if (error instanceof APIError) {
        const answered = { ...asked, status: error.status, words: wordsOf(error), model: model.model, keyName, fix }
        const tooLong = lengthFault(answered, error, model.maxTokens ?? answer.mostTokens)
        if (tooLong) return lasting(tooLong)
        if (error.code === 'insufficient_quota') return lasting(modelFaults.quotaUsedUp(answered))
        if (!isPassingStatus(answered.status)) return lasting(refusal(answered, Boolean(model.apiKey)))
        const waitMs = readRetryAfter(error.headers?.get('retry-after'), now)
        if (waitMs !== undefined && waitMs > longestWaitMs) return lasting(modelFaults.longWait({ ...answered, waitMs }))
        const make = answered.status === 429 ? modelFaults.tooManyRequests : modelFaults.endpointFailed
        return passing(make(answered), waitMs)
      }
      if (error instanceof SyntaxError) return passing(modelFaults.notJson(asked))
      const cause = networkErrorOf(error)
      const problem = tlsProblemOf(cause)
      if (problem) {
        const fault = modelFaults.tls({ ...asked, reason: cause.message, problem })
        return fault.isFinal ? lasting(fault) : passing(fault)
      }
      if (cause.code === 'ENOTFOUND') return lasting(modelFaults.noSuchHost(asked))
      return passing(cause.code === 'ECONNREFUSED' ? modelFaults.refused(asked) : modelFaults.lost({ ...asked, reason: cause.message }))
    },
    ofTimeout: (purpose, how) => passing(modelFaults.timedOut({ role, purpose, place, ...how })),
    ofAnswer: (purpose, make) => make({ role, purpose, place }),
  }
}

/** A retry may help. */
function passing(fault: Fault, retryAfterMs?: number): Failure {
  return { fault, isPassing: true, retryAfterMs }
}

/** A retry would fail the same way. */
function lasting(fault: Fault): Failure {
  return { fault, isPassing: false }
}

type Refused = Parameters<typeof modelFaults.keyRefused>[0] &
  Parameters<typeof modelFaults.noSuchModel>[0] &
  Parameters<typeof modelFaults.bodyTooLarge>[0]

/** The fault for an answer that a retry would not change. */
function refusal(answered: Refused, hasKey: boolean): Fault {
  const { status = 0, words } = answered
  switch (status) {
    case 401:
      return hasKey ? modelFaults.keyRefused(answered) : modelFaults.keyMissing(answered)
    case 403:
      return modelFaults.notPermitted(answered)
    case 404:
      return modelFaults.noSuchModel(answered)
    case 413:
      return modelFaults.bodyTooLarge(answered)
  }
  if (status >= 300 && status < 400) return modelFaults.hasMoved(answered)
  const isAboutShape = /response_format|json_schema|grammar|structured/i.test(words)
  return isAboutShape ? modelFaults.shapeNotTaken(answered) : modelFaults.requestRefused(answered)
}

/** Statuses a retry may change: the request was too early, met a lock or a rate limit, or the endpoint failed. */
function isPassingStatus(status: number | undefined): boolean {
  return status === undefined || status === 408 || status === 409 || status === 425 || status === 429 || status >= 500
}

/**
 * The fault of a question, or of the answer asked for, that is longer than the model takes.
 *
 * @param limit  The tokens that were asked for.
 */
function lengthFault(answered: Refused, { code }: APIError, limit: number): Fault | undefined {
  const { status, words } = answered
  if (status !== undefined && status !== 400 && status !== 413 && status !== 422 && status !== 500) return undefined
  const isAboutAnswer = namesAnswerLimit(words)
  if (code === 'context_length_exceeded' || isAboutContext(words))
    return modelFaults.contextTooLong({ ...answered, limit: isAboutAnswer ? limit : undefined })
  return isAboutAnswer && isAboutLength(words) ? modelFaults.answerTooLong({ ...answered, limit }) : undefined
}

/** The endpoint's own message. */
function wordsOf({ error }: APIError): string {
  const { message } = error as { readonly message: string }
  return message
}
