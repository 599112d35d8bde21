import type { Mask } from '../../domain/mask.js'
import { APIError } from 'openai/core/error'
import { costOf, type Model, type ModelUsage } from '../../domain/model.js'
import { FaultError, type Fault } from '../../domain/fault.js'
import { modelFaults, type AskedAt } from '../../domain/faults/model-faults.js'
import { waitFor, type Clock, type Random } from '../../ports/clock.js'
import { AnswerCut, type LanguageModel, type ModelRequest, type ModelUse } from '../../ports/language-model.js'
import type { Network } from '../../ports/network.js'
import { createAnswerReader } from './answer.js'
import { createFaults, type Failure } from './faults.js'
import { createLimiter } from './limiter.js'
import { bodyOf, conceding, repairing, samplingOf } from './question.js'
import { openWire, type ChatBody, type Completion, type Usage } from './wire.js'

export interface OpenAiModelUse {
  readonly clock: Clock
  /** The plan's seed. */
  readonly seed: number
  /** Spreads retries over time. */
  readonly random?: Random
  /** The environment variable that contains the key, if there is one. */
  readonly keyName?: string
  /** Masks what faults quote. Default: nothing. */
  readonly mask?: Mask
  /** Default: the certificates that Node trusts. */
  readonly network?: Pick<Network, 'ca'> | undefined
}

const firstDelayMs = 500
const longestDelayMs = 30_000
/** If an endpoint asks for a longer wait, the request fails: a caller cannot keep an agent waiting that long. */
const longestRetryAfterMs = 120_000
/** The estimated tokens of an answer. */
const usualAnswer = 300

/**
 * A language model behind chat completions, through the `openai` package.
 *
 * A request goes out when the model's limits allow. It is retried up to `retries` times where that may help: after 429,
 * 5xx, a lost connection or a timeout. If an answer does not match its schema, the model is asked once more and told
 * what was wrong. Both stop when the signal aborts.
 */
