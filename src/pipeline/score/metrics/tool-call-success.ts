import type { Moment } from '../../../domain/transcript.js'
import type { ToolCall } from '../sorted-transcript.js'
import type { Measure } from './measure.js'

/**
 * The share of the agent's tool calls that returned a result without an error.
 *
 * A result belongs to the call with its id. Without ids on both sides, it belongs to the first call of its name (or of any
 * name, if it has none) without a result so far. A result is an error if it is a text that starts with the word "error", or
 * an object with a non-empty `error`, `isError` or `is_error` true, `success` or `ok` false, or `status` "error".
 *
 * Not scored for an agent that shows no results at all, as over some connections.
 *
 * Unit: 0..1.
 * Source: the `error` member of JSON-RPC 2.0 and the `isError` of tool results in the Model Context Protocol, plus the
 * habits of tools that have neither.
 */
export const toolCallSuccess: Measure = ({ calls, transcript }) => {
  if (calls.length === 0) return { because: 'no tool was called' }
  if (!transcript.moments.some(({ type }) => type === 'tool_returned')) return { because: 'the agent shows no tool results' }
  const open: ToolCall[] = []
  let succeeded = 0
  for (const moment of transcript.moments) {
    if (moment.type === 'tool_called') open.push(moment)
    if (moment.type !== 'tool_returned') continue
    const index = open.findIndex(call => isResultOf(moment, call))
    if (index === -1) continue
    open.splice(index, 1)
    if (!isError(moment.result)) succeeded += 1
  }
  return { value: succeeded / calls.length }
}

type ToolResult = Extract<Moment, { type: 'tool_returned' }>

function isResultOf(returned: ToolResult, call: ToolCall): boolean {
  if (returned.id !== undefined && call.id !== undefined) return returned.id === call.id
  return returned.name === undefined || returned.name === call.name
}

function isError(result: unknown): boolean {
  if (typeof result === 'string') return /^\s*error\b/i.test(result)
  if (typeof result !== 'object' || result === null) return false
  const { error, isError: mcp, is_error: snake, success, ok, status } = result as Record<string, unknown>
  const hasError = error !== undefined && error !== null && error !== false && error !== ''
  return hasError || mcp === true || snake === true || success === false || ok === false || status === 'error'
}
