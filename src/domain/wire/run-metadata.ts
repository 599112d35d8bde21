import { isRecord } from '../json-value.js'
import type { Sound } from '../sound.js'
import type { Transcript } from '../transcript.js'
import { writeEnding } from './ending.js'
import { readSound, writeSound } from './sound.js'

/** The keys of a run's metadata that are the API's; those of the agent with the same name are in `callsheet.agent_metadata`. */
const ours: readonly string[] = ['ended_reason', 'callsheet']

/**
 * The metadata of a run, as the API answers it: the agent's own, why the call ended, and in `callsheet` what the API has no field for.
 *
 * @param transcript  `undefined` if there was no conversation.
 * @param details  The other keys of `callsheet`.
 */
export function writeMetadata(
  transcript: Pick<Transcript, 'metadata' | 'ending' | 'sound'> | undefined,
  details: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const end = transcript && writeEnding(transcript.ending)
  const own = Object.entries(transcript?.metadata ?? {})
  const hidden = own.filter(([key]) => ours.includes(key))
  return {
    ...Object.fromEntries(own),
    ended_reason: end?.ended_reason ?? null,
    callsheet: {
      ...details,
      ...(end && { ending: end.ending }),
      ...(transcript?.sound && { sound: writeSound(transcript.sound) }),
      ...(hidden.length > 0 && { agent_metadata: Object.fromEntries(hidden) }),
    },
  }
}

/**
 * The agent's own metadata, from the metadata of a run.
 *
 * @param isOurs  Whether {@link writeMetadata} wrote it. Another service may have an `ended_reason`, but its `callsheet` is the agent's.
 */
export function agentMetadata(written: unknown, isOurs: boolean): Readonly<Record<string, unknown>> {
  if (!isRecord(written)) return {}
  const { ended_reason: _reason, callsheet, ...own } = written
  if (!isOurs) return callsheet === undefined ? own : { ...own, callsheet }
  const hidden = isRecord(callsheet) ? callsheet['agent_metadata'] : undefined
  return isRecord(hidden) ? { ...own, ...hidden } : own
}

/** What was measured of a call's sound, from the metadata of a run that {@link writeMetadata} wrote. */
export function soundIn(written: unknown): Sound | undefined {
  const own = isRecord(written) ? written['callsheet'] : undefined
  return isRecord(own) ? readSound(own['sound']) : undefined
}
