import { exactlyParsedOf, writtenOf } from '../exact-number.js'
import { jsonEqual } from '../json-equal.js'
import { saysSomething, type Fields } from './fields.js'
import type { Happening } from './happening.js'
import { MessageProblems } from './problems.js'
import { readValue } from './read-value.js'

export type Called = Extract<Happening, { type: 'tool_called' }>
export type Returned = Extract<Happening, { type: 'tool_returned' }>

const nameKeys = ['name', 'toolName', 'tool_name'] as const
const idKeys = ['id', 'call_id', 'tool_call_id', 'tool_use_id', 'toolCallId'] as const
const argumentKeys = ['arguments', 'args', 'input', 'parameters'] as const

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
 * The arguments of a call that an agent reports while it happens, read as {@link takeArguments} does. A call that says nothing
 * of arguments has an empty object of them.
 *
 * @returns `undefined` if it cannot be told what they are: they contradict each other, or stand under a name we do not know.
 */
export function argumentsOf(call: Fields): unknown {
  const given = givenArguments(call, new MessageProblems(), exactlyParsedOf)
  const told = toldOf(given)
  if (given.some(({ value }) => differs(value, told))) return undefined
  const isNone = told === undefined || !saysSomething(told.value)
  if (!isNone) return told.value
  call.takeIf([...nameKeys, ...idKeys, ...notArguments], () => true)
  return call.unread().length === 0 ? {} : undefined
}

/** Fields of a reported call that are never its arguments. */
const notArguments = ['type', 'function', 'result', 'output', 'index', 'status', 'object', 'created_at', 'timestamp', 'is_error', 'isError']

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

function givenArguments(call: Fields, problems: MessageProblems, parse?: (value: unknown) => unknown): Given[] {
  return argumentKeys.flatMap(key => {
    const raw = call.take(key)
    if (raw === undefined || raw === null) return []
    const value = readValue(raw, call.at(key), problems, parse)
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
