import { OpenAI, type ClientOptions } from 'openai/client'
import type { ChatCompletion, ChatCompletionChunk, ChatCompletionCreateParamsBase } from 'openai/resources/chat/completions'
import { EnvHttpProxyAgent } from 'undici'
import type { Model } from '../../domain/model.js'
import { usualCap } from './endpoints.js'
import { fetchOver } from './fetch-over.js'
import { parseJson } from '../../domain/json-value.js'

/** The body of a chat completions request. The wire decides whether it streams. */
export type ChatBody = Omit<ChatCompletionCreateParamsBase, 'stream' | 'stream_options'>

/** An answer. */
export interface Completion {
  /** `undefined` if the answer has no choice. */
  readonly content: string | undefined
  readonly refusal: string | undefined
  readonly finishReason: string | undefined
  readonly usage: Usage | undefined
}

/** Tokens, as the endpoint counted them. */
export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedTokens: number
}

/** The connection to an endpoint. */
export interface Wire {
  /**
   * Sends one request once.
   *
   * @param heard  Called with each piece of a streamed answer.
   * @throws what the `openai` package throws; see faults.ts.
   */
  complete(body: ChatBody, signal: AbortSignal, heard: () => void): Promise<Completion>
}

/** Disables the package's timer, because ours follows the injected clock. */
const noTimeoutMs = 2 ** 31 - 1

/** @param ca  All certificates to trust, in PEM. Default: those that Node trusts. */
export function openWire({ baseUrl, apiKey, headers, stream, limits }: Model, ca?: readonly string[]): Wire {
  const trust = ca && { ca: [...ca] }
  const fetch = fetchOver(
    new EnvHttpProxyAgent({
      connections: limits.concurrency ?? usualCap,
      ...(trust && { connect: trust, requestTls: trust, proxyTls: trust }),
    }),
  )
  const client = new SteadyClient(fetch, {
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: noTimeoutMs,
    // The package reads missing options from the environment. Its key must not go to another endpoint.
    apiKey: apiKey || 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    defaultHeaders: { ...(!apiKey && { Authorization: null }), ...headers },
  })

  return {
    async complete(body, signal, heard) {
      if (!stream) return readWhole(await client.completeWhole({ ...body, stream: false }, signal))
      const streamed = { ...body, stream: true, stream_options: { include_usage: true } } as const
      return readPieces(await client.chat.completions.create(streamed, { signal }), heard)
    },
  }
}

type Fetch = ReturnType<typeof fetchOver>

/**
 * The package builds the address and headers anew for each request, which takes as long as everything else. Here they
 * never change, so it builds them once.
 */
class SteadyClient extends OpenAI {
  readonly #fetch: Fetch
  #first: ReturnType<OpenAI['buildRequest']> | undefined

  constructor(fetch: Fetch, options: Omit<ClientOptions, 'fetch'>) {
    super({ ...options, fetch })
    this.#fetch = fetch
  }

  /** One request and its answer, without the package's timers, retries and log, which are not used here and cost as much as the request. */
  async completeWhole(body: ChatBody & { readonly stream: false }, signal: AbortSignal): Promise<Loose<ChatCompletion>> {
    const { url, req } = await this.buildRequest({ method: 'post', path: '/chat/completions', body, signal })
    const response = await this.#fetch(url, req)
    if (response.ok) return (await response.json()) as Loose<ChatCompletion>
    const text = await response.text()
    const error = parseJson(text) as object | undefined
    throw this.makeStatusError(response.status, error as object, error === undefined ? text : undefined, response.headers)
  }

  override async buildRequest(...asked: Parameters<OpenAI['buildRequest']>): ReturnType<OpenAI['buildRequest']> {
    this.#first ??= super.buildRequest(...asked)
    const { req, ...rest } = await this.#first
    const [{ body, signal }] = asked
    return { ...rest, req: { ...req, signal: signal ?? null, body: JSON.stringify(body) } }
  }
}

/** An endpoint can answer anything, so every field is checked before use. */
function readWhole(answer: Loose<ChatCompletion>): Completion {
  const { choices, usage } = isRecord(answer) ? answer : {}
  const choice = choices?.[0]
  return {
    content: choice ? textOf(choice.message?.content) : undefined,
    refusal: textOf(choice?.message?.refusal) || undefined,
    finishReason: textOf(choice?.finish_reason) || undefined,
    usage: readUsage(usage),
  }
}

async function readPieces(pieces: AsyncIterable<Loose<ChatCompletionChunk>>, heard: () => void): Promise<Completion> {
  let content: string | undefined
  let refusal: string | undefined
  let finishReason: string | undefined
  let usage: Usage | undefined
  for await (const piece of pieces) {
    heard()
    usage = readUsage(piece.usage) ?? usage
    const choice = piece.choices?.[0]
    if (!choice) continue
    content = (content ?? '') + textOf(choice.delta?.content)
    refusal = (refusal ?? '') + textOf(choice.delta?.refusal) || undefined
    finishReason = textOf(choice.finish_reason) || finishReason
  }
  return { content, refusal, finishReason, usage }
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : ''
}

function readUsage(usage: Loose<ChatCompletion['usage']>): Usage | undefined {
  if (!isRecord(usage)) return undefined
  const { prompt_tokens: input, completion_tokens: output, prompt_tokens_details: details } = usage
  if (!isCount(input) || !isCount(output)) return undefined
  const cached = details?.cached_tokens
  return { inputTokens: input, outputTokens: output, cachedTokens: isCount(cached) ? Math.min(cached, input) : 0 }
}

/** Tokens count towards `max_cost`, so they must be whole numbers. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isRecord<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null
}

/** Data from the network: any part can be missing or `null`. */
type Loose<Part> = Part extends object ? { readonly [Key in keyof Part]?: Loose<Part[Key]> | null } : Part | null | undefined
