import { isRecord } from '../../domain/json-value.js'

/** Where servers put what went wrong: `{ error: { message } }`, `{ error: "..." }`, `{ detail: [{ msg }] }`, `{ message }`. */
const keys = ['error', 'message', 'msg', 'detail', 'errors']
const deepest = 4

/** What went wrong, of the body of an answer; `undefined` where it is in no place that is known. */
export function wordsIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value
  if (depth > deepest || typeof value !== 'object' || value === null) return undefined
  const inner = isRecord(value) ? keys.map(key => value[key]) : (value as readonly unknown[]).slice(0, 1)
  return inner.map(each => wordsIn(each, depth + 1)).find(words => words !== undefined && words !== '')
}
