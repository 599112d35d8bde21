import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import type { Environment } from '../../domain/environment.js'
import type { RunWorker } from '../../ports/run-queue.js'
import type { Executor } from '../executor.js'
import { importOptional } from '../optional-packages.js'
import { createQueuedExecutor } from './queued-executor.js'
import type { Adapters } from '../registry.js'
import { secretName } from './seal-options.js'

/**
 * Opens a queue, to have conversations held by its workers.
 *
 * @param place  Where the results are, as for {@link originOf}.
 * @throws {QueueError | PackageMissing} when it is not there, or its packages are not.
 */
export async function openQueuedExecutor(
  url: string,
  place: string,
  use: Pick<Adapters, 'clock'>,
  environment: Environment,
): Promise<Executor & AsyncDisposable> {
  const { openRunQueue } = await importOptional(() => import('../../adapters/queues/bullmq.js'), 'A queue')
  const queue = await openRunQueue(url)
  const secret = environment[secretName]
  const executor = createQueuedExecutor(queue, use, { origin: originOf(place), ...(secret && { secret }) })
  return { ...executor, [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose]() }
}

/**
 * Opens the other end of a queue. With CALLSHEET_QUEUE_LOCK_MS, for tests, a worker that died is noticed sooner.
 *
 * @throws {QueueError | PackageMissing} when the queue is not there, or its packages are not.
 */
export async function openWorker(url: string, environment: Environment): Promise<RunWorker> {
  const { openRunWorker } = await importOptional(() => import('../../adapters/queues/bullmq-worker.js'), 'callsheet worker')
  const lockMs = Number(environment['CALLSHEET_QUEUE_LOCK_MS'])
  return openRunWorker(url, lockMs > 0 ? { lockMs, stalledMs: lockMs / 3 } : {})
}

/**
 * Names whoever has results in a place, so that those of other places are not taken for them; the same after a restart.
 *
 * @param place  A folder, which is this machine's, or the URL of a database.
 */
export function originOf(place: string): string {
  const { host, pathname } = /^\w+:\/\//.test(place) ? new URL(place) : { host: hostname(), pathname: resolve(place) }
  return createHash('sha256').update(`${host}\0${pathname}`).digest('hex').slice(0, 12)
}
