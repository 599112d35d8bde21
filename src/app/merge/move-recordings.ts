import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { makeFolders, privateFolder } from '../../adapters/stores/make-folders.js'
import type { RunEnded } from '../../domain/event.js'
import type { Outcome } from '../../domain/outcome.js'
import { checkRecording } from '../check-recording.js'

interface Move {
  /** Folder of the part, and of the merged result. */
  readonly from: string
  readonly to: string
  /** Number of the part, from 1: parts give their recordings the same names. */
  readonly part: number
}

/** Copies the recordings of a run into the merged result. What is not there, or is another file than the journal says, stays out. */
export async function moveRecordings(run: RunEnded, move: Move): Promise<RunEnded> {
  if (![run.outcome, ...run.earlier.map(({ outcome }) => outcome)].some(hasRecording)) return run
  const earlier = []
  for (const attempt of run.earlier) earlier.push({ ...attempt, outcome: await moved(attempt.outcome, move) })
  return { ...run, outcome: await moved(run.outcome, move), earlier }
}

function hasRecording(outcome: Outcome): boolean {
  return 'transcript' in outcome && outcome.transcript.sound?.recording !== undefined
}

async function moved(outcome: Outcome, { from, to, part }: Move): Promise<Outcome> {
  const sound = 'transcript' in outcome ? outcome.transcript.sound : undefined
  if (!sound?.recording || !('transcript' in outcome)) return outcome
  const { recording, ...others } = sound
  const check = await checkRecording(recording, from)
  if (check.status === 'elsewhere') return outcome
  const path = `recordings/${part}-${basename(recording.path)}`
  if (check.status === 'intact') {
    makeFolders(join(to, 'recordings'), privateFolder)
    copyFileSync(check.path, join(to, path))
  }
  return { ...outcome, transcript: { ...outcome.transcript, sound: { ...others, recording: { ...recording, path } } } }
}
