import { isExactNumber, stringifyExact } from '../../../domain/exact-number.js'
import { placeholder, placeholderNames } from '../../../domain/placeholder.js'
import type { Call } from '../../../ports/channel.js'
import type { HistoryMessage } from '../strict-conversation.js'

/** The values that fill a template's placeholders. */
export interface Facts {
  readonly call: Call
  readonly message: string
  /** Everything said before the message. */
  readonly history: readonly HistoryMessage[]
  /** Values captured from the agent's answers so far. */
  readonly captured: Readonly<Record<string, unknown>>
}

/** Fills a template. */
export type Fill<Result> = (facts: Facts) => Result

/** The unique names of all placeholders in a value, at any depth. */
export function placeholdersIn(value: unknown): string[] {
  const found = new Set<string>()
  visit(value)
  return [...found]

  function visit(part: unknown): void {
    if (typeof part === 'string') for (const name of placeholderNames(part)) found.add(name)
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(visit)
  }
}

/**
 * Compiles a JSON value with placeholders in its strings. A string that is exactly one placeholder becomes the value
 * itself (`null` if there is none yet); otherwise the placeholder becomes text. A key or an item that is exactly
 * `{{captured.x?}}` is left out while the value is unknown.
 *
 * @param captures  Names allowed after `captured.`
 * @returns A function that returns the JSON text.
 * @throws {Error} when a placeholder is unknown.
 */
export function compileJson(value: unknown, captures: readonly string[]): Fill<string> {
  const parts: (string | Fill<string>)[] = []
  write(value)
  return facts => {
    let json = ''
    for (const part of parts) json += typeof part === 'string' ? part : part(facts)
    return json
  }

  function write(node: unknown): void {
    if (typeof node === 'string') return writeString(node)
    if (typeof node !== 'object' || node === null || isExactNumber(node)) return constant(stringifyExact(node))
    const isList = Array.isArray(node)
    if (Object.values(node).some(item => optionalCapture(item, captures) !== undefined)) return writeSparse(node)
    constant(isList ? '[' : '{')
    Object.entries(node).forEach(([key, item], index) => {
      constant((index > 0 ? ',' : '') + (isList ? '' : `${JSON.stringify(key)}:`))
      write(item)
    })
    constant(isList ? ']' : '}')
  }

  /** An object or a list with parts that may be left out. */
  function writeSparse(node: object): void {
    const isList = Array.isArray(node)
    const members = Object.entries(node).map(([key, item]: [string, unknown]) => {
      const fill = compileJson(item, captures)
      const capture = optionalCapture(item, captures)
      const label = isList ? '' : `${JSON.stringify(key)}:`
      return (facts: Facts) => (capture !== undefined && own(facts.captured, capture) === undefined ? undefined : label + fill(facts))
    })
    parts.push(facts => {
      const texts = members.map(member => member(facts)).filter(text => text !== undefined)
      return (isList ? '[' : '{') + texts.join(',') + (isList ? ']' : '}')
    })
  }

  function writeString(text: string): void {
    const pieces = parse(text, captures)
    const [first] = pieces
    if (pieces.length === 1 && typeof first === 'function') parts.push(facts => stringifyExact(first(facts) ?? null))
    else if (pieces.some(piece => typeof piece === 'function')) parts.push(facts => JSON.stringify(join(pieces, facts)))
    else constant(JSON.stringify(text))
  }

  function constant(text: string): void {
    const last = parts.at(-1)
    if (typeof last === 'string') parts[parts.length - 1] = last + text
    else parts.push(text)
  }
}

/** A compiled text with placeholders. */
export interface TextTemplate {
  /** Returns the text; a missing value becomes an empty string. */
  readonly fill: Fill<string>
  /** Whether every value is available. */
  readonly isComplete: Fill<boolean>
}

/**
 * Compiles a text. Without placeholders, it returns the text itself.
 *
 * @param encode  Applied to each value.
 * @throws {Error} when a placeholder is unknown.
 */
export function compileText(text: string, captures: readonly string[], encode: (value: string) => string): string | TextTemplate {
  const pieces = parse(text, captures)
  const lookups = pieces.filter(piece => typeof piece === 'function')
  if (lookups.length === 0) return text
  return {
    fill: facts => join(pieces, facts, encode),
    isComplete: facts => lookups.every(value => (value(facts) ?? undefined) !== undefined),
  }
}

type Piece = string | Fill<unknown>

function parse(text: string, captures: readonly string[]): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(placeholder)) {
    if (match.index > end) pieces.push(text.slice(end, match.index))
    pieces.push(lookup(match[1] ?? '', captures))
    end = match.index + match[0].length
  }
  if (end < text.length || pieces.length === 0) pieces.push(text.slice(end))
  return pieces
}

function lookup(name: string, captures: readonly string[]): Fill<unknown> {
  switch (name) {
    case 'message':
      return facts => facts.message
    case 'history':
      return facts => facts.history
    case 'run.id':
      return facts => facts.call.runId
    case 'run.key':
      return facts => facts.call.runKey
    case 'scenario.key':
      return facts => facts.call.scenario.key
    case 'scenario.id':
      return facts => facts.call.scenario.id
    case 'mock_tools.url':
      return facts => facts.call.tools?.url
    case 'mock_tools.mcp_url':
      return facts => facts.call.tools?.mcpUrl
  }
  const [, group, key = ''] = /^(test_profile|captured)\.(.+)$/s.exec(name) ?? []
  if (group === 'test_profile') return facts => own(facts.call.agentVariables, key)
  const captured = [key, key.replace(/\?$/, '')].find(each => captures.includes(each))
  if (group === 'captured' && captured !== undefined) return facts => own(facts.captured, captured)
  throw new Error(
    `Unknown placeholder {{${name}}} in the connection. Known: message, history, run.id, run.key, scenario.key, scenario.id, ` +
      `mock_tools.url, mock_tools.mcp_url, test_profile.<agent variable>${captures.map(capture => `, captured.${capture}`).join('')}.`,
  )
}

/** The name `x` of a value that is exactly `{{captured.x?}}`. */
function optionalCapture(value: unknown, captures: readonly string[]): string | undefined {
  if (typeof value !== 'string') return undefined
  const [, name = ''] = /^\{\{\s*captured\.([^{}]*?)\?\s*\}\}$/.exec(value) ?? []
  return captures.includes(name) && !captures.includes(`${name}?`) ? name : undefined
}

function own(values: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined
}

function join(pieces: readonly Piece[], facts: Facts, encode = (value: string): string => value): string {
  return pieces.map(piece => (typeof piece === 'string' ? piece : encode(textOf(piece(facts))))).join('')
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : stringifyExact(value)
}
