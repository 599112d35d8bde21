import type { WorkOptions } from '../../ports/run-queue.js'
import { createJobDoer, type Machine } from './do-job.js'
import { openWorker } from './open-queue.js'
import type { Adapters } from '../registry.js'

/**
 * Does the jobs of a queue on this machine, until it is stopped.
 *
 * @param onReady  Told once it takes jobs.
 * @throws {QueueError | PackageMissing} when the queue is not there, or its packages are not.
 */
export async function workJobs(url: string, machine: Machine, how: WorkOptions, use: Adapters, onReady: () => void): Promise<void> {
  await using worker = await openWorker(url, machine.environment)
  await using doer = createJobDoer(use, machine)
  onReady()
  await worker.work(how, doer.doJob)
}
