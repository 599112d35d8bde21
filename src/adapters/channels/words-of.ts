import { isRecord } from '../../domain/json-value.js'
import { thoughtTypes } from './thinking.js'

/**
 * The messages in a reply's words, without blank ones, whose white space belongs to the words that follow: a text, or a list of texts, of messages such as `{ text }` or
 * `{ content }`, and of content blocks, of which neighbouring texts are one message. Pictures and tools among them say nothing but
 * what they have as text.
 *
 * @returns `undefined` if the value, or an item of it, is none of these.
 */
export function wordsOf(words: unknown): string[] | undefined {
  const pieces = piecesOf(words)
  if (!pieces) return undefined
  const messages: string[] = []
  let blank = ''
  for (const text of pieces) {
    const piece = blank + text
    const isBlank = text.trim() === ''
    blank = isBlank ? piece.slice(0, longestBlank) : ''
    if (!isBlank) messages.push(piece)
  }
  return messages
}

/** The texts in a reply's words, blank ones too. @returns `undefined` as {@link wordsOf}. */
export function piecesOf(words: unknown): string[] | undefined {
  return isRecord(words) ? undefined : textsOf(words, 0)
}

/** White space longer than this is dropped before words. */
const longestBlank = 1_000

/** Messages hold content, which holds blocks. */
const deepestWords = 4

/** Where a message has its words. All of them are read. */
const holders = ['text', 'content', 'message', 'refusal', 'transcript', 'caption'] as const

function textsOf(words: unknown, depth: number): string[] | undefined {
  if (typeof words === 'string') return [words]
  if (depth > deepestWords) return undefined
  if (isRecord(words)) return textsInMessage(words, depth)
  if (!Array.isArray(words)) return undefined
  const texts: string[] = []
  let wasBlock = false
  for (const item of words as readonly unknown[]) {
    const found = textsOf(item, depth + 1)
    if (!found) return undefined
    const isBlock = isRecord(item) && item['type'] === 'text'
    if (isBlock && wasBlock) texts.push(`${texts.pop() ?? ''}${found.join('\n')}`)
    else for (const text of found) texts.push(text)
    wasBlock = isBlock
  }
  return texts
}

function textsInMessage(message: Readonly<Record<string, unknown>>, depth: number): string[] | undefined {
  const type = message['type']
  if (unspoken.has(type)) return []
  const isWordless = wordless.has(type)
  const payload = payloadKeys.flatMap(key => textsWithin(message[key], depth + 1))
  const found = holders.filter(key => message[key] !== undefined && message[key] !== null)
  if (found.length === 0) return isWordless || wordlessKeys.some(key => key in message) ? payload : undefined
  const texts: string[] = []
  for (const key of found) {
    // What is no text there is the picture, or what the tool was given.
    const inside = isWordless && (typeof message[key] !== 'string' || isData(message[key])) ? [] : textsOf(message[key], depth + 1)
    if (!inside) return undefined
    texts.push(...inside)
  }
  return withoutRepeats([...texts, ...payload])
}

/** The texts of one message: what stands twice is said once, and what is blank counts only if there is nothing else. */
function withoutRepeats(texts: readonly string[]): string[] {
  const says = texts.some(text => text.trim() !== '')
  if (!says) return texts.slice(0, 1)
  const spoken = texts.filter(text => text.trim() !== '')
  return [...new Set(spoken)]
}

/** The words anywhere in what a message carries for the caller's screen. */
function textsWithin(value: unknown, depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth > deepestWords + 2) return []
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'string' && holders.some(each => each === key) ? [inner] : textsWithin(inner, depth + 1),
  )
}

/** Whether a text is an address, or a file in base64. */
export function isData(text: string): boolean {
  return /^\s*(?:https?:|data:|[A-Za-z0-9+/_-]{60,}={0,2}\s*$)/.test(text)
}

/** Types of content blocks that nobody says, whatever they have: thoughts, and what tools answered. */
export const unspoken: ReadonlySet<unknown> = new Set([...thoughtTypes, 'tool_result', 'reference'])
/** Types of content blocks that say nothing but what they have as text. */
const wordless: ReadonlySet<unknown> = new Set([
  'tool_use',
  'server_tool_use',
  'tool_call',
  'function_call',
  'image',
  'image_url',
  'audio',
  'file',
])
/** What messages such as those of Rasa carry beside words, or without any. */
const payloadKeys = ['custom', 'attachment', 'json_message'] as const
const wordlessKeys = [...payloadKeys, 'image', 'tool_calls'] as const
