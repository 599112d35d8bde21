import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { EventBatch, WorkerEvent } from '../../ports/run-queue.js'
import { EventFollower } from './event-follower.js'
import { eventsKey } from './names.js'

/** Receives workers' events for many orders over one connection. */
export interface EventReader extends Disposable {
  follow(order: string, signal: AbortSignal): AsyncIterable<EventBatch>
}

/** How long one blocking read waits for the next event. */
const blockMs = 5000
/** The maximum entries per order and read. */
const atOnce = 500
const bellLivesS = 60

type Entry = readonly [id: string, fields: readonly string[]]
type Streams = readonly (readonly [key: string, entries: readonly Entry[]])[]

/**
 * @param redis  For commands that are answered at once.
 * @param waiting  A separate connection for blocking reads.
 */
export function createEventReader(redis: Redis, waiting: Redis): EventReader {
  return new StreamReader(redis, waiting)
}

class StreamReader implements EventReader {
  readonly #redis: Redis
  readonly #waiting: Redis
  readonly #followers = new Map<string, EventFollower>()
  /** Blocking reads include this stream. An entry in it wakes them to add a new follower. */
  readonly #bell = { key: `callsheet:bell:${randomUUID()}`, cursor: '0-0' }
  readonly #onReady = (): void => {
    this.#onLoss()
    if (this.#followers.size > 0) this.#ring()
  }
  #isReading = false
  #isClosed = false

  constructor(redis: Redis, waiting: Redis) {
    this.#redis = redis
    this.#waiting = waiting
    waiting.on('ready', this.#onReady)
  }

  async *follow(order: string, signal: AbortSignal): AsyncGenerator<EventBatch> {
    const key = eventsKey(order)
    const follower = new EventFollower()
    this.#followers.set(key, follower)
    this.#ring()
    try {
      yield* follower.told(signal)
    } finally {
      if (this.#followers.get(key) === follower) this.#followers.delete(key)
    }
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    this.#waiting.off('ready', this.#onReady)
  }

  #ring(): void {
    this.#redis
      .pipeline()
      .xadd(this.#bell.key, 'MAXLEN', 1, '*', 'ring', '1')
      .expire(this.#bell.key, bellLivesS)
      .exec()
      .catch(() => undefined)
    this.#read()
  }

  #read(): void {
    if (this.#isReading) return
    this.#isReading = true
    void this.#readAll().finally(() => {
      this.#isReading = false
      if (this.#isWanted()) this.#read()
    })
  }

  #isWanted(): boolean {
    return this.#followers.size > 0 && !this.#isClosed
  }

  #onLoss(): void {
    for (const follower of this.#followers.values()) follower.caughtUp = false
  }

  async #readAll(): Promise<void> {
    while (this.#isWanted()) {
      try {
        const behind = [...this.#followers].filter(([, { caughtUp }]) => !caughtUp)
        await (behind.length > 0 ? this.#catchUp(behind) : this.#waitForMore())
      } catch {
        // Redis is still loading, or we are closed.
        this.#onLoss()
        if (!this.#isClosed) await new Promise(resolve => setTimeout(resolve, 100))
      }
    }
  }

  async #catchUp(behind: readonly (readonly [string, EventFollower])[]): Promise<void> {
    // Set before the read, so that a connection lost meanwhile can reset it.
    for (const [, follower] of behind) follower.caughtUp = true
    const streams = await this.#ask('COUNT', atOnce, 'STREAMS', ...namesAndCursors(behind))
    const entriesOf = new Map(streams ?? [])
    for (const [key, follower] of behind) {
      const entries = entriesOf.get(key) ?? []
      if (entries.length === atOnce) follower.caughtUp = false
      this.#deliver(key, follower, entries, follower.caughtUp)
    }
  }

  async #waitForMore(): Promise<void> {
    const names = namesAndCursors([[this.#bell.key, this.#bell], ...this.#followers])
    for (const [key, entries] of (await this.#ask('COUNT', atOnce, 'BLOCK', blockMs, 'STREAMS', ...names)) ?? []) {
      const follower = this.#followers.get(key)
      if (key === this.#bell.key) this.#bell.cursor = entries.at(-1)?.[0] ?? this.#bell.cursor
      else if (follower) this.#deliver(key, follower, entries, false)
    }
  }

  async #ask(...args: readonly (string | number)[]): Promise<Streams | null> {
    return (await this.#waiting.call('XREAD', ...args)) as Streams | null
  }

  #deliver(key: string, follower: EventFollower, entries: readonly Entry[], caughtUp: boolean): void {
    const ids = entries.map(([id]) => id)
    follower.cursor = ids.at(-1) ?? follower.cursor
    if (ids.length === 0 && !caughtUp) return
    follower.hear({
      events: entries.flatMap(([, fields]) => JSON.parse(fields[1] ?? '[]') as WorkerEvent[]),
      caughtUp,
      acknowledge: async () => void (ids.length > 0 && (await this.#redis.xdel(key, ...ids))),
    })
  }
}

function namesAndCursors(streams: readonly (readonly [key: string, { readonly cursor: string }])[]): string[] {
  return [...streams.map(([key]) => key), ...streams.map(([, { cursor }]) => cursor)]
}
