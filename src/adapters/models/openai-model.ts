import { setMaxListeners } from 'node:events'
import type { Mask } from '../../domain/mask.js'
import type { Model } from '../../domain/model.js'
import type { Fault } from '../../domain/fault.js'
import { modelFaults, type AskedAt } from '../../domain/faults/model-faults.js'
import type { Clock, Random } from '../../ports/clock.js'
import { AnswerCut, AnswerUnusable, type LanguageModel, type ModelRequest, type ModelUse } from '../../ports/language-model.js'
import type { Network } from '../../ports/network.js'
import { createAnswerReader } from './answer.js'
import type { Completion } from './completion.js'
import type { Endpoint } from './endpoint.js'
import { createEndpoints } from './endpoints.js'
import { createFaults } from './faults.js'
import { createTokenCheck } from './fewest-tokens.js'
import { bodyOf, repairing, samplingOf } from './question.js'
import { createSender, tokensIn } from './sender.js'
import type { ChatBody } from './wire.js'

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
  /** Default: one of its own. */
  readonly endpoint?: Endpoint
  /** Default: no proxy, and the certificates that Node trusts. */
  readonly network?: Partial<Network> | undefined
}

/**
 * A language model behind chat completions, through the `openai` package.
 *
 * A request goes out when the model's limits allow. It is retried up to `retries` times where that may help: after 429,
 * 5xx, a lost connection or a timeout. If an answer does not match its schema, the model is asked once more and told
 * what was wrong. Both stop when the signal aborts.
 */
export function createOpenAiModel(
  model: Model,
  { clock, seed, random = Math.random, keyName, mask, endpoint, network }: OpenAiModelUse,
): LanguageModel {
  const faults = createFaults(model, mask, keyName)
  const at = endpoint ?? createEndpoints(clock).of(model, model.limits.concurrency)
  const { send } = createSender(model, { clock, random, faults, endpoint: at, network })
  const readAnswer = createAnswerReader()
  const tokens = createTokenCheck()

  /** The model thinks before it answers: our own limits of answers are too small for that. */
  let thinks = false

  /** Sends a request, without our own limit of the answer where the model needs the room to think. */
  const complete = async (body: ChatBody, request: ModelRequest, use: ModelUse): Promise<Completion> => {
    if (model.maxTokens !== undefined) return send(body, request, use)
    const { max_tokens: _, ...unlimited } = body
    if (thinks) return send(unlimited, request, use)
    const limited = await send(body, request, use)
    thinks ||= hasThought(limited, request.answer.mostTokens)
    if (!thinks) return limited
    return send(unlimited, request, use)
  }

  /** Takes an answer, or says what is wrong with it so that the model is asked again. */
  const read = ({ content, refusal, finishReason, usage }: Completion, { messages }: ChatBody, request: ModelRequest) => {
    const { purpose } = request
    const unusable = (make: (asked: AskedAt) => Fault): AnswerUnusable => new AnswerUnusable(faults.ofAnswer(purpose, make))
    const fewest = usage && tokens.cutShort(messages, usage)
    if (fewest !== undefined) throw unusable(asked => modelFaults.questionCut({ ...asked, counted: usage?.inputTokens ?? 0, fewest }))
    if (refusal) throw unusable(asked => modelFaults.refusedToAnswer({ ...asked, words: refusal }))
    const isCut = finishReason === 'length' || finishReason === 'content_filter'
    const found = readAnswer({ content: content ?? '', isCut }, request)
    if ('value' in found) return found
    if (finishReason === 'length') {
      const maxTokens = usage?.outputTokens ?? model.maxTokens
      throw new AnswerCut(faults.ofAnswer(purpose, asked => modelFaults.cutOff({ ...asked, maxTokens })))
    }
    if (finishReason === 'content_filter') throw unusable(modelFaults.filtered)
    return content ? found : { wrong: content === undefined ? 'there is no choice in it' : 'it is empty' }
  }

  return {
    room: at.room,
    async ask(request, use) {
      const { purpose } = request
      // All questions about a conversation, or about the controls of a judge, wait with one signal. Node warns of more than ten.
      setMaxListeners(0, use.signal)
      const body = bodyOf(request, model, samplingOf(request, model, seed))
      const first = await complete(body, request, use)
      const found = read(first, body, request)
      if ('value' in found) return found.value
      const again = repairing(body, first.content ?? '', found.wrong)
      const second = await complete(again, request, use)
      const repaired = read(second, again, request)
      if ('value' in repaired) return repaired.value
      const { wrong } = repaired
      throw new AnswerUnusable(faults.ofAnswer(purpose, asked => modelFaults.wrongShape({ ...asked, words: second.content ?? '', wrong })))
    },
  }
}

/** Whether a model used up its limit on thoughts that the endpoint counts and does not show. */
function hasThought({ finishReason, content, usage }: Completion, most: number): boolean {
  return finishReason === 'length' && (usage?.outputTokens ?? 0) >= 0.9 * most && tokensIn(content ?? '') * 2 < most
}
