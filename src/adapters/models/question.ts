import { temperatureOf, type Model } from '../../domain/model.js'
import type { ModelMessage, ModelRequest } from '../../ports/language-model.js'
import { hasBounds, withoutBounds } from './bounds.js'
import { isAboutLength } from './endpoint-words.js'
import { shapeInWords } from './shape-in-words.js'
import type { ChatBody } from './wire.js'

/** What a request contains beside its messages, so that the same plan sends the same requests. */
export interface Sampling {
  readonly temperature?: number
  readonly seed: number
}

/** @param planSeed  The base of all seeds, if the model has none of its own. */
export function samplingOf({ temperature: asked, seed = 0, vote = 0 }: ModelRequest, model: Model, planSeed: number): Sampling {
  const temperature = asked ?? temperatureOf(model)
  return {
    ...(temperature !== undefined && { temperature }),
    // Each vote has its own seed. Endpoints accept 31 bits.
    seed: ((model.seed ?? planSeed) + seed + vote) % 2 ** 31,
  }
}

/**
 * The request for a question. It asks for the answer's shape in the way the endpoint supports, and always in words too: endpoints
 * that use a schema as a grammar do not show it to the model.
 */
export function bodyOf(request: ModelRequest, { model, maxTokens, structured }: Model, sampling: Sampling): ChatBody {
  const { name, schema, mostTokens } = request.answer
  return {
    model,
    messages: structured === 'json_schema' ? withShape(request) : inWordsOnly(request),
    ...sampling,
    max_tokens: maxTokens ?? mostTokens,
    ...(structured === 'json_schema' && { response_format: { type: structured, json_schema: { name, strict: true, schema } } }),
    ...(structured === 'json_object' && { response_format: { type: structured } }),
  }
}

/** The same question again, with the unusable answer and what is wrong with it. */
export function repairing(body: ChatBody, answer: string, wrong: string): ChatBody {
  return {
    ...body,
    messages: [
      ...body.messages,
      { role: 'assistant', content: answer.slice(0, mostQuoted) },
      {
        role: 'user',
        content: `That cannot be used: ${wrong}. Answer again, with one JSON object of the shape asked for and nothing else.`,
      },
    ],
  }
}

/**
 * The request without a parameter that the endpoint refuses, or with a replacement; `undefined` if the suite asked for
 * that parameter.
 */
export function conceding(body: ChatBody, words: string, { temperature, seed }: Model): ChatBody | undefined {
  const { response_format: format } = body
  if (format?.type === 'json_schema' && /\b(?:maxLength|maxItems|minItems)\b/.test(words)) {
    const { schema = {}, ...shape } = format.json_schema
    if (hasBounds(schema)) return { ...body, response_format: { ...format, json_schema: { ...shape, schema: withoutBounds(schema) } } }
  }
  if (body.max_tokens !== undefined && /max_completion_tokens/.test(words) && !isAboutLength(words)) {
    const { max_tokens: most, ...rest } = body
    return { ...rest, max_completion_tokens: most ?? null }
  }
  if (body.temperature !== undefined && temperature === undefined && /temperature/.test(words)) return without(body, 'temperature')
  if (body.seed !== undefined && seed === undefined && /\bseed\b/.test(words)) return without(body, 'seed')
  return undefined
}

/** In characters: how much of an unusable answer the model sees again. */
const mostQuoted = 4000

/** The shape stands in the first message, because not every endpoint accepts a later system message. */
function withShape({ messages, answer }: Pick<ModelRequest, 'messages' | 'answer'>): ModelMessage[] {
  const shape = shapeInWords(answer)
  const [first, ...others] = messages
  if (first?.role !== 'system') return [{ role: 'system', content: shape }, ...messages]
  return [{ ...first, content: `${first.content}\n\n${shape}` }, ...others]
}

/** Without a grammar, a model copies what it sees: its earlier answers have the shape too, and the shape is repeated at the end. */
function inWordsOnly({ messages, answer }: ModelRequest): ModelMessage[] {
  const shown = withShape({ messages, answer }).map(message =>
    message.role === 'assistant' && answer.wrap ? { ...message, content: JSON.stringify(answer.wrap(message.content)) } : message,
  )
  return shown.map((message, i) =>
    i < shown.length - 1 ? message : { ...message, content: `${message.content}\n\n${shapeInWords(answer)}` },
  )
}

function without(body: ChatBody, key: 'temperature' | 'seed'): ChatBody {
  const { [key]: _, ...rest } = body
  return rest
}
