import { isRecord } from '../../../domain/json-value.js'
import { jsonEqual } from '../../../domain/json-equal.js'
import { saysSomething } from '../../../domain/wire/fields.js'

/** Types of content blocks that call a tool. */
const callBlocks: ReadonlySet<unknown> = new Set(['tool_use', 'tool_call', 'function_call'])

/**
 * The tool calls of a message: its `tool_calls`, the `function_call` of older servers unless it is one of them, and those among its
 * content blocks.
 */
export function callsIn(message: Readonly<Record<string, unknown>>): unknown {
  const { tool_calls: listed, function_call: single, content } = message
  const blocks = Array.isArray(content) ? content.filter(block => isRecord(block) && callBlocks.has(block['type'])) : []
  const list: readonly unknown[] = Array.isArray(listed) ? listed : []
  const isRepeated = list.some(call => isRecord(call) && jsonEqual(call['function'], single))
  const others = [...(saysSomething(single) && !isRepeated ? [{ type: 'function', function: single }] : []), ...blocks]
  if (others.length === 0 || (!Array.isArray(listed) && saysSomething(listed))) return listed
  return [...list, ...others]
}
