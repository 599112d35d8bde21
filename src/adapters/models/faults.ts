import { APIConnectionError, APIError } from 'openai/core/error'
import type { Model } from '../../domain/model.js'
import type { Fault } from '../../domain/outcome.js'
import { createRedactor } from '../../domain/redactor.js'
import type { ModelRequest } from '../../ports/language-model.js'

/** What failed, and whether sending the same request again may help. */
export interface Failure {
  readonly fault: Fault
  readonly isPassing: boolean
  /** How long the endpoint asked us to wait. */
  readonly retryAfterMs?: number
}

type AboutRequest = Pick<ModelRequest, 'purpose' | 'ifTooLong'>

/** Makes the faults of one model: each says what happened, where, and what to do about it. */
export interface Faults {
  /** A request that failed. @param error  What the `openai` package threw. @param now  The time of day. */
  ofError(error: unknown, request: AboutRequest, now: Date): Failure
  ofTimeout(purpose: string): Failure
  /** An answer came, and is of no use. @param what  As a sentence's end: `refused to answer`. */
  ofAnswer(purpose: string, what: string, next: string): Failure
}

/** @param keyName  The environment variable that the key is read from, where it is. */
export function createFaults(model: Model, keyName?: string): Faults {
  const { role, baseUrl, timeoutMs } = model
  const own = `models.${role}`
  const place = placeOf(baseUrl)
  const key = keyName === undefined ? `${own}.api_key` : `${own}.api_key, which is read from ${keyName}`
  const redact = createRedactor([
    ...(model.apiKey ? [{ name: 'api_key', value: model.apiKey }] : []),
    ...Object.entries(model.headers).map(([name, value]) => ({ name, value })),
  ])

  const failure = (purpose: string, what: string, next: string, more: Partial<Failure> & { readonly isFinal?: boolean } = {}): Failure => {
    const { isFinal = false, isPassing = false, retryAfterMs } = more
    const message = redact(`The ${role}'s model ${what} (${purpose}): ${next}.`)
    const fault: Fault = { by: 'infra', code: `${role}_model`, message, ...(isFinal && { isFinal }) }
    return { fault, isPassing, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }

  const ofStatus = (error: APIError, { purpose, ifTooLong }: AboutRequest, now: Date): Failure => {
    const { status = 0, headers } = error
    const words = wordsOf(error)
    const what = `at ${place} answered ${status}${words ? `, "${words}"` : ''}`
    const final = (next: string): Failure => failure(purpose, what, next, { isFinal: true })
    if (isContextTooLong(status, error.code, words)) {
      const [subject, next] = ifTooLong === undefined ? ['the conversation', 'lower max_turns'] : ['what is asked', ifTooLong]
      return final(`${subject} is too long for ${model.model}: ${next}, or take a model with a larger context`)
    }
    if (error.code === 'insufficient_quota') return final('the account has no quota left: see its billing')
    if (isPassingStatus(status)) {
      const retryAfterMs = readRetryAfter(headers?.get('retry-after') ?? undefined, now)
      const next = status === 429 ? `lower ${own}.limits, to what the endpoint allows` : 'look at the endpoint, then run again'
      return failure(purpose, what, next, { isPassing: true, ...(retryAfterMs !== undefined && { retryAfterMs }) })
    }
    switch (status) {
      case 401:
        return final(model.apiKey ? `correct ${key}` : `give it a key with ${own}.api_key`)
      case 403:
        return final(`see what ${key} may use`)
      case 404:
        return final(`correct ${own}.model, which is ${model.model}, or ${own}.base_url`)
      case 413:
        return final(ifTooLong ?? 'lower max_turns, or let the agent say less')
      default:
        if (status >= 300 && status < 400) return final(`put the address that it has moved to into ${own}.base_url`)
        return final(
          /response_format|json_schema|grammar|structured/i.test(words)
            ? `try ${own}.structured: json_object, or prompt`
            : `see what ${own} asks for`,
        )
    }
  }

  return {
    ofError(error, request, now) {
      const { purpose } = request
      if (error instanceof APIError && error.status !== undefined) return ofStatus(error, request, now)
      const { code, message } = causeOf(error)
      const at = `at ${place}`
      if (isTlsError(code)) {
        return failure(purpose, `${at} cannot be trusted (${message})`, 'trust its certificate with NODE_EXTRA_CA_CERTS', { isFinal: true })
      }
      if (code === 'ENOTFOUND') return failure(purpose, `${at} has no such host`, `correct ${own}.base_url`, { isFinal: true })
      if (code === 'ECONNREFUSED') {
        return failure(purpose, `does not run: nothing listens at ${place}`, `start it, or correct ${own}.base_url`, { isPassing: true })
      }
      if (error instanceof SyntaxError)
        return failure(purpose, `${at} answered something that is not JSON`, `see that ${own}.base_url leads to chat completions`, {
          isPassing: true,
        })
      return failure(purpose, `${at} was lost (${message})`, 'look at the endpoint, and at the network in between', { isPassing: true })
    },
    ofTimeout(purpose) {
      return failure(
        purpose,
        `at ${place} did not answer within ${timeoutMs / 1000} s`,
        `raise ${own}.timeout, or lower ${own}.limits.concurrency`,
        { isPassing: true },
      )
    },
    ofAnswer(purpose, what, next) {
      return failure(purpose, what, next)
    },
  }
}

/** The request came too early, met a lock, was one too many, or the endpoint failed. */
function isPassingStatus(status: number): boolean {
  return status === 408 || status === 409 || status === 425 || status === 429 || status >= 500
}

/** Endpoints agree on no code for it. */
function isContextTooLong(status: number, code: unknown, words: string): boolean {
  if (status !== 400 && status !== 413 && status !== 422 && status !== 500) return false
  return (
    code === 'context_length_exceeded' ||
    /context.{0,20}(length|window|size)|maximum.{0,40}tokens|too many tokens|prompt is too long/i.test(words)
  )
}

/** What the endpoint says, on one line and cut to length: another program wrote it. */
function wordsOf({ error, message }: APIError): string {
  const own = typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined
  const text = typeof own === 'string' ? own : message.replace(/^\d{3} /, '')
  const line = text
    .slice(0, 1000)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return line.length > 200 ? `${line.slice(0, 200)}...` : line
}

/** The code and the words of what lies at the bottom of an error. */
function causeOf(error: unknown): { code: string; message: string } {
  const below = error instanceof APIConnectionError ? error.cause : error
  const cause: unknown = below instanceof AggregateError ? below.errors[0] : below
  if (!(cause instanceof Error)) return { code: '', message: String(cause) }
  return { code: 'code' in cause && typeof cause.code === 'string' ? cause.code : '', message: cause.message }
}

function isTlsError(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code)
}

/** How long a Retry-After header (RFC 9110, 10.2.3: seconds, or a date) asks to wait. @returns Milliseconds. */
function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(header)) return Math.ceil(Number(header) * 1000)
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}

/** An address fit for messages: no credentials, no query. */
function placeOf(baseUrl: string): string {
  const url = new URL(baseUrl)
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`
}
