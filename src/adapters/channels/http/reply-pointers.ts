import type { ConnectionOf } from '../../../domain/connection.js'
import type { Place } from '../../../domain/place.js'
import { captureSetting, type PointerCount } from '../../../domain/pointer-count.js'
import { countWordsLeftOut } from '../words-left-out.js'
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
  readonly names: ReplyNames
  /** Writes the values to capture into `captured`. */
  capture(json: unknown, captured: Record<string, unknown>): void
  /** Makes the counter of a conversation. */
  openCounter(): PointerCounter
}

/** Counts what the pointers find in one answer. */
export interface AnswerCounter {
  /** Sees its JSON, which may come in parts. */
  see(json: unknown): void
  /** @param read  What was read of what `reply` found. */
  hasRead(words: unknown, read: readonly string[]): void
}

/** Counts what the pointers find in the answers of one conversation. */
export interface PointerCounter {
  /** An answer begins. */
  openAnswer(): AnswerCounter
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
  const words = compiled(reply)
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
    names: { place, toolCalls: connection.toolCalls ?? '' },
    capture(json, captured) {
      for (const { name, value } of captures) {
        const seen = value.find(json)
        if (seen !== undefined) captured[name] = seen
      }
    },
    openCounter() {
      const found = counted.map(() => 0)
      let answers = 0
      let leftOut = 0
      let unread = 0
      return {
        openAnswer() {
          answers += 1
          const isSeen = counted.map(() => false)
          return {
            see(json) {
              leftOut += countLeftOut(json, reply)
              for (const [i, { of }] of counted.entries()) {
                if (isSeen[i] || !of.isIn(json)) continue
                isSeen[i] = true
                found[i]! += 1
              }
            },
            hasRead(said, read) {
              unread += countWordsLeftOut(said, read)
            },
          }
        },
        counts: () =>
          counted.map(({ setting, pointer }, i) => ({
            setting,
            pointer,
            answers,
            found: found[i]!,
            ...(setting === 'reply' && leftOut > 0 && { leftOut }),
            ...(setting === 'reply' && unread > 0 && { unread }),
          })),
      }
    },
  }
}
