import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Attempt } from '../../domain/event.js'
import type { Outcome } from '../../domain/outcome.js'
import type { Recording } from '../../domain/recording.js'
import type { RunQueue, WorkerEvent } from '../../ports/run-queue.js'
import type { Order } from '../executor.js'
import { inQueue } from './sent-recordings.js'

/** Fetches the recordings that workers' events speak of, to where those of the order are kept. */
export interface RecordingCollector {
  collect(events: readonly WorkerEvent[]): Promise<Collected>
}

export interface Collected {
  /** With the paths that their recordings have here. A recording that was lost with the queue is left out. */
  readonly events: readonly WorkerEvent[]
  /** Removes these recordings from the queue, once the events are stored. */
  drop(): Promise<void>
}

/** @param order  The order's name in the queue. */
export function createRecordingCollector(
  order: string,
  { recordings }: Pick<Order, 'recordings'>,
  queue: Pick<RunQueue, 'recording' | 'dropRecordings'>,
): RecordingCollector {
  /** By name: the path, or `undefined` if it was lost. */
  const collected = new Map<string, string | undefined>()

  const fetch = async (name: string, recording: Recording): Promise<string | undefined> => {
    if (!recordings) return undefined
    const file = join(recordings.begin(), name)
    if (!(await isWritten(file, queue.recording(order, name), recording))) return undefined
    return recordings.keep(name)
  }
  const here = async (recording: Recording, names: Set<string>): Promise<Recording | undefined> => {
    if (!recording.path.startsWith(inQueue)) return recording
    const name = recording.path.slice(inQueue.length)
    // Whoever can write to the queue may have written anything.
    if (!/^\d+-\d+\.(?:wav|opus)$/.test(name)) return undefined
    if (!collected.has(name)) collected.set(name, await fetch(name, recording))
    names.add(name)
    const path = collected.get(name)
    return path === undefined ? undefined : { ...recording, path }
  }
  const ofOutcome = async (outcome: Outcome, names: Set<string>): Promise<Outcome> => {
    if (!('transcript' in outcome) || !outcome.transcript.sound?.recording) return outcome
    const { recording, ...sound } = outcome.transcript.sound
    const found = await here(recording, names)
    return { ...outcome, transcript: { ...outcome.transcript, sound: { ...sound, ...(found && { recording: found }) } } }
  }
  const ofAttempt = async (attempt: Attempt, names: Set<string>): Promise<Attempt> => ({
    ...attempt,
    outcome: await ofOutcome(attempt.outcome, names),
  })
  const ofEvent = async (event: WorkerEvent, names: Set<string>): Promise<WorkerEvent> => {
    if (event.type === 'run.retrying') return { ...event, made: await ofAttempt(event.made, names) }
    if (event.type !== 'run.ended') return event
    const earlier: Attempt[] = []
    for (const attempt of event.earlier) earlier.push(await ofAttempt(attempt, names))
    return { ...event, outcome: await ofOutcome(event.outcome, names), earlier }
  }

  return {
    async collect(events) {
      const names = new Set<string>()
      const collectedEvents: WorkerEvent[] = []
      for (const event of events) collectedEvents.push(await ofEvent(event, names))
      return { events: collectedEvents, drop: () => queue.dropRecordings(order, [...names]) }
    },
  }
}

/** Writes what came of a recording; leaves nothing behind if it is not what its event says. */
async function isWritten(file: string, pieces: AsyncIterable<Uint8Array>, { bytes, sha256 }: Recording): Promise<boolean> {
  const hash = createHash('sha256')
  const part = `${file}.part`
  let length = 0
  {
    await using out = await open(part, 'w')
    for await (const piece of pieces) {
      length += piece.length
      if (length > bytes) break
      hash.update(piece)
      await out.write(piece)
    }
  }
  const isWhole = length === bytes && hash.digest('hex') === sha256
  await (isWhole ? rename(part, file) : rm(part))
  return isWhole
}
