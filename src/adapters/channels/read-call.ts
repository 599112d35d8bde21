import { exactlyParsedOf } from '../../domain/exact-number.js'
import { isRecord } from '../../domain/json-value.js'
import { isTooDeepInTexts } from '../../domain/nesting.js'
import { Fields } from '../../domain/wire/fields.js'
import { argumentsOf, namesOfCall, placesOfCall, takeId } from '../../domain/wire/read-tool.js'
import type { AgentEvent } from '../../ports/channel.js'

/**
 * Reads a tool call that an agent reports, with its result if it has one.
 *
 * @param around  Objects around the call that may have its id or arguments.
 * @returns Why it cannot be read: it names no tool, names two, or nests too deeply.
 */
export function readCall(call: unknown, atS: number, ...around: readonly Fields[]): AgentEvent[] | 'unnamed' | 'ambiguous' | 'too deep' {
  if (!isRecord(call)) return 'unnamed'
  const places = placesOfCall(new Fields(call))
  const [name, ...others] = namesOfCall(places)
  if (name === undefined) return 'unnamed'
  if (others.length > 0) return 'ambiguous'
  if ([call, ...Object.values(call)].some(each => isRecord(each) && isTooDeepInTexts(each))) return 'too deep'
  const id = takeId(...places, ...around)
  const called: AgentEvent = { type: 'tool_called', ...id, name, arguments: argumentsOf(...places, ...around), atS }
  if (!('result' in call)) return [called]
  return [called, { type: 'tool_returned', ...id, name, result: exactlyParsedOf(call['result']), atS }]
}

/** Whether an object names a tool. */
export function isNamed(call: Readonly<Record<string, unknown>>): boolean {
  return namesOfCall(placesOfCall(new Fields(call))).length > 0
}
