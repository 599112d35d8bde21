import { createWorkFolder } from '../../adapters/recordings/work-folder.js'
import type { WorkOptions } from '../../ports/run-queue.js'
import { createJobConductor, type Machine } from './conduct-job.js'
import { openWorker } from './open-queue.js'
import type { Adapters } from '../registry.js'
import { recordedBy } from './sent-recordings.js'
import { secretName } from './seal-options.js'
import { sharedPhoneLines } from './shared-phone-lines.js'

export interface WorkerOptions extends WorkOptions {
  /** Where recordings are kept, if whoever orders the runs keeps them there too: an absolute folder, or `s3://`. Default: recordings are sent there. */
  readonly recordingsTo?: string | undefined
  /** Called once the worker takes jobs. */
  readonly onReady: () => void
  /** Called with a sentence for the operator. */
  readonly onNote: (text: string) => void
}

const unsigned = `${secretName} is not set, so this worker conducts every run in its queue: whoever can write to the queue can run programs on this machine. Set the same value here and where runs are ordered.`

/**
 * Conducts the jobs of a queue on this machine until it is stopped.
 *
 * @throws {QueueError | PackageMissing} when the queue or its packages are missing.
 */
export async function workJobs(
  url: string,
  machine: Machine,
  { onReady, onNote, recordingsTo, ...how }: WorkerOptions,
  use: Adapters,
): Promise<void> {
  await using worker = await openWorker(url, machine.environment)
  const onRefused = (run: string, why: string): void => onNote(`Run ${run}: ${why}`)
  using work = createWorkFolder()
  const shared = recordingsTo === undefined ? undefined : await use.recordings(recordingsTo, work)
  await using phoneLines = sharedPhoneLines(url, use.clock)
  const channel: Adapters['channel'] = (agent, other) => use.channel(agent, { ...other, phoneLines })
  await using conductor = createJobConductor({ ...use, channel }, { ...machine, recordedBy: recordedBy(work, shared) }, onRefused, onNote)
  if (!machine.environment[secretName]) onNote(unsigned)
  onReady()
  await worker.work(how, conductor.conductJob)
}
