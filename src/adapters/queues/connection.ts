import { Redis } from 'ioredis'
import { checkQueueUrl, QueueError } from '../../ports/run-queue.js'

/** How quickly a queue notices things. */
export interface QueueTiming {
  /** A worker silent for this long loses its jobs. */
  readonly lockMs: number
  /** How often to look for such workers. */
  readonly stalledMs: number
  /** How often a worker looks for jobs of an idle agent. A message announces new ones earlier. */
  readonly restMs: number
  /** How long a returned job waits. */
  readonly backMs: number
  /** An agent's queue idle for this long is closed, until it has jobs again. */
  readonly idleMs: number
}

/** A dead worker is noticed within lock plus check: 20 s. */
export const usualTiming: QueueTiming = { lockMs: 15_000, stalledMs: 5000, restMs: 500, backMs: 1000, idleMs: 600_000 }

/** The longest time between attempts to reconnect. */
export const longestWaitMs = 2000
const patienceMs = 5000

/**
 * Connects to Redis or Valkey. After the first success, a lost connection reconnects by itself, and commands wait
 * meanwhile.
 *
 * @param url  `redis://` or `rediss://`.
 * @throws {QueueError} when Redis cannot be reached.
 */
export async function connectRedis(url: string): Promise<Redis> {
  checkQueueUrl(url)
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    connectTimeout: patienceMs,
    retryStrategy: times => Math.min(100 * times, longestWaitMs),
  })
  let why = 'it does not answer'
  redis.on('error', (cause: Error) => (why = cause.message || why))
  const connecting = redis.connect()
  connecting.catch(() => undefined)
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error(why)), patienceMs).unref())
  try {
    await Promise.race([connecting.then(() => redis.ping()), late])
    return redis
  } catch (cause) {
    redis.disconnect()
    const { host } = new URL(url)
    const reason = cause instanceof Error && cause.message !== 'Connection is closed.' ? cause.message : why
    throw new QueueError(`The queue at ${host} cannot be reached: ${reason}. Is Redis running there?`)
  }
}
