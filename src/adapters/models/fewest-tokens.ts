import type { Usage } from './completion.js'
import type { ChatBody } from './wire.js'

type Messages = ChatBody['messages']

/** Finds out whether an endpoint reads questions whole, by its own count of their tokens. */
export interface TokenCheck {
  /**
   * The fewest tokens that the question has, if the endpoint has read fewer.
   *
   * @param usage  What the endpoint counted: its cached tokens are part of the input.
   */
  cutShort(messages: Messages, usage: Pick<Usage, 'inputTokens' | 'cachedTokens'>): number | undefined
}

/** Shorter questions fit into every context. */
const shortest = 150
/** An endpoint that counts fewer for a long question does not count. */
const leastCount = 64
/** Some tokenizers need a little less than the usual ones. */
const share = 0.9

export function createTokenCheck(): TokenCheck {
  /** An endpoint that counts as much for a short question does not count. */
  let ofShort: number | undefined
  return {
    cutShort(messages, { inputTokens: counted, cachedTokens }) {
      // An endpoint that counts them apart may count the rest of the input in any way.
      if (cachedTokens > counted) return undefined
      const fewest = Math.floor(share * fewestTokens(messages))
      if (fewest < shortest) ofShort = counted
      else if (counted >= leastCount && counted < fewest && counted !== ofShort) return fewest
      return undefined
    },
  }
}

/**
 * The fewest tokens that a question has, about: one for each piece that tokenizers keep apart. Those of OpenAI, Llama 3 and Qwen count
 * 5 to 30 % more, and older ones more still.
 *
 * Source: the pattern of cl100k_base, https://github.com/openai/tiktoken.
 */
function fewestTokens(messages: Messages): number {
  let tokens = 0
  for (const { role, content } of messages) {
    if (typeof content === 'string') tokens += role === 'system' ? piecesOfRules(content) : piecesIn(content)
  }
  return tokens
}

function piecesIn(text: string): number {
  return text.match(pieces)?.length ?? 0
}

/** Most of a question are rules, which are the same for many. */
const ofRules = new Map<string, number>()
const mostRules = 100

function piecesOfRules(text: string): number {
  let known = ofRules.get(text)
  if (known === undefined) {
    if (ofRules.size >= mostRules) ofRules.clear()
    ofRules.set(text, (known = piecesIn(text)))
  }
  return known
}

const pieces = /[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu
