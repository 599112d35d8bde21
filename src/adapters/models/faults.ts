import { APIError } from 'openai/core/error'
import type { Fault } from '../../domain/fault.js'
import { modelFaults, type AskedAt } from '../../domain/faults/model-faults.js'
import type { Model } from '../../domain/model.js'
import { networkErrorOf, tlsProblemOf } from '../../domain/network-error.js'
import type { Mask } from '../../domain/mask.js'
import { Place } from '../../domain/place.js'
import { readRetryAfter } from '../../domain/retry-after.js'
import type { ModelRequest } from '../../ports/language-model.js'

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
   * @param error  What the `openai` package threw.
   * @param now  The time of day.
   */
  ofError(error: unknown, request: Pick<ModelRequest, 'purpose' | 'ifTooLong'>, now: Date): Failure
  ofTimeout(purpose: string): Failure
  /** The fault of an unusable answer. @param make  A fault of the catalogue. */
  ofAnswer(purpose: string, make: (asked: AskedAt) => Fault): Fault
}

/** @param keyName  The environment variable that contains the key, if there is one. */
export function createFaults(model: Model, mask?: Mask, keyName?: string): Faults {
  const { role, timeoutMs } = model
  const place = new Place(addressOf(model.baseUrl), mask)

  return {
    ofError(error, { purpose, ifTooLong: fix }, now) {
      const asked = { role, purpose, place }
      if (error instanceof APIError && error.status !== undefined) {
        const answered = { ...asked, status: error.status, words: wordsOf(error), model: model.model, keyName, fix }
        if (isContextTooLong(answered.status, error.code, answered.words)) return lasting(modelFaults.contextTooLong(answered))
        if (error.code === 'insufficient_quota') return lasting(modelFaults.quotaUsedUp(answered))
        if (!isPassingStatus(answered.status)) return lasting(refusal(answered, Boolean(model.apiKey)))
        const make = answered.status === 429 ? modelFaults.tooManyRequests : modelFaults.endpointFailed
        return passing(make(answered), readRetryAfter(error.headers?.get('retry-after'), now))
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
    ofTimeout: purpose => passing(modelFaults.timedOut({ role, purpose, place, withinMs: timeoutMs })),
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
  const { status, words } = answered
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
function isPassingStatus(status: number): boolean {
  return status === 408 || status === 409 || status === 425 || status === 429 || status >= 500
}

/** Endpoints share no error code for this. */
function isContextTooLong(status: number, code: unknown, words: string): boolean {
  if (status !== 400 && status !== 413 && status !== 422 && status !== 500) return false
  return (
    code === 'context_length_exceeded' ||
    /context.{0,20}(length|window|size)|maximum.{0,40}tokens|too many tokens|prompt is too long/i.test(words)
  )
}

/** The endpoint's own message. */
function wordsOf({ error, message }: APIError): string {
  const own = typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined
  return typeof own === 'string' ? own : message.replace(/^\d{3} /, '')
}

/** An address for messages: without credentials and query. */
function addressOf(baseUrl: string): string {
  const url = new URL(baseUrl)
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`
}
