import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import type { Environment } from '../../domain/environment.js'
import { checkQueueUrl, type RunWorker } from '../../ports/run-queue.js'
import type { Executor } from '../executor.js'
import { importOptional } from '../optional-packages.js'
import { createQueuedExecutor } from './queued-executor.js'
import type { Adapters } from '../registry.js'
import { secretName } from './seal-options.js'

/**
 * Opens a queue whose workers conduct the conversations.
 *
 * @param place  Where the results are, as for {@link originOf}.
 * @throws {QueueError | PackageMissing} when the queue or its packages are missing.
 */
export async function openQueuedExecutor(
  url: string,
  place: string,
  use: Pick<Adapters, 'clock'>,
  { environment, onNote = () => undefined }: { readonly environment: Environment; onNote?(text: string): void },
): Promise<Executor & AsyncDisposable> {
  checkQueueUrl(url)
  const { openRunQueue } = await importOptional(() => import('../../adapters/queues/bullmq.js'), 'A queue')
  const { host } = new URL(url)
  const queue = await openRunQueue(url, {
    onLost: () => onNote(`The queue at ${host} does not answer. No worker gets a run until it is back.`),
    onBack: () => onNote(`The queue at ${host} is back.`),
  })
  const secret = environment[secretName]
  const executor = createQueuedExecutor(queue, use, { origin: originOf(place), ...(secret && { secret }) })
  return { ...executor, [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose]() }
}

/**
 * Opens the worker's end of a queue. CALLSHEET_QUEUE_LOCK_MS shortens, for tests, the time until a dead worker is noticed.
 *
 * @throws {QueueError | PackageMissing} when the queue or its packages are missing.
 */
export async function openWorker(url: string, environment: Environment): Promise<RunWorker> {
  checkQueueUrl(url)
  const { openRunWorker } = await importOptional(() => import('../../adapters/queues/bullmq-worker.js'), 'callsheet worker')
  const lockMs = Number(environment['CALLSHEET_QUEUE_LOCK_MS'])
  return openRunWorker(url, lockMs > 0 ? { lockMs, stalledMs: lockMs / 3 } : {})
}

/**
 * A name for a place of results that distinguishes it from others in the queue and stays the same after a restart.
 *
 * @param place  A folder on this machine, or the URL of a database.
 */
export function originOf(place: string): string {
  const { host, pathname } = /^\w+:\/\//.test(place) ? new URL(place) : { host: hostname(), pathname: resolve(place) }
  return createHash('sha256').update(`${host}\0${pathname}`).digest('hex').slice(0, 12)
}
