import type { ConnectionOf } from '../../../domain/connection.js'
import type { Place } from '../../../domain/place.js'
import { pointerSegments } from '../../../domain/json-pointer.js'
import { captureSetting, type PointerCount } from '../../../domain/pointer-count.js'
import { countWordsLeftOut, hasWords } from '../words-left-out.js'
import type { ReplyNames } from '../reply.js'
import { compilePointer, countLeftOut, nowhere, type Pointer } from './pointer.js'

/** The pointers of a connection. */
export interface ReplyPointers {
  /** Where the words are, as the suite says it. */
  readonly reply: string
  readonly words: Pointer
  readonly toolCalls: Pointer
  readonly end: Pointer
  readonly metadata: Pointer
  /** Whether one of them leads into the answer's `error`, which is then no sign of a failure. */
  readonly readsError: boolean
  readonly names: ReplyNames
  /** Writes the values to capture into `captured`. */
  capture(json: unknown, captured: Record<string, unknown>): void
  /** Makes the counter of a conversation. */
  openCounter(): PointerCounter
}

/** Counts what the pointers find in the answers of one conversation. */
export interface PointerCounter {
  /** An answer begins. */
  openAnswer(): void
  /** Sees the answer's JSON, or a part of it. */
  see(json: unknown): void
  /** @param read  What was read of what `reply` found. */
  hasRead(words: unknown, read: readonly string[]): void
  counts(): readonly PointerCount[]
}

/**
 * Compiles the connection's pointers.
 *
 * @param placeholders  The names of those that its requests use. A captured value that none uses is not counted.
 */
export function compileReplyPointers(connection: ConnectionOf<'http'>, place: Place, placeholders: readonly string[]): ReplyPointers {
  const reply = connection.reply ?? '/reply'
  const compiled = (setting: string | undefined): Pointer => (setting === undefined ? nowhere : compilePointer(setting, place))
  const words = compilePointer(reply, place, hasWords)
  const toolCalls = compiled(connection.toolCalls)
  const end = compiled(connection.end)
  const metadata = compiled(connection.metadata)
  const captures = Object.entries(connection.capture ?? {}).map(([name, from]) => ({ name, from, value: compilePointer(from, place) }))
  const counted = [
    { setting: 'reply', at: reply, of: words },
    { setting: 'tool_calls', at: connection.toolCalls, of: toolCalls },
    { setting: 'end', at: connection.end, of: end },
    { setting: 'metadata', at: connection.metadata, of: metadata },
    ...captures.flatMap(({ name, from, value }) =>
      [`captured.${name}`, `captured.${name}?`].some(each => placeholders.includes(each))
        ? [{ setting: captureSetting(name), at: from, of: value }]
        : [],
    ),
  ].flatMap(({ setting, at, of }) => (at === undefined ? [] : [{ setting, pointer: at, of }]))

  return {
    reply,
    words,
    toolCalls,
    end,
    metadata,
    readsError: [reply, connection.toolCalls, connection.end, connection.metadata].some(each => pointerSegments(each ?? '')[0] === 'error'),
    names: { place, toolCalls: connection.toolCalls ?? '' },
    capture(json, captured) {
      for (const { name, value } of captures) {
        const seen = value.find(json)
        if (seen !== undefined) captured[name] = seen
      }
    },
    openCounter: () => new Counter(counted, reply),
  }
}

/** A pointer whose finds are counted. */
interface Counted {
  readonly setting: string
  readonly pointer: string
  readonly of: Pointer
}

class Counter implements PointerCounter {
  readonly #counted: readonly Counted[]
  readonly #reply: string
  /** By pointer. */
  readonly #found: number[]
  /** By pointer: the last answer in which it found something. */
  readonly #foundIn: number[]
  #answers = 0
  #leftOut = 0
  #unread = 0

  constructor(counted: readonly Counted[], reply: string) {
    this.#counted = counted
    this.#reply = reply
    this.#found = counted.map(() => 0)
    this.#foundIn = counted.map(() => 0)
  }

  openAnswer(): void {
    this.#answers += 1
  }

  see(json: unknown): void {
    this.#leftOut += countLeftOut(json, this.#reply)
    for (let i = 0; i < this.#counted.length; i += 1) {
      if (this.#foundIn[i] === this.#answers || !this.#counted[i]!.of.isIn(json)) continue
      this.#foundIn[i] = this.#answers
      this.#found[i]! += 1
    }
  }

  hasRead(words: unknown, read: readonly string[]): void {
    this.#unread += countWordsLeftOut(words, read)
  }

  counts(): readonly PointerCount[] {
    const [answers, leftOut, unread] = [this.#answers, this.#leftOut, this.#unread]
    return this.#counted.map(({ setting, pointer }, i) => ({
      setting,
      pointer,
      answers,
      found: this.#found[i]!,
      ...(setting === 'reply' && leftOut > 0 && { leftOut }),
      ...(setting === 'reply' && unread > 0 && { unread }),
    }))
  }
}

/** Whether what the pointer `end` found says that the agent hangs up: `true`, also as a text, or a list with one. */
export function isEnd(found: unknown): boolean {
  if (Array.isArray(found)) return found.some(isEnd)
  return found === true || (typeof found === 'string' && found.trim().toLowerCase() === 'true')
}
