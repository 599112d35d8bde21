import type { CutOff } from '../../../domain/cut-off.js'
import { isRecord } from '../../../domain/json-value.js'

/** Why an answer is not complete. */
export interface Unfinished {
  /** The field that says so, and what it says: `finish_reason: MAX_TOKENS`. */
  readonly said: string
  /** Absent if it is no way of breaking off that a scenario may expect. */
  readonly cutOff: CutOff | undefined
}

// In lower case, with `_` between words. Servers have many words for the same thing.

const complete = wordsIn(`
  stop stopped stop_sequence stop_token finish_reason_stop end_turn eos eos_token eos_token_found complete completed end done finished
  normal tool_call tool_calls tool_use function_call function_calls`)

const tooLong = wordsIn(`
  length max_length model_length context_length context_length_exceeded model_context_window_exceeded token_limit max_tokens
  max_output_tokens max_new_tokens max_completion_tokens finish_reason_max_tokens incomplete`)

const filtered = wordsIn(`
  content_filter content_filtered content_filter_error content_moderation moderation safety finish_reason_safety image_safety recitation
  blocklist prohibited_content spii guardrail_intervened refusal sensitive`)

/**
 * Why a chat completion is not a complete answer, if so. A reason that is missing, null or empty says nothing, as many servers
 * leave it; one that nobody knows is no evidence of an answer that is complete.
 */
export function unfinishedIn(completion: unknown, choice: unknown): Unfinished | undefined {
  const { status, incomplete_details: details } = isRecord(completion) ? completion : {}
  const { finish_reason: reason, native_finish_reason: native } = isRecord(choice) ? choice : {}
  // Providers have native words of their own, and statuses are of many kinds: only those that are known say something.
  return (
    read('finish_reason', reason, word => !complete.has(word)) ??
    read('native_finish_reason', native, word => cutOffBy(word) !== undefined) ??
    read('incomplete_details.reason', isRecord(details) ? details['reason'] : undefined, () => true) ??
    read('status', status, word => ['incomplete', 'failed', 'cancelled'].includes(word))
  )
}

function read(field: string, value: unknown, isUnfinished: (word: string) => boolean): Unfinished | undefined {
  // Some servers say what kind of reason it is: `{ type: 'length' }`.
  const text = isRecord(value) ? value['type'] : value
  if (typeof text !== 'string' || text.trim() === '') return undefined
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
  return isUnfinished(word) ? { said: `${field}: ${text.trim()}`, cutOff: cutOffBy(word) } : undefined
}

function cutOffBy(word: string): CutOff | undefined {
  if (tooLong.has(word)) return 'length'
  return filtered.has(word) ? 'content_filter' : undefined
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
