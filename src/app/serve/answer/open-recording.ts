import type { Recording } from '../../../domain/recording.js'
import type { KeptRecording } from '../../../ports/recordings.js'
import { notFound } from '../refusal.js'
import type { Service } from '../service.js'
import { recordingOf } from './recording-of.js'

/** A recording to send. */
export interface OpenedRecording extends KeptRecording {
  readonly run: number
  readonly recording: Recording
  readonly expiresAt: Date
}

/** `GET recordings/{token}`. @throws {Refusal} 404 for a link that has expired or was never signed, and for a recording that is gone. */
export async function openRecording(
  { database, recordings, recordingLinks }: Pick<Service, 'database' | 'recordings' | 'recordingLinks'>,
  token: string,
): Promise<OpenedRecording> {
  const opened = recordingLinks.open(token)
  if (!opened) throw notFound()
  return recordingOfRun({ database, recordings }, opened)
}

/** The recording of a run, for who may hear it until a time. @throws {Refusal} 404 for one that is gone. */
export async function recordingOfRun(
  { database, recordings }: Pick<Service, 'database' | 'recordings'>,
  { project, run: id, expiresAt }: { readonly project: string; readonly run: number; readonly expiresAt: Date },
): Promise<OpenedRecording> {
  const run = await database.run(project, id)
  const recording = run && recordingOf(run)
  const kept = run && recording && (await recordings.find(String(run.result), recording.path))
  if (!kept) throw notFound()
  return { ...kept, recording, run: run.id, expiresAt }
}
