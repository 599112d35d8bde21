import { isRecord } from '../../domain/json-value.js'
import { saysSomething } from '../../domain/wire/fields.js'
import { argumentKeys } from '../../domain/wire/read-tool.js'
import { isData, unspoken, wordsOf } from './words-of.js'

/**
 * How many texts in a reply's messages are for the caller, as far as one can tell, and are in none of the words that were read: one
 * for `[{ text, say }]`, one for each title of Rasa's buttons.
 *
 * @param read  The words that were read, and what was only thought.
 */
export function countWordsLeftOut(words: unknown, read: readonly string[]): number {
  if (!Array.isArray(words)) return 0
  const all = read.join('\n')
  return textsIn(words, 0).filter(({ key, text }) => looksSaid(key, text) && !all.includes(text.trim())).length
}

/** Whether an item of a list of messages has a text that may be words for the caller, wherever it stands. */
export function hasWords(item: unknown): boolean {
  const words = wordsOf([isRecord(item) ? Object.fromEntries(Object.entries(item).filter(([, value]) => saysSomething(value))) : item])
  if (words) return words.length > 0
  return textsIn(item, 0).some(({ key, text }) => !aboutItem.has(key) && text.trim() !== '' && !isData(text))
}

/** Under which keys a text only tells what kind of item it is in. */
const aboutItem: ReadonlySet<string> = new Set([
  'id',
  'type',
  'role',
  'object',
  'status',
  'created_at',
  'timestamp',
  'finish_reason',
  'native_finish_reason',
])

/** Deeper, nobody has words. */
const deepest = 8

function textsIn(value: unknown, depth: number, key = ''): { readonly key: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ key, text: value }]
  if (typeof value !== 'object' || value === null || depth > deepest) return []
  if ('type' in value && unspoken.has(value.type)) return []
  if (Array.isArray(value)) return value.flatMap((item: unknown) => textsIn(item, depth + 1, key))
  return Object.entries(value).flatMap(([name, inner]) => (ofOthers.has(name) ? [] : textsIn(inner, depth + 1, name)))
}

/** Under which keys there is nothing for the caller. */
const ofOthers: ReadonlySet<string> = new Set([
  ...argumentKeys,
  'function',
  'function_call',
  'tool_calls',
  'result',
  'metadata',
  'thinking',
  'reasoning',
  'reasoning_content',
  'model',
])

/** Whether a text is words: several, or any under a key for words. */
function looksSaid(key: string, text: string): boolean {
  if (isData(text) || !/\p{L}/u.test(text)) return false
  return saying.test(key) || /\p{L}{2,}[,;:]? +\p{L}{2,}|[\p{Script=Han}\p{Script=Kana}\p{Script=Thai}]{4}/u.test(text)
}

const saying = /^(?:say|said|says|speech|ssml|spoken|title|label|body|answer|reply|response|utterance|prompt|caption|words)$/i
