import type { Redis } from 'ioredis'
import type { WorkerEvent } from '../../ports/run-queue.js'
import { eventsKey, keptS } from './names.js'

/** Sends events to the follower of their order. */
export interface EventWriter extends Disposable {
  /** Resolves when the event is in Redis. */
  tell(order: string, event: WorkerEvent): Promise<void>
}

/** How long to wait before sending again after an error. */
const againMs = 200
/** Ends sent within this time before Redis was lost may be lost with it, unread. */
const unreadMs = 10_000

interface ToldEnd {
  readonly order: string
  readonly event: WorkerEvent
  /** By `performance.now()`. */
  readonly atMs: number
}

/** Events of one turn of the event loop share one stream entry. */
export function createEventWriter(redis: Redis): EventWriter {
  const waiting = new Map<string, { readonly events: WorkerEvent[]; readonly sent: Promise<void> }>()
  let ends: ToldEnd[] = []

  const tell = (order: string, event: WorkerEvent): Promise<void> => {
    let batch = waiting.get(order)
    if (!batch) {
      batch = { events: [], sent: send(order) }
      // `send` reads the batch in a later turn.
      waiting.set(order, batch)
    }
    batch.events.push(event)
    return batch.sent
  }
  const send = async (order: string): Promise<void> => {
    await new Promise(resolve => setImmediate(resolve))
    const events = waiting.get(order)?.events ?? []
    waiting.delete(order)
    await addEntry(redis, order, events)
  }
  const forgetOldEnds = (): void => {
    const sinceMs = performance.now() - unreadMs
    const firstKept = ends.findIndex(({ atMs }) => atMs > sinceMs)
    ends = firstKept === -1 ? [] : ends.slice(firstKept)
  }
  // Followers keep the first end of a run, so repeating an end is harmless.
  const tellEndsAgain = (): void => {
    forgetOldEnds()
    for (const { order, event } of ends) tell(order, event).catch(() => undefined)
  }
  const forgetting = setInterval(forgetOldEnds, unreadMs)
  redis.on('ready', tellEndsAgain)

  return {
    async tell(order, event) {
      await tell(order, event)
      if (event.type === 'run.ended') ends.push({ order, event, atMs: performance.now() })
    },
    [Symbol.dispose]() {
      clearInterval(forgetting)
      redis.off('ready', tellEndsAgain)
    },
  }
}

async function addEntry(redis: Redis, order: string, events: readonly WorkerEvent[]): Promise<void> {
  const key = eventsKey(order)
  const entry = JSON.stringify(events)
  for (;;) {
    try {
      await redis.xadd(key, '*', 'events', entry)
      break
    } catch (cause) {
      // Redis is full or a replica, which is temporary.
      if (redis.status === 'end') throw cause
      await new Promise(resolve => setTimeout(resolve, againMs))
    }
  }
  redis.expire(key, keptS).catch(() => undefined)
}
