import type { WorkOptions } from '../../ports/run-queue.js'
import { createJobConductor, type Machine } from './conduct-job.js'
import { openWorker } from './open-queue.js'
import type { Adapters } from '../registry.js'

export interface WorkerOptions extends WorkOptions {
  /** Called once the worker takes jobs. */
  readonly onReady: () => void
}

/**
 * Conducts the jobs of a queue on this machine until it is stopped.
 *
 * @throws {QueueError | PackageMissing} when the queue or its packages are missing.
 */
export async function workJobs(url: string, machine: Machine, { onReady, ...how }: WorkerOptions, use: Adapters): Promise<void> {
  await using worker = await openWorker(url, machine.environment)
  await using conductor = createJobConductor(use, machine)
  onReady()
  await worker.work(how, conductor.conductJob)
}
