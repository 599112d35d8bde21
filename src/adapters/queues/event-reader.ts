import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { ToldEvents, WorkerEvent } from '../../ports/run-queue.js'
import { eventsKey } from './names.js'

/** Hears what workers tell, of many orders over one connection. */
export interface EventReader extends Disposable {
  follow(order: string, signal: AbortSignal): AsyncIterable<ToldEvents>
}

/** How long Redis may wait for the next event. */
const blockMs = 5000
/** Entries of an order that are read at once. */
const atOnce = 500
const bellLivesS = 60

type Entry = readonly [id: string, fields: readonly string[]]
type Streams = readonly (readonly [key: string, entries: readonly Entry[]])[]

interface Follower {
  /** Id of the last entry that was read. */
  cursor: string
  caughtUp: boolean
  hear(told: ToldEvents): void
}

/**
 * @param redis  For everything that is answered at once.
 * @param waiting  A connection of its own, that waits.
 */
export function createEventReader(redis: Redis, waiting: Redis): EventReader {
  const followers = new Map<string, Follower>()
  // A read that waits hears of a new follower because this stream is among those it reads.
  const bell = { key: `callsheet:bell:${randomUUID()}`, cursor: '0-0' }
  let reading: Promise<void> | undefined
  let isClosed = false

  const ring = (): void => {
    redis
      .pipeline()
      .xadd(bell.key, 'MAXLEN', 1, '*', 'ring', '1')
      .expire(bell.key, bellLivesS)
      .exec()
      .catch(() => undefined)
    read()
  }
  const read = (): void => {
    reading ??= readAll().finally(() => {
      reading = undefined
      if (followers.size > 0 && !isClosed) read()
    })
  }
  const onLoss = (): void => {
    for (const follower of followers.values()) follower.caughtUp = false
  }
  const onReady = (): void => {
    onLoss()
    if (followers.size > 0) ring()
  }
  waiting.on('ready', onReady)

  const readAll = async (): Promise<void> => {
    while (followers.size > 0 && !isClosed) {
      try {
        const behind = [...followers].filter(([, { caughtUp }]) => !caughtUp)
        await (behind.length > 0 ? catchUp(behind) : waitForMore())
      } catch {
        // Redis is still loading, or we are closed.
        onLoss()
        if (!isClosed) await new Promise(resolve => setTimeout(resolve, 100))
      }
    }
  }

  const catchUp = async (behind: readonly (readonly [string, Follower])[]): Promise<void> => {
    // Before we read: a connection that is lost meanwhile takes it back.
    for (const [, follower] of behind) follower.caughtUp = true
    const streams = await ask('COUNT', atOnce, 'STREAMS', ...namesAndCursors(behind))
    const entriesOf = new Map(streams ?? [])
    for (const [key, follower] of behind) {
      const entries = entriesOf.get(key) ?? []
      if (entries.length === atOnce) follower.caughtUp = false
      deliver(key, follower, entries, follower.caughtUp)
    }
  }

  const waitForMore = async (): Promise<void> => {
    const all = [...followers]
    const names = namesAndCursors([[bell.key, bell], ...all])
    for (const [key, entries] of (await ask('COUNT', atOnce, 'BLOCK', blockMs, 'STREAMS', ...names)) ?? []) {
      const follower = followers.get(key)
      if (key === bell.key) bell.cursor = entries.at(-1)?.[0] ?? bell.cursor
      else if (follower) deliver(key, follower, entries, false)
    }
  }

  const ask = async (...args: readonly (string | number)[]): Promise<Streams | null> =>
    (await waiting.call('XREAD', ...args)) as Streams | null

  const deliver = (key: string, follower: Follower, entries: readonly Entry[], caughtUp: boolean): void => {
    const ids = entries.map(([id]) => id)
    follower.cursor = ids.at(-1) ?? follower.cursor
    if (ids.length === 0 && !caughtUp) return
    follower.hear({
      events: entries.flatMap(([, fields]) => JSON.parse(fields[1] ?? '[]') as WorkerEvent[]),
      caughtUp,
      acknowledge: async () => void (ids.length > 0 && (await redis.xdel(key, ...ids))),
    })
  }

  return {
    async *follow(order, signal) {
      const key = eventsKey(order)
      const heard: ToldEvents[] = []
      let wake: (() => void) | undefined
      const follower: Follower = {
        cursor: '0-0',
        caughtUp: false,
        hear(told) {
          heard.push(told)
          wake?.()
        },
      }
      const onAbort = (): void => wake?.()
      signal.addEventListener('abort', onAbort)
      followers.set(key, follower)
      ring()
      try {
        while (!signal.aborted) {
          const told = heard.shift()
          if (told) yield told
          else await new Promise<void>(resolve => (wake = resolve))
        }
      } finally {
        signal.removeEventListener('abort', onAbort)
        if (followers.get(key) === follower) followers.delete(key)
      }
    },
    [Symbol.dispose]() {
      isClosed = true
      waiting.off('ready', onReady)
    },
  }
}

function namesAndCursors(streams: readonly (readonly [key: string, { readonly cursor: string }])[]): string[] {
  return [...streams.map(([key]) => key), ...streams.map(([, { cursor }]) => cursor)]
}
