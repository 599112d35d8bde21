import { OpenAI } from 'openai/client'
import { APIError } from 'openai/core/error'
import type { ChatCompletionCreateParamsBase } from 'openai/resources/chat/completions'
import type { Model } from '../../domain/model.js'
import type { Network } from '../../ports/network.js'
import { openRouteToOrigin, wayTo, type OpenRoute } from '../network/dispatcher.js'
import { readCompletion, readStream, type Completion } from './completion.js'
import { statusError } from './endpoint-error.js'
import { usualCap } from './endpoints.js'
import { fetchOver } from './fetch-over.js'

/** The body of a chat completions request. The wire decides whether it streams. */
export type ChatBody = Omit<ChatCompletionCreateParamsBase, 'stream' | 'stream_options'>

/** The connection to an endpoint. */
export interface Wire {
  /**
   * Sends one request once.
   *
   * @param heard  Called with each event of a streamed answer.
   * @throws {APIError} when the endpoint answers an error; the network's error; a SyntaxError when the answer is not JSON.
   */
  complete(body: ChatBody, signal: AbortSignal, heard: () => void): Promise<Completion>
}

/** Disables the package's timer, because ours follows the injected clock. */
const noTimeoutMs = 2 ** 31 - 1

/** What the package tells an endpoint about this machine: nobody asked for it, and each header takes time in every request. */
const untold = Object.fromEntries(
  ['Lang', 'Package-Version', 'OS', 'Arch', 'Runtime', 'Runtime-Version', 'Retry-Count', 'Timeout'].map(name => [
    `X-Stainless-${name}`,
    null,
  ]),
)

/** @param network  Default: no proxy, and the certificates that Node trusts. */
export function openWire({ baseUrl, apiKey, headers, stream, limits }: Model, network: Partial<Network> = {}): Wire {
  const base = new URL(baseUrl)
  let route: Promise<Routed> | undefined
  let routed: Routed | undefined
  const open = async (): Promise<Routed> => {
    const { dispatcher, explain } = await openRouteToOrigin(base, wayTo(base, network), limits.concurrency ?? usualCap)
    return (routed = { fetch: fetchOver(dispatcher), explain })
  }
  const client = new SteadyClient({
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
    defaultHeaders: { ...untold, ...(!apiKey && { Authorization: null }), ...headers },
  })

  return {
    async complete(body, signal, heard) {
      const asked = stream ? { ...body, stream, stream_options: { include_usage: true } } : { ...body, stream }
      const { fetch, explain } = routed ?? (await (route ??= open()))
      try {
        const response = await client.send(fetch, asked, signal)
        // Some endpoints do not stream, whatever they are asked for.
        const isWhole = !stream || /^application\/json\b/i.test(response.headers.get('content-type') ?? '')
        if (isWhole) return readCompletion(await response.json())
        return await readStream(response.body as unknown as AsyncIterable<Uint8Array>, heard)
      } catch (cause) {
        throw cause instanceof APIError ? cause : explain(cause)
      }
    },
  }
}

type Fetch = ReturnType<typeof fetchOver>

interface Routed {
  readonly fetch: Fetch
  readonly explain: OpenRoute['explain']
}

/**
 * The package builds the address and headers anew for each request, which takes as long as everything else. Here they
 * never change, so it builds them once.
 */
class SteadyClient extends OpenAI {
  #first: Awaited<ReturnType<OpenAI['buildRequest']>> | undefined

  /**
   * One request, without the package's timers, retries, streams and log: they are not used here, and cost as much as the request.
   *
   * @throws {APIError} when the answer's status is an error.
   */
  async send(fetch: Fetch, body: object, signal: AbortSignal): Promise<Response> {
    const { url, req } = (this.#first ??= await this.buildRequest({ method: 'post', path: '/chat/completions', body: {} }))
    const response = await fetch(url, { ...req, signal, body: JSON.stringify(body) })
    if (response.ok) return response
    throw statusError(response.status, await response.text(), response.headers)
  }
}
