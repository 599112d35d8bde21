import type { PlanOptions } from '../../../domain/plan-options.js'
import type { Environment } from '../../../domain/environment.js'
import type { Executor } from '../../executor.js'
import { openQueuedExecutor } from '../../queue/open-queue.js'
import type { Adapters } from '../../registry.js'
import { createSharedExecutor } from './shared-executor.js'

export interface ExecutorOptions {
  /** Conversations in progress at most in this process. */
  readonly concurrency: number
  /** `redis://` URL of the queue whose workers conduct the conversations. Default: this process conducts them. */
  readonly queue?: string
  /** The place of the results. */
  readonly database: string
  readonly environment: Environment
  /** Called with a sentence for the operator. */
  onNote?(text: string): void
}

/**
 * Opens what conducts the server's conversations: this process, or the workers of a queue.
 *
 * @throws {QueueError | PackageMissing} when the queue or its packages are missing.
 */
export async function openExecutor(options: ExecutorOptions, use: Adapters): Promise<Executor & AsyncDisposable> {
  const own = createSharedExecutor(use, options.concurrency, options.onNote)
  if (options.queue === undefined) return own
  const elsewhere = await openQueuedExecutor(options.queue, options.database, use, options)
  // API clients chat with this process.
  const executorOf = ({ request }: PlanOptions): Executor => (request?.reach.kind === 'chat' ? own : elsewhere)
  return {
    execute: order => executorOf(order.prepared.request.options).execute(order),
    isElsewhere: planned => executorOf(planned).isElsewhere?.(planned) ?? false,
    isQueueLost: planned => (planned ? executorOf(planned) : elsewhere).isQueueLost?.(),
    refusal: planned => executorOf(planned).refusal?.(planned),
    async [Symbol.asyncDispose]() {
      await own[Symbol.asyncDispose]()
      await elsewhere[Symbol.asyncDispose]()
    },
  }
}
