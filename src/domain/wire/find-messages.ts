import { isRecord } from '../json-value.js'
import { messagesInText } from './text.js'

/** Keys that may contain the messages of a conversation, in order of preference: the API's names, then others. */
const holders = ['transcript_object', 'transcript_json', 'messages', 'transcript'] as const

export interface FoundMessages {
  readonly messages: readonly unknown[]
  /** The path from the value to a message, by its index; for plain text, the path to the text. */
  pathOf(index: number): readonly (string | number)[]
}

/**
 * The messages of a conversation: the value itself, if it is a list; or what an object, such as a run, has under one of the
 * usual keys, as a list or in plain text. `undefined` if there are none.
 */
export function findMessages(value: unknown): FoundMessages | undefined {
  if (Array.isArray(value)) return { messages: value as unknown[], pathOf: index => [index] }
  if (!isRecord(value)) return undefined
  for (const name of holders) {
    const found = value[name]
    if (Array.isArray(found) && found.length > 0) return { messages: found as unknown[], pathOf: index => [name, index] }
    if (typeof found === 'string' && found.trim() !== '') {
      return { messages: messagesInText(found).map(({ message }) => message), pathOf: () => [name] }
    }
  }
  return undefined
}

/** Whether an object has a key for messages, even if there are none. */
export function isHolder(value: Readonly<Record<string, unknown>>): boolean {
  return holders.some(name => name in value)
}
