import { isRecord } from '../../domain/json-value.js'
import { Fields, saysSomething } from '../../domain/wire/fields.js'
import { argumentKeys, namesOfCall, placesOfCall } from '../../domain/wire/read-tool.js'
import { roleOf } from '../../domain/wire/roles.js'

/**
 * Where a message reports a tool call that nobody reads: `data.tool_calls`. Without it, a check that a tool is not called would pass.
 *
 * @param read  The message's keys that are read, or that have words and facts of their own.
 */
export function strayCallIn(message: Readonly<Record<string, unknown>>, read: ReadonlySet<string>): string | undefined {
  return placeOfCall(message, read, 0)
}

/** Deeper, nobody reports calls. */
const deepest = 6

function placeOfCall(value: unknown, read: ReadonlySet<string>, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null || depth > deepest) return undefined
  for (const [key, inner] of Object.entries(value)) {
    if (read.has(key)) continue
    const isNamedSo = !Array.isArray(value) && forCalls.test(key) && typeof inner !== 'number' && inner !== true && saysSomething(inner)
    const shown = /^[\w-]{1,40}$/.test(key) ? key : 'a key of its own'
    if (isNamedSo || isCall(inner)) return shown
    const place = placeOfCall(inner, valuesOfCalls, depth + 1)
    if (place !== undefined) return Array.isArray(inner) ? shown : `${shown}.${place}`
  }
  return undefined
}

/** Keys under which agents report calls, or the name of the tool they call. */
const forCalls = /^(?:(?:tool|function)s?_?(?:name|calls?|called|uses?|used|invocations?)?|calls)$/i

/** What tools are given and answer: a call within is none of the agent. */
const valuesOfCalls: ReadonlySet<string> = new Set([...argumentKeys, 'result', 'output', 'metadata'])

/** Whether a value names a tool, and says that it is called: it has arguments, or the form or type of a call. */
function isCall(value: unknown): boolean {
  if (!isRecord(value)) return false
  const places = placesOfCall(new Fields(value))
  if (namesOfCall(places).length === 0) return false
  const { type } = value
  return (
    places.length > 1 ||
    (typeof type === 'string' && roleOf(type) === 'call') ||
    [...argumentKeys, ...toolNames].some(key => places[0]?.see(key) !== undefined)
  )
}

const toolNames = ['toolName', 'tool_name'] as const
