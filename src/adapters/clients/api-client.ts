/** One exchange after the other with a run-scenarios API. Nothing is tried again here. */
export interface ApiClient {
  /** Where it is: no credentials, no query. */
  readonly place: string
  /** @param path  Below the base path: `results/167/`. @throws {ApiFailure} When `signal` aborted, the abort's reason. */
  get(path: string, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>
  post(path: string, body: object, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>
  /** An answer whose body goes on: for as long as `signal` is not aborted. */
  stream(path: string, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<AsyncIterable<Uint8Array>>
}

export interface ApiAnswer {
  /** 2xx, or 304. */
  readonly status: number
  readonly headers: Headers
  /** Parsed; `undefined` where there was none. */
  readonly body: unknown
}

/**
 * Why there is no answer to use. `unsent`: the request never reached the service. `lost`: it may have, and may be under way
 * there. `answered`: it is done with, and was not carried out.
 */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  constructor(
    readonly kind: 'unsent' | 'lost' | 'answered',
    /** What went wrong, and what next. */
    message: string,
    readonly status?: number,
    /** How long the service asked us to wait before another try. */
    readonly retryAfterMs?: number,
  ) {
    super(message)
  }
}

const basePath = '/test_framework/v1'
const patienceMs = 60_000

/**
 * @param baseUrl  Of the service; the API's base path is added where it is not there.
 * @param apiKey  Sent as X-CEKURA-API-KEY.
 */
export function createApiClient(baseUrl: string, apiKey: string | undefined): ApiClient {
  const base = new URL(baseUrl)
  const own = base.pathname.replace(/\/+$/, '')
  const root = `${base.origin}${own.endsWith(basePath) ? own : own + basePath}/`

  const exchange = async (path: string, { headers, ...init }: SentRequest, signal: AbortSignal): Promise<Response> => {
    const key = apiKey === undefined ? {} : { 'X-CEKURA-API-KEY': apiKey }
    try {
      // A redirection could carry the key to somebody else.
      const answer = await fetch(root + path, {
        ...init,
        headers: { accept: 'application/json', ...headers, ...key },
        redirect: 'manual',
        signal,
      })
      if (answer.ok || answer.status === 304) return answer
      throw await refusalOf(answer, root)
    } catch (cause) {
      throw cause instanceof ApiFailure ? cause : failureOf(cause, root)
    }
  }
  const ask = async (path: string, init: SentRequest, signal: AbortSignal): Promise<ApiAnswer> => {
    const patience = AbortSignal.timeout(patienceMs)
    try {
      const answer = await exchange(path, init, AbortSignal.any([signal, patience]))
      return { status: answer.status, headers: answer.headers, body: await bodyOf(answer, root) }
    } catch (cause) {
      signal.throwIfAborted()
      throw cause
    }
  }
  return {
    place: root,
    get: (path, signal, headers = {}) => ask(path, { headers }, signal),
    post: (path, body, signal, headers = {}) =>
      ask(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }, signal),
    async stream(path, signal, headers = {}) {
      const { body } = await exchange(path, { headers: { accept: 'text/event-stream', ...headers } }, signal)
      return pieces(body as AsyncIterable<Uint8Array> | null, root)
    },
  }
}

interface SentRequest {
  readonly method?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What of an answer is read; a result of 10,000 runs has some 10 MB. */
const mostBytes = 256 << 20

async function* pieces(body: AsyncIterable<Uint8Array> | null, place: string): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? []
  } catch (cause) {
    throw failureOf(cause, place)
  }
}

async function bodyOf(answer: Response, place: string): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of pieces(answer.body as AsyncIterable<Uint8Array> | null, place)) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new ApiFailure('lost', `${place} answered more than ${mostBytes >> 20} MiB: start fewer runs at once.`)
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new ApiFailure(
      'lost',
      `${place} answered something that is not JSON (${quoted(text, 100)}): correct base_url, or look at what stands before the service.`,
    )
  }
}

/** Answers of something between that gave up waiting: the service itself may still be at it. */
const gaveUp: ReadonlySet<number> = new Set([408, 502, 504])

async function refusalOf(answer: Response, place: string): Promise<ApiFailure> {
  const { status, headers } = answer
  const said = saidIn(await answer.text().catch(() => ''))
  const because = said === '' ? '' : `: ${said}`
  const kind = gaveUp.has(status) ? 'lost' : 'answered'
  return new ApiFailure(
    kind,
    `${place} answered ${status}${because}${/[.!?]$/.test(because) ? '' : '.'} ${adviceOn(status, headers)}`,
    status,
    waitAskedForMs(headers),
  )
}

function adviceOn(status: number, headers: Headers): string {
  if (status >= 300 && status < 400)
    return `It points to ${headers.get('location') ?? 'another place'}: if that is meant, write it as base_url.`
  switch (status) {
    case 401:
    case 403:
      return 'See that api_key is a key of that service, and may do this.'
    case 404:
      return 'See that base_url is right, and that the key may see what is named.'
    case 429:
      return 'It takes no more requests for now.'
    default:
      return status < 500 ? 'Correct what was asked for.' : 'Look at the service.'
  }
}

/** What an answer says is wrong: its `detail`, or each field with its messages. */
function saidIn(text: string): string {
  try {
    const body = JSON.parse(text) as unknown
    if (typeof body !== 'object' || body === null) return quoted(text, 300)
    if ('detail' in body && typeof body.detail === 'string') return quoted(body.detail, 300)
    return quoted(
      Object.entries(body)
        .map(([field, messages]) => `${field}: ${[messages].flat().map(String).join(' ')}`)
        .join('; '),
      1000,
    )
  } catch {
    return quoted(text, 100)
  }
}

/** Seconds, or a time (RFC 9110, 10.2.3). */
function waitAskedForMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}

/** Errors of a connection that was never made. */
const neverConnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|CERT_.*|ERR_TLS_.*|ERR_SSL_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/

function failureOf(thrown: unknown, place: string): ApiFailure {
  const { cause } = thrown as { readonly cause?: unknown }
  const {
    code = '',
    message = '',
    name,
  } = (cause ?? thrown) as { readonly code?: string; readonly message?: string; readonly name?: string }
  if (name === 'TimeoutError') return new ApiFailure('lost', `${place} did not answer within ${patienceMs / 1000} s. Look at the service.`)
  const said = quoted([code, message].filter(part => part !== '').join(': '), 200)
  return neverConnected.test(code)
    ? new ApiFailure('unsent', `${place} cannot be reached (${said}). Correct base_url, or look at the service and the network.`)
    : new ApiFailure('lost', `The connection to ${place} was lost (${said}). Look at the service and the network.`)
}

/** Text that another program wrote, on one line and cut to length. */
function quoted(text: string, most: number): string {
  const line = text
    .slice(0, most * 2)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return line.length > most ? `${line.slice(0, most)}...` : line
}