export function createOpenAiModel(
  model: Model,
  { clock, seed, random = Math.random, keyName, mask, network }: OpenAiModelUse,
): LanguageModel {
  const wire = openWire(model, network?.ca)
  const limiter = createLimiter(model.limits, clock)
  const faults = createFaults(model, mask, keyName)
  const readAnswer = createAnswerReader()
  /** Complaints of the endpoint about parameters, which later requests leave out or rename. */
  const concessions: string[] = []

  /** Sends a request until it is answered. */
  const complete = async (body: ChatBody, request: ModelRequest, use: ModelUse): Promise<Completion> => {
    for (let retries = 0; ;) {
      const sent = await sendOnce(
        concessions.reduce((asked, words) => conceding(asked, words, model) ?? asked, body),
        request,
        use,
      )
      if ('completion' in sent) return sent.completion
      if (sent.isConceded) continue
      const { fault, isPassing, retryAfterMs = 0 } = sent.failure
      if (!isPassing || retries >= model.retries || retryAfterMs > longestRetryAfterMs) throw new FaultError(fault)
      const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** retries) * (0.5 + random() / 2)
      retries += 1
      if (retryAfterMs > 0) limiter.pause(retryAfterMs)
      await waitFor(Math.max(delayMs, retryAfterMs), clock, use.signal)
    }
  }

  const sendOnce = async (body: ChatBody, request: ModelRequest, use: ModelUse): Promise<SendResult> => {
    const asked = tokensAsked(body)
    const pass = await limiter.enter(asked + (model.maxTokens ?? usualAnswer), use.signal)
    const bounded = boundedBy(use.signal, model.timeoutMs, clock)
    let usage: Usage | undefined
    try {
      const completion = await wire.complete(body, bounded.signal)
      usage = completion.usage ?? { inputTokens: asked, outputTokens: tokensIn(completion.content ?? ''), cachedTokens: 0 }
      return { completion }
    } catch (error) {
      // An abandoned request still costs its input tokens.
      if (bounded.signal.aborted) usage = { inputTokens: asked, outputTokens: 0, cachedTokens: 0 }
      use.signal.throwIfAborted()
      if (bounded.signal.aborted) return { failure: faults.ofTimeout(request.purpose), isConceded: false }
      return { failure: faults.ofError(error, request, clock.date()), isConceded: concede(error, body) }
    } finally {
      bounded.release()
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

  /** The endpoint counts thoughts that it does not show. Our own limits of answers are too small for them. */
  let thinks = false

  /** Sends a request, without our own limit of the answer where the model needs the room to think. */
  const completeWith = async (body: ChatBody, request: ModelRequest, use: ModelUse): Promise<Completion> => {
    if (model.maxTokens !== undefined) return complete(body, request, use)
    const { max_tokens: _, ...unlimited } = body
    if (thinks) return complete(unlimited, request, use)
    const limited = await complete(body, request, use)
    if (limited.finishReason !== 'length' || tokensIn(limited.content ?? '') * 2 >= request.answer.mostTokens) return limited
    thinks = true
    return complete(unlimited, request, use)
  }

  /** Takes an answer, or says what is wrong with it so that the model is asked again. */
  const read = ({ content, refusal, finishReason }: Completion, { purpose, answer }: ModelRequest) => {
    const unusable = (make: (asked: AskedAt) => Fault): FaultError => new FaultError(faults.ofAnswer(purpose, make))
    if (refusal) throw unusable(asked => modelFaults.refusedToAnswer({ ...asked, words: refusal }))
    const found = readAnswer(content ?? '', answer.schema)
    if ('value' in found) return found
    if (finishReason === 'length') {
      const maxTokens = model.maxTokens ?? (thinks ? undefined : answer.mostTokens)
      throw new AnswerCut(faults.ofAnswer(purpose, asked => modelFaults.cutOff({ ...asked, maxTokens })))
    }
    if (finishReason === 'content_filter') throw unusable(modelFaults.filtered)
    return content ? found : { wrong: content === undefined ? 'there is no choice in it' : 'it is empty' }
  }

  return {
    async ask(request, use) {
      const { purpose } = request
      const body = bodyOf(request, model, samplingOf(request, model, seed))
      const first = await completeWith(body, request, use)
      const found = read(first, request)
      if ('value' in found) return found.value
      const second = await completeWith(repairing(body, first.content ?? '', found.wrong), request, use)
      const repaired = read(second, request)
      if ('value' in repaired) return repaired.value
      const { wrong } = repaired
      throw new FaultError(faults.ofAnswer(purpose, asked => modelFaults.wrongShape({ ...asked, words: second.content ?? '', wrong })))
    },
  }
}

type SendResult =
  | { readonly completion: Completion }
  /** `isConceded`: the request is sent again at once, without the parameter the endpoint refuses. */
  | { readonly failure: Failure; readonly isConceded: boolean }

function usageOf({ inputTokens, outputTokens, cachedTokens }: Usage, { role, model, prices }: Model): ModelUsage {
  const usage = { role, model, requests: 1, inputTokens, outputTokens }
  return prices ? { ...usage, cost: costOf({ inputTokens, outputTokens, cachedTokens }, prices) } : usage
}

/** An estimate, before the endpoint has counted. The schema is not included, because endpoints count it differently. */
function tokensAsked({ messages }: ChatBody): number {
  return messages.reduce((sum, { content }) => sum + perMessage + (typeof content === 'string' ? tokensIn(content) : 0), 0)
}

/** The overhead of each message. */
const perMessage = 4

/** An estimate: about four bytes per token. */
function tokensIn(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4)
}

/** A signal that aborts with another signal, or when the time is up. Release it, because the other signal lives longer. */
function boundedBy(signal: AbortSignal, ms: number, clock: Clock): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController()
  const abort = (): void => controller.abort(signal.reason)
  const cancel = clock.after(ms, () => controller.abort())
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  return {
    signal: controller.signal,
    release() {
      cancel()
      signal.removeEventListener('abort', abort)
    },
  }
}
