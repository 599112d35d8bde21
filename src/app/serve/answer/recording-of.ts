import type { Recording } from '../../../domain/recording.js'
import type { RunRecord } from '../../../ports/database.js'

/** The recording of a run, as its journal has it; `undefined` if none was kept. */
export function recordingOf({ ended }: Pick<RunRecord, 'ended'>): Recording | undefined {
  return ended && 'transcript' in ended.outcome ? ended.outcome.transcript.sound?.recording : undefined
}
