import type { ChatBody } from './wire.js'

/**
 * The fewest tokens that a question has, about: one for each piece that tokenizers keep apart. Those of OpenAI, Llama 3 and Qwen count
 * 5 to 30 % more, and older ones more still.
 *
 * Source: the pattern of cl100k_base, https://github.com/openai/tiktoken.
 */
export function fewestTokens(messages: ChatBody['messages']): number {
  return messages.reduce((sum, { content }) => sum + (typeof content === 'string' ? (content.match(pieces)?.length ?? 0) : 0), 0)
}

const pieces = /[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu

/** Shorter questions fit into every context. */
const shortest = 150
/** An endpoint that counts fewer for a long question does not count. */
const leastCount = 64
const share = 0.9

/**
 * Whether an endpoint has read only a part of a question, by its own count.
 *
 * @param counted  Tokens that the endpoint has read, those from its cache included.
 */
export function wasCutShort(messages: ChatBody['messages'], counted: number): boolean {
  const fewest = share * fewestTokens(messages)
  return fewest >= shortest && counted >= leastCount && counted < fewest
}
