import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions'
import { isRecord, parseJson } from '../../domain/json-value.js'
import { EventStreamParser } from '../network/event-stream-parser.js'
import { throwIfError } from './endpoint-error.js'

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
  /** Those of the input that the endpoint had cached: more than the input if it counts them apart, against the API's definition. */
  readonly cachedTokens: number
}

/** Reads an answer. An endpoint can answer anything, so every field is checked before use. @throws {APIError} when it is an error. */
export function readCompletion(body: unknown): Completion {
  const answer = (isRecord(body) ? body : {}) as Loose<ChatCompletion>
  const choice = answer.choices?.[0]
  if (!choice) throwIfError(body)
  return {
    content: choice ? wordsOf(choice.message?.content) : undefined,
    refusal: textOf(choice?.message?.refusal) || undefined,
    finishReason: textOf(choice?.finish_reason) || undefined,
    usage: readUsage(answer.usage),
  }
}

/**
 * Reads an answer that comes as server-sent events.
 *
 * @param heard  Called with each event.
 * @throws {APIError} when an event is an error; {SyntaxError} when one is not JSON; an Error when the stream ends before the answer does.
 */
export async function readStream(bytes: AsyncIterable<Uint8Array>, heard: () => void): Promise<Completion> {
  const parser = new EventStreamParser()
  const pieces = gatherPieces()
  for await (const chunk of bytes) {
    for (const { name, data } of parser.write(chunk)) {
      heard()
      pieces.take(name, data)
    }
  }
  const rest = parser.rest()
  // Without its last line break, an event may be half of one.
  if (rest && (rest.data.startsWith(done) || parseJson(rest.data) !== undefined)) pieces.take(rest.name, rest.data)
  return pieces.whole()
}

/** The data of the event that ends a stream. */
const done = '[DONE]'

function gatherPieces() {
  let content: string | undefined
  let refusal = ''
  let finishReason: string | undefined
  let usage: Usage | undefined
  let isDone = false

  return {
    take(name: string, data: string): void {
      isDone ||= data.startsWith(done)
      if (isDone || data.trim() === '') return
      const body = name === 'error' ? asError(data) : (JSON.parse(data) as unknown)
      throwIfError(body)
      const piece = (isRecord(body) ? body : {}) as Loose<ChatCompletionChunk>
      usage = readUsage(piece.usage) ?? usage
      const choice = piece.choices?.[0]
      if (!choice) return
      content = (content ?? '') + wordsOf(choice.delta?.content)
      refusal += textOf(choice.delta?.refusal)
      finishReason = textOf(choice.finish_reason) || finishReason
    },
    whole(): Completion {
      if (!isDone && finishReason === undefined) throw new Error('its answer ended early')
      return { content, refusal: refusal || undefined, finishReason, usage }
    },
  }
}

/** The data of an event that is named an error: `{"error":{...}}`, the error alone, or a text. */
function asError(data: string): unknown {
  const body = parseJson(data) ?? data
  return isRecord(body) && body['error'] !== undefined ? body : { error: body }
}

/** Some endpoints send a list of parts instead of a text, and the model's thoughts in parts of another type. */
function wordsOf(content: unknown): string {
  if (!Array.isArray(content)) return textOf(content)
  return content.map(part => (isRecord(part) && part['type'] === 'text' ? textOf(part['text']) : '')).join('')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function readUsage(usage: Loose<ChatCompletion['usage']>): Usage | undefined {
  if (!isRecord(usage)) return undefined
  const { prompt_tokens: input, completion_tokens: output, prompt_tokens_details: details } = usage
  if (!isCount(input) || !isCount(output)) return undefined
  const cached = details?.cached_tokens
  return { inputTokens: input, outputTokens: output, cachedTokens: isCount(cached) ? cached : 0 }
}

/** Tokens count towards `max_cost`, so they must be whole numbers. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** Data from the network: any part can be missing or `null`. */
type Loose<Part> = Part extends object ? { readonly [Key in keyof Part]?: Loose<Part[Key]> | null } : Part | null | undefined
