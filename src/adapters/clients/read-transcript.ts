import { largest } from '../../domain/largest.js'
import { shallow } from '../../domain/nesting.js'
import type { Transcript } from '../../domain/transcript.js'
import { readEnding } from '../../domain/wire/ending.js'
import { findMessages } from '../../domain/wire/find-messages.js'
import type { TranscriptProblem } from '../../domain/wire/problems.js'
import { readMessages } from '../../domain/wire/read-messages.js'
import { agentMetadata, soundIn } from '../../domain/wire/run-metadata.js'
import { secondsOf } from '../../domain/wire/text.js'
import { asText } from './loose.js'

export interface ReadTranscript {
  readonly transcript: Transcript
  /** Whether the run says who ended the call. If not, the transcript says that neither side did. */
  readonly saysWhoEnded: boolean
  /** Parts of the transcript that were not understood. */
  readonly problems: readonly TranscriptProblem[]
}

/**
 * A run's conversation, from `transcript_object`, or from `transcript` without one.
 *
 * @param isOurs  Whether the service is Callsheet.
 */
export function readTranscript(run: Readonly<Record<string, unknown>>, isOurs: boolean): ReadTranscript {
  const { moments, problems } = readMessages(findMessages(run)?.messages ?? [])
  const sent = agentMetadata(run['metadata'], isOurs)
  const metadata = Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, shallow(value)]))
  const lastS = (): number =>
    largest(
      moments.map(moment => moment.endS),
      secondsOf(asText(run['duration']) ?? '') ?? 0,
    )
  const { by, reason = 'call-failed-unknown-error', cutOff, atS = lastS(), thoughtS } = readEnding(run, isOurs)
  const ending = { by: by ?? 'limit', reason, atS, ...(cutOff && { cutOff }), ...(thoughtS !== undefined && { thoughtS }) } as const
  const sound = isOurs ? soundIn(run['metadata']) : undefined
  return { transcript: { moments, metadata, ending, ...(sound && { sound }) }, saysWhoEnded: by !== undefined, problems }
}
