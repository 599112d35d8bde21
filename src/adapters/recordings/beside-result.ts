import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ResultRecordings } from '../../ports/recordings.js'

/** The name of the folder with a result's recordings. */
export const recordingsFolder = 'recordings'

/** Keeps the recordings of a result in its own folder, beside the journal. @param place  The result's folder. */
export function besideResult(place: string): ResultRecordings {
  const folder = join(place, recordingsFolder)
  return {
    begin() {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      // Of calls that a crash cut off.
      for (const file of readdirSync(folder)) if (/\.(?:pcm|part)$/.test(file)) rmSync(join(folder, file), { force: true })
      return folder
    },
    keep: async name => `${recordingsFolder}/${name}`,
  }
}
