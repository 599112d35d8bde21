import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { WorkFolder } from '../../adapters/recordings/work-folder.js'
import type { Recordings, ResultRecordings } from '../../ports/recordings.js'
import type { RunJob, WorkDesk } from '../../ports/run-queue.js'

/** Where a worker leaves the recordings of a job. */
export type RecordedBy = (job: RunJob, desk: WorkDesk) => ResultRecordings

/** Before the name of a recording that waits in the queue. */
export const inQueue = 'queue:'

/** Bytes that are sent at once. */
const pieceBytes = 1 << 18

/**
 * Sends recordings to whoever ordered the runs, unless both keep them in the same place.
 *
 * @param shared  That place.
 */
export function recordedBy(work: WorkFolder, shared: Recordings | undefined): RecordedBy {
  return ({ order, result }, desk) => {
    if (shared) return shared.of(result)
    const folder = (): string => work.folder(order)
    return {
      begin: folder,
      async keep(name) {
        const file = join(folder(), name)
        await desk.sendRecording(name, createReadStream(file, { highWaterMark: pieceBytes }))
        await rm(file)
        return `${inQueue}${name}`
      },
    }
  }
}
