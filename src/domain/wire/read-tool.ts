import { writtenOf } from '../exact-number.js'
import { jsonEqual } from '../json-equal.js'
import { saysSomething, type Fields } from './fields.js'
import type { Happening } from './happening.js'
import { MessageProblems } from './problems.js'
import { readValue } from './read-value.js'

export type Called = Extract<Happening, { type: 'tool_called' }>
export type Returned = Extract<Happening, { type: 'tool_returned' }>

/** Under which keys a call names its tool. */
export const nameKeys = ['name', 'toolName', 'tool_name'] as const
const idKeys = ['id', 'call_id', 'tool_call_id', 'tool_use_id', 'toolCallId'] as const
/** Under which keys a call has its arguments. */
export const argumentKeys = ['arguments', 'args', 'input', 'parameters'] as const

export function namesTool(fields: Fields): boolean {
  return typeof nameKeys.map(key => fields.see(key) ?? undefined).find(name => name !== undefined) === 'string'
}

/** The id of a call, from the first fields that have one. */
export function takeId(...places: readonly (Fields | undefined)[]): { readonly id?: string } {
  let id: string | undefined
  for (const fields of places) {
    for (const key of fields ? idKeys : []) {
      const value = fields?.take(key)
      if (typeof value === 'string' || writtenOf(value) !== undefined) id ??= writtenOf(value) ?? String(value)
    }
  }
  return id === undefined ? {} : { id }
}

/** The name of a tool, from the first fields that have one. */
export function takeName(...places: readonly (Fields | undefined)[]): string | undefined {
  const source = places.find(fields => fields && namesTool(fields))
  const name = source?.takeOne(nameKeys) as string | undefined
  for (const fields of places) fields?.takeIf(nameKeys, value => value === name)
  return name
}

/** The arguments of a call, under any of their usual names; `undefined` if it has none. */
export function takeArguments(call: Fields, problems: MessageProblems): unknown {
  const given = givenArguments(call, problems)
  const told = toldOf(given)
  for (const { key, value } of given) {
    if (differs(value, told)) problems.lose('The call has other arguments as well.', call.at(key))
  }
  return told?.value
}

/**
 * The arguments of a call that an agent reports while it happens, read as {@link takeArguments} does, wherever they stand: in the call
 * or in an object around it. A call that says nothing of arguments has an empty object of them.
 *
 * @returns `undefined` if it cannot be told what they are: they contradict each other, or stand under a name we do not know.
 */
export function argumentsOf(...places: readonly Fields[]): unknown {
  const given = places.flatMap(fields => givenArguments(fields, new MessageProblems(), true))
  const told = toldOf(given)
  if (given.some(({ value }) => differs(value, told))) return undefined
  if (told !== undefined && saysSomething(told.value)) return told.value
  for (const fields of places) fields.takeIf([...nameKeys, ...idKeys, ...notArguments], () => true)
  return places.every(fields => fields.unread().length === 0) ? {} : undefined
}

/** The objects in which a reported call may stand, itself first: some wrap what is called in `function`. */
export function placesOfCall(call: Fields): Fields[] {
  return [call, ...wrappers.flatMap(key => call.inner(key) ?? [])]
}

/** The different names that a reported call gives its tool. Where there is not exactly one, it cannot be told what was called. */
export function namesOfCall(places: readonly Fields[]): string[] {
  const names = places.flatMap(fields => [...nameKeys, ...wrappers].map(key => fields.see(key)))
  return [...new Set(names.filter(name => typeof name === 'string' && name.trim() !== '') as string[])]
}

/** In which keys a reported call may stand once more. */
export const wrappers = ['function', 'functionCall', 'function_call'] as const

/** Fields of a reported call that are never its arguments. */
const notArguments = [
  ...wrappers,
  'type',
  'result',
  'output',
  'index',
  'status',
  'object',
  'created_at',
  'timestamp',
  'is_error',
  'isError',
  'cache_control',
  // What Gemini and LiteLLM add to calls, and MCP to requests.
  'extra_content',
  'thought_signature',
  'provider_specific_fields',
  '_meta',
]

interface Given {
  readonly key: string
  readonly value: unknown
}

function toldOf(given: readonly Given[]): Given | undefined {
  return given.find(({ value }) => saysSomething(value)) ?? given[0]
}

function differs(value: unknown, told: Given | undefined): boolean {
  return saysSomething(value) && !jsonEqual(value, told?.value)
}

/** @param isExact  Whether the call was parsed without losing digits. */
function givenArguments(call: Fields, problems: MessageProblems, isExact?: boolean): Given[] {
  return argumentKeys.flatMap(key => {
    const raw = call.take(key)
    if (raw === undefined || raw === null) return []
    const value = readValue(raw, call.at(key), problems, isExact)
    if (value === raw && typeof value === 'string' && /^\s*[[{]/.test(value)) {
      problems.pass('The arguments are not JSON, so they are kept as text.', call.at(key))
    }
    return { key, value }
  })
}

/** A call without arguments has an empty object of them. */
export function orNone(args: unknown): unknown {
  return args === undefined ? {} : args
}

/** A result, marked if the tool reports an error beside it. */
export function markedResult(result: unknown, ...places: readonly (Fields | undefined)[]): unknown {
  const isError = places.some(fields => fields?.see('is_error') === true || fields?.see('isError') === true)
  for (const fields of places) fields?.takeIf(['is_error', 'isError'], value => value === true)
  return isError ? { is_error: true, content: result } : result
}
