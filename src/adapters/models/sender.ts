import { APIError } from 'openai/core/error'
import { costOf, type Model, type ModelUsage } from '../../domain/model.js'
import { FaultError } from '../../domain/fault.js'
import { waitFor, type Clock, type Random } from '../../ports/clock.js'
import type { ModelRequest, ModelUse } from '../../ports/language-model.js'
import type { Network } from '../../ports/network.js'
import { boundedBy } from '../network/bounded.js'
import { createLimiter, type Pass } from '../network/limiter.js'
import type { Completion, Usage } from './completion.js'
import type { Endpoint, Place } from './endpoint.js'
import type { Failure, Faults } from './faults.js'
import { conceding } from './question.js'
import { openWire, type ChatBody } from './wire.js'

/** Sends requests to an endpoint, within its limits. */
export interface Sender {
  /** Sends a request until it is answered. @throws {FaultError} when it is not. When the signal aborts, its reason. */
  send(body: ChatBody, request: ModelRequest, use: ModelUse): Promise<Completion>
}

export interface SenderUse {
  readonly clock: Clock
  readonly random: Random
  readonly faults: Faults
  readonly endpoint: Endpoint
  readonly network: Partial<Network> | undefined
}

const firstDelayMs = 500
const longestDelayMs = 30_000
/** The estimated tokens of an answer. */
const usualAnswer = 300

export function createSender(model: Model, { clock, random, faults, endpoint, network }: SenderUse): Sender {
  const wire = openWire(model, network)
  const { concurrency: _, ...perMinute } = model.limits
  const limiter = createLimiter(perMinute, clock)
  /** Complaints of the endpoint about parameters, which later requests leave out or rename. */
  const concessions: string[] = []

  const send = async (body: ChatBody, request: ModelRequest, use: ModelUse): Promise<Completion> => {
    for (let retries = 0; ;) {
      const sent = await sendOnce(
        concessions.reduce((asked, words) => conceding(asked, words, model) ?? asked, body),
        request,
        use,
      )
      if ('completion' in sent) return sent.completion
      if (sent.isConceded) continue
      const { fault, isPassing, retryAfterMs = 0 } = sent.failure
      if (!isPassing || retries >= model.retries) throw new FaultError(fault)
      const { timedOut } = sent
      // A server that did not answer in time may still be busy with the question.
      const delayMs = timedOut
        ? Math.min(longestDelayMs, Math.max(firstDelayMs, model.timeoutMs / 2) * 2 ** retries)
        : Math.min(longestDelayMs, firstDelayMs * 2 ** retries) * (0.5 + random() / 2)
      retries += 1
      if (retryAfterMs > 0) limiter.pause(retryAfterMs)
      await waitFor(Math.max(delayMs, retryAfterMs), clock, use.signal)
    }
  }

  const sendOnce = async (body: ChatBody, request: ModelRequest, use: ModelUse): Promise<SendResult> => {
    const asked = tokensAsked(body)
    const pass = await limiter.enter(asked + (model.maxTokens ?? usualAnswer), use.signal)
    const place = await placeAt(endpoint, use.signal, pass)
    const bounded = boundedBy(use.signal, model.timeoutMs, clock)
    let usage: Usage | undefined
    let end: Parameters<Place['leave']>[0] = 'failed'
    try {
      const completion = await wire.complete(body, bounded.signal, bounded.renew)
      end = 'answered'
      usage = completion.usage ?? { inputTokens: asked, outputTokens: tokensIn(completion.content ?? ''), cachedTokens: 0 }
      return { completion }
    } catch (error) {
      // An abandoned request still costs its input tokens.
      if (bounded.signal.aborted) usage = { inputTokens: asked, outputTokens: 0, cachedTokens: 0 }
      use.signal.throwIfAborted()
      const isOverloaded = bounded.signal.aborted || (error instanceof APIError && (error.status === 429 || error.status === 503))
      if (isOverloaded) end = 'overloaded'
      if (bounded.signal.aborted)
        return {
          failure: faults.ofTimeout(request.purpose, { ...bounded.passed(), wasAlone: place.wasAlone() }),
          isConceded: false,
          timedOut: true,
        }
      return { failure: faults.ofError(error, request, clock.date()), isConceded: concede(error, body) }
    } finally {
      bounded.release()
      place.leave(end, request.answer.name)
      pass.leave(usage && usage.inputTokens + usage.outputTokens)
      if (usage) use.spent(usageOf(usage, model))
    }
  }

  const concede = (error: unknown, body: ChatBody): boolean => {
    if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return false
    const words = `${error.param ?? ''} ${error.message}`
    if (!conceding(body, words, model)) return false
    concessions.push(words)
    return true
  }

  return { send }
}

type SendResult =
  | { readonly completion: Completion }
  /** `isConceded`: the request is sent again at once, without the parameter the endpoint refuses. */
  | { readonly failure: Failure; readonly isConceded: boolean; readonly timedOut?: true }

function usageOf({ inputTokens, outputTokens, cachedTokens }: Usage, { role, model, prices }: Model): ModelUsage {
  const usage = { role, model, requests: 1, inputTokens, outputTokens }
  return prices
    ? { ...usage, cost: costOf({ inputTokens, outputTokens, cachedTokens: Math.min(cachedTokens, inputTokens) }, prices) }
    : usage
}

/** An estimate, before the endpoint has counted. The schema is not included, because endpoints count it differently. */
function tokensAsked({ messages }: ChatBody): number {
  return messages.reduce((sum, { content }) => sum + perMessage + (typeof content === 'string' ? tokensIn(content) : 0), 0)
}

/** The overhead of each message. */
const perMessage = 4

/** An estimate: about four bytes per token. */
export function tokensIn(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4)
}

/** Waits for a place at the endpoint, with a pass in hand. */
async function placeAt(endpoint: Endpoint, signal: AbortSignal, pass: Pass): Promise<Place> {
  try {
    return await endpoint.enter(signal)
  } catch (cause) {
    pass.leave()
    throw cause
  }
}
