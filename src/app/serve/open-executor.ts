import { StoreError } from '../../ports/store.js'
import type { Executor } from '../executor.js'
import { openQueuedExecutor } from '../open-queue.js'
import type { Adapters } from '../registry.js'
import type { ServiceOptions } from './open-service.js'
import { createSharedExecutor } from './shared-executor.js'

/** Who holds the server's conversations: this process, or the workers of a queue. @throws {StoreError} when that is not there. */
export async function openExecutor(options: ServiceOptions, use: Adapters): Promise<Executor & AsyncDisposable> {
  if (options.queue === undefined) return createSharedExecutor(use, options.concurrency)
  const opened = await openQueuedExecutor(options.queue, options.database, use, options.environment)
  if ('problem' in opened) throw new StoreError(opened.problem)
  return opened
}
