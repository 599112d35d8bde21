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
  const run = opened && (await database.run(opened.project, opened.run))
  const recording = run && recordingOf(run)
  const kept = run && recording && (await recordings.find(String(run.result), recording.path))
  if (!kept) throw notFound()
  return { ...kept, recording, run: run.id, expiresAt: opened.expiresAt }
}
