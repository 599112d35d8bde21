import type { Mask } from '../../domain/mask.js'
import { Place } from '../../domain/place.js'
import { FaultError } from '../../domain/fault.js'
import { excerpt } from '../../domain/excerpt.js'
import { serviceTroubles, type ServiceTrouble } from '../../domain/faults/service-troubles.js'
import { readJsonText } from '../../domain/json-value.js'
import { networkErrorOf, tlsProblemOf, wasNeverConnected } from '../../domain/network-error.js'
import { GatheredBytes } from '../network/gathered-bytes.js'
import { readRetryAfter } from '../../domain/retry-after.js'
import type { Network } from '../../ports/network.js'
import { routedFetch } from './routed-fetch.js'

/** Sends single requests to a run-scenarios API. It does not retry. */
export interface ApiClient {
  /** The address, without credentials and query. */
  readonly place: Place
  /** @param path  Below the base path: `results/167/`. @throws {ApiFailure} When `signal` aborted, the abort's reason. */
  get(path: string, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>
  post(path: string, body: object, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>
  /** Opens an answer whose body continues until `signal` aborts. */
  stream(path: string, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<AsyncIterable<Uint8Array>>
}

export interface ApiAnswer {
  /** 2xx or 304. */
  readonly status: number
  readonly headers: Headers
  /** The parsed JSON; `undefined` for an empty body. */
  readonly body: unknown
}

/** A request without a usable answer. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  constructor(readonly trouble: ServiceTrouble) {
    super(trouble.message)
  }
}

const basePath = '/test_framework/v1'
const patienceMs = 60_000

export interface ApiClientUse {
  /** Masks what faults quote. Default: nothing. */
  readonly mask?: Mask | undefined
  /** Default: no proxy, and the certificates that Node trusts. */
  readonly network?: Partial<Network> | undefined
}

/**
 * @param baseUrl  The service's URL; the API's base path is added if it is missing.
 * @param apiKey  Sent as X-CEKURA-API-KEY.
 */
export function createApiClient(baseUrl: string, apiKey: string | undefined, { mask, network = {} }: ApiClientUse = {}): ApiClient {
  const base = new URL(baseUrl)
  const own = base.pathname.replace(/\/+$/, '')
  const root = `${base.origin}${own.endsWith(basePath) ? own : own + basePath}/`
  const place = new Place(root, mask)
  let opened: Promise<typeof fetch> | undefined

  const exchange = async (path: string, { headers, ...init }: SentRequest, signal: AbortSignal): Promise<Response> => {
    const key = apiKey === undefined ? {} : { 'X-CEKURA-API-KEY': apiKey }
    try {
      // A redirect could send the key to another host.
      const send = await (opened ??= routedFetch(base, network))
      const answer = await send(root + path, {
        ...init,
        headers: { accept: 'application/json', ...headers, ...key },
        redirect: 'manual',
        signal,
      })
      if (answer.ok || answer.status === 304) return answer
      throw await refusalOf(answer, place)
    } catch (cause) {
      throw cause instanceof ApiFailure ? cause : failureOf(cause, place)
    }
  }
  const ask = async (path: string, init: SentRequest, signal: AbortSignal): Promise<ApiAnswer> => {
    const patience = AbortSignal.timeout(patienceMs)
    try {
      const answer = await exchange(path, init, AbortSignal.any([signal, patience]))
      return { status: answer.status, headers: answer.headers, body: await bodyOf(answer, place) }
    } catch (cause) {
      signal.throwIfAborted()
      throw cause
    }
  }
  return {
    place,
    get: (path, signal, headers = {}) => ask(path, { headers }, signal),
    post: (path, body, signal, headers = {}) =>
      ask(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }, signal),
    async stream(path, signal, headers = {}) {
      const { body } = await exchange(path, { headers: { accept: 'text/event-stream', ...headers } }, signal)
      return pieces(body as AsyncIterable<Uint8Array> | null, place)
    },
  }
}

interface SentRequest {
  readonly method?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** The limit for one answer; a result of 10,000 runs has about 10 MB. */
const mostBytes = 32 << 20
/** How much of a refusal is read, to find its explanation. */
const mostRefusalBytes = 64 << 10

async function* pieces(body: AsyncIterable<Uint8Array> | null, place: Place): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? []
  } catch (cause) {
    throw cause instanceof ApiFailure ? cause : failureOf(cause, place)
  }
}

async function bodyOf(answer: Response, place: Place): Promise<unknown> {
  const { text, isWhole } = await textOf(answer, mostBytes, place)
  if (!isWhole) throw new ApiFailure(serviceTroubles.tooLarge({ place, mebibytes: mostBytes >> 20 }))
  if (text === '') return undefined
  try {
    return readJsonText(text)
  } catch {
    throw new ApiFailure(serviceTroubles.notJson({ place, text }))
  }
}

/** The text of an answer, decoded, up to a number of bytes. The rest is not read. */
async function textOf(answer: Response, most: number, place: Place): Promise<{ text: string; isWhole: boolean }> {
  const bytes = new GatheredBytes()
  for await (const chunk of pieces(answer.body as AsyncIterable<Uint8Array> | null, place)) {
    if (bytes.length + chunk.length > most) return { text: bytes.whole().toString(), isWhole: false }
    bytes.add(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
  }
  return { text: bytes.whole().toString(), isWhole: true }
}

async function refusalOf(answer: Response, place: Place): Promise<ApiFailure> {
  const { status, headers } = answer
  return new ApiFailure(
    serviceTroubles.status({
      place,
      status,
      said: saidIn(
        await textOf(answer, mostRefusalBytes, place)
          .then(({ text }) => text)
          .catch(() => ''),
      ),
      location: headers.get('location'),
      retryAfterMs: readRetryAfter(headers.get('retry-after'), new Date()),
    }),
  )
}

/** The error in an answer: its `detail`, or each field with its messages. */
function saidIn(text: string): string {
  try {
    const body = readJsonText(text)
    if (typeof body !== 'object' || body === null) return excerpt(text, 300)
    if ('detail' in body && typeof body.detail === 'string') return excerpt(body.detail, 300)
    return excerpt(
      Object.entries(body)
        .map(([field, messages]) => `${field}: ${[messages].flat().map(String).join(' ')}`)
        .join('; '),
      1000,
    )
  } catch {
    return excerpt(text, 100)
  }
}

function failureOf(thrown: unknown, place: Place): ApiFailure {
  // The variable that names the proxy is not usable.
  if (thrown instanceof FaultError) return new ApiFailure({ kind: 'unsent', message: thrown.fault.message, isFinal: true })
  const error = networkErrorOf(thrown)
  if (error.name === 'TimeoutError') return new ApiFailure(serviceTroubles.timedOut({ place, withinMs: patienceMs }))
  const problem = tlsProblemOf(error)
  if (problem) return new ApiFailure(serviceTroubles.tls({ place, reason: error.message, problem }))
  const reason = [error.code, error.message].filter(part => part !== '').join(': ')
  const make = wasNeverConnected(error) ? serviceTroubles.unreachable : serviceTroubles.broken
  return new ApiFailure(make({ place, reason }))
}
