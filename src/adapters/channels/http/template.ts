import { placeholder, placeholderNames } from '../../../domain/placeholder.js'
import type { Call } from '../../../ports/channel.js'
import type { HistoryMessage } from '../strict-conversation.js'

/** What the placeholders of a template are filled from. */
export interface Facts {
  readonly call: Call
  readonly message: string
  /** All that was said before the message. */
  readonly history: readonly HistoryMessage[]
  /** Kept from the agent's answers so far. */
  readonly captured: Readonly<Record<string, unknown>>
}

/** Fills a template. */
export type Fill<Result> = (facts: Facts) => Result

/** The names of all placeholders in a value, at any depth; each once. */
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
 * Compiles a JSON value in whose strings there are placeholders. A string that is one placeholder alone becomes the value
 * itself (`null` where there is none yet); elsewhere a placeholder becomes text.
 *
 * @param captures  Names that may follow `captured.`
 * @returns Gives the JSON, as text.
 * @throws {Error} when a placeholder is not known.
 */
export function compileJson(value: unknown, captures: readonly string[]): Fill<string> {
  const parts: (string | Fill<string>)[] = []
  write(value)
  return facts => parts.map(part => (typeof part === 'string' ? part : part(facts))).join('')

  function write(node: unknown): void {
    if (typeof node === 'string') return writeString(node)
    if (typeof node !== 'object' || node === null) return constant(JSON.stringify(node))
    const isList = Array.isArray(node)
    constant(isList ? '[' : '{')
    Object.entries(node).forEach(([key, item], index) => {
      constant((index > 0 ? ',' : '') + (isList ? '' : `${JSON.stringify(key)}:`))
      write(item)
    })
    constant(isList ? ']' : '}')
  }

  function writeString(text: string): void {
    const pieces = parse(text, captures)
    const [first] = pieces
    if (pieces.length === 1 && typeof first === 'function') parts.push(facts => JSON.stringify(first(facts) ?? null))
    else if (pieces.some(piece => typeof piece === 'function')) parts.push(facts => JSON.stringify(join(pieces, facts)))
    else constant(JSON.stringify(text))
  }

  function constant(text: string): void {
    const last = parts.at(-1)
    if (typeof last === 'string') parts[parts.length - 1] = last + text
    else parts.push(text)
  }
}

/** A text with placeholders, compiled. */
export interface TextTemplate {
  /** Gives the text, with nothing where a value is not there (yet). */
  readonly fill: Fill<string>
  /** Whether every value is there. */
  readonly isComplete: Fill<boolean>
}

/**
 * Compiles a text; one without placeholders stays the text it is.
 *
 * @param encode  What each value goes through.
 * @throws {Error} when a placeholder is not known.
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
  if (group === 'captured' && captures.includes(key)) return facts => own(facts.captured, key)
  throw new Error(
    `Unknown placeholder {{${name}}} in the connection. Known: message, history, run.id, run.key, scenario.key, scenario.id, ` +
      `mock_tools.url, mock_tools.mcp_url, test_profile.<agent variable>${captures.map(capture => `, captured.${capture}`).join('')}.`,
  )
}

function own(values: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined
}

function join(pieces: readonly Piece[], facts: Facts, encode = (value: string): string => value): string {
  return pieces.map(piece => (typeof piece === 'string' ? piece : encode(textOf(piece(facts))))).join('')
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
