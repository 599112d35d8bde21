import { FaultError } from '../../../domain/fault.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import type { Place } from '../../../domain/place.js'
import { strayCallIn } from '../stray-call.js'
import { isRecord } from '../../../domain/json-value.js'
import { jsonEqual } from '../../../domain/json-equal.js'
import { saysSomething } from '../../../domain/wire/fields.js'

/** Types of content blocks that call a tool. */
const callBlocks: ReadonlySet<unknown> = new Set(['tool_use', 'tool_call', 'function_call'])

/** Under which names servers list a message's calls, and have the only call of older ones. */
const listKeys = ['tool_calls', 'toolCalls'] as const
const singleKeys = ['function_call', 'functionCall'] as const

/** Where a message has something else than calls that nobody reads. Servers keep what others sent them in `provider_specific_fields`. */
const others: ReadonlySet<string> = new Set([...listKeys, ...singleKeys, 'content', 'provider_specific_fields'])

/**
 * The tool calls of a message: its `tool_calls`, the `function_call` of older servers unless it is one of them, and those among its
 * content blocks.
 *
 * @throws {FaultError} when it has a call elsewhere.
 */
export function callsIn(message: Readonly<Record<string, unknown>>, place: Place): unknown {
  const stray = strayCallIn(message, others)
  if (stray !== undefined) throw new FaultError(replyFaults.strayCall({ place, pointer: stray }))
  const listed = listKeys.map(key => message[key]).filter((each, i, all) => saysSomething(each) && !(i > 0 && jsonEqual(each, all[0])))
  const { content } = message
  const blocks = Array.isArray(content) ? content.filter(block => isRecord(block) && callBlocks.has(block['type'])) : []
  const list = listed.flatMap((each: unknown): unknown => (Array.isArray(each) ? each : []))
  const singles = singleKeys
    .map(key => message[key])
    .filter(single => saysSomething(single) && !list.some(call => isRecord(call) && jsonEqual(call['function'], single)))
  const unlisted = [...singles.map(single => ({ type: 'function', function: single })), ...blocks]
  const unread = listed.find(each => !Array.isArray(each))
  if (unread !== undefined || (unlisted.length === 0 && listed.length === 0)) return unread ?? message['tool_calls']
  return [...list, ...unlisted]
}
