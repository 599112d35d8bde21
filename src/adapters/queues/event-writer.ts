import type { Redis } from 'ioredis'
import type { WorkerEvent } from '../../ports/run-queue.js'
import { eventsKey, keptS } from './names.js'

/** Tells events to whoever follows their order. */
export interface EventWriter {
  /** Resolves when the event is in Redis. */
  tell(order: string, event: WorkerEvent): Promise<void>
}

/** What is told in one turn of the event loop is one entry of a stream. */
export function createEventWriter(redis: Redis): EventWriter {
  const waiting = new Map<string, { readonly events: WorkerEvent[]; readonly sent: Promise<void> }>()

  const send = async (order: string): Promise<void> => {
    await new Promise(resolve => setImmediate(resolve))
    const events = waiting.get(order)?.events ?? []
    waiting.delete(order)
    const key = eventsKey(order)
    const replies = await redis.pipeline().xadd(key, '*', 'events', JSON.stringify(events)).expire(key, keptS).exec()
    for (const [failure] of replies ?? []) if (failure) throw failure
  }

  return {
    tell(order, event) {
      let batch = waiting.get(order)
      if (!batch) {
        batch = { events: [], sent: send(order) }
        // `send` looks for the batch in a later turn.
        waiting.set(order, batch)
      }
      batch.events.push(event)
      return batch.sent
    },
  }
}
