import { excerpt } from '../excerpt.js'
import { isRecord } from '../json-value.js'
import { quote } from '../message-words.js'
import type { MessageProblems, PlaceInMessage } from './problems.js'

/** An object of the input that remembers which of its fields were read, so that no other is lost unnoticed. */
export class Fields {
  // A list, because objects have few fields and there are many objects.
  readonly #read: string[] = []
  readonly #value: Readonly<Record<string, unknown>>

  constructor(
    value: Readonly<Record<string, unknown>>,
    readonly path: PlaceInMessage = [],
  ) {
    this.#value = value
  }

  /** Looks at a field without reading it. */
  see(name: string): unknown {
    return Object.hasOwn(this.#value, name) ? this.#value[name] : undefined
  }

  take(name: string): unknown {
    this.#read.push(name)
    return this.see(name)
  }

  /** Reads the first of several names that has a value. */
  takeOne(names: readonly string[]): unknown {
    const name = names.find(each => this.see(each) !== undefined && this.see(each) !== null)
    return name === undefined ? undefined : this.take(name)
  }

  /** Marks fields as read if they have the right value already. */
  takeIf(names: readonly string[], isKnown: (value: unknown) => boolean): void {
    for (const name of names) if (isKnown(this.see(name))) this.#read.push(name)
  }

  /** The object in a field. It is read once somebody takes the field. */
  inner(name: string): Fields | undefined {
    const value = this.see(name)
    return isRecord(value) ? new Fields(value, this.at(name)) : undefined
  }

  /** Marks everything as read: a problem already tells of the whole object. */
  leave(): void {
    for (const name of Object.keys(this.#value)) this.#read.push(name)
  }

  at(name: string): PlaceInMessage {
    return [...this.path, name]
  }

  /** The names of the fields that say something and were not read. */
  unread(): string[] {
    return Object.keys(this.#value).filter(name => !this.#read.includes(name) && saysSomething(this.#value[name]))
  }
}

/** Fields about a message, not about what happens in it. */
const aside = new Set(['type', 'object', 'index', 'model', 'created', 'created_at', 'timestamp', 'status', 'cache_control'])
/** Fields that only have a value if something happened. */
const events = new Set(['tool_calls', 'toolCalls', 'function_call', 'tool_results', 'result', 'results', 'output'])

/**
 * Reports the fields that nobody read.
 *
 * @param isMissing  Whether what the object should say was not found, so that it may be in one of them.
 */
export function reportUnread(fields: Fields, isMissing: boolean, problems: MessageProblems): void {
  for (const name of fields.unread()) {
    if (aside.has(name)) continue
    const message = `The key ${quote(excerpt(name, 60))} is not read here.`
    const value = fields.see(name)
    if (events.has(name) || (isMissing && (typeof value === 'string' || typeof value === 'object'))) problems.lose(message, fields.at(name))
    else problems.pass(message, fields.at(name))
  }
}

export function saysSomething(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false
  if (typeof value === 'string') return value.trim() !== ''
  return typeof value !== 'object' || Object.keys(value).length > 0
}
