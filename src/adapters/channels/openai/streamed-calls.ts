import { stringifyExact } from '../../../domain/exact-number.js'
import { isRecord } from '../../../domain/json-value.js'
import { saysSomething } from '../../../domain/wire/fields.js'

/** The tool calls of a message that comes in pieces. */
export interface StreamedCalls {
  take(part: unknown): void
  /** The calls so far, as `tool_calls` has them. */
  listed(): readonly object[]
}

interface StreamedCall {
  id?: string
  name?: string
  readonly args: string[]
  /** What else stands beside and in its `function`. */
  readonly around: Record<string, unknown>
  readonly within: Record<string, unknown>
}

/** @param grow  Counts what is kept, and throws when it is too much. */
export function streamedCalls(grow: (text: string) => void): StreamedCalls {
  const calls: StreamedCall[] = []
  /** The last call with each index. */
  const latest = new Map<unknown, StreamedCall>()
  return {
    take,
    listed: () =>
      calls.map(({ id, name, args, around, within }) => ({
        ...around,
        ...(id !== undefined && { id }),
        type: 'function',
        function: { ...within, ...(name !== undefined && { name }), arguments: args.join('') },
      })),
  }

  /** A part of a call: its id and name come once, its arguments in pieces. Some servers give every call the same index. */
  function take(part: unknown): void {
    if (!isRecord(part)) return void calls.push({ args: [], around: {}, within: {} })
    const { id, index, function: inner, name: _, ...around } = part
    const { name: __, arguments: args, ...within } = isRecord(inner) ? inner : {}
    const known = latest.get(index)
    const isNew = !known || (typeof id === 'string' && id !== '' && known.id !== undefined && known.id !== id)
    const call: StreamedCall = isNew ? { args: [], around: {}, within: {} } : known
    if (isNew) {
      calls.push(call)
      latest.set(index, call)
    }
    if (typeof id === 'string' && id !== '') call.id ??= id
    for (const name of [isRecord(inner) ? inner['name'] : inner, part['name']]) {
      if (typeof name === 'string' && name !== '') call.name ??= name
    }
    const text = typeof args === 'string' ? args : args === undefined || args === null ? '' : stringifyExact(args)
    grow(text)
    call.args.push(text)
    join(call.around, around)
    join(call.within, within)
  }

  /** Keeps what a part has under other keys, texts in pieces: its arguments may be there. */
  function join(kept: Record<string, unknown>, more: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(more)) {
      if (!saysSomething(value)) continue
      grow(typeof value === 'string' ? value : stringifyExact(value))
      const before = kept[key]
      kept[key] = key !== 'type' && typeof before === 'string' && typeof value === 'string' ? before + value : value
    }
  }
}
