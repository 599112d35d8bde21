import { largest } from '../../domain/largest.js'
import { shallow } from '../../domain/nesting.js'
import type { EndedReason, Ending, Transcript } from '../../domain/transcript.js'
import { findMessages } from '../../domain/wire/find-messages.js'
import type { TranscriptProblem } from '../../domain/wire/problems.js'
import { readMessages } from '../../domain/wire/read-messages.js'
import { secondsOf } from '../../domain/wire/text.js'
import { asObject, asText } from './loose.js'

export interface ReadTranscript {
  readonly transcript: Transcript
  /** Parts of the transcript that were not understood. */
  readonly problems: readonly TranscriptProblem[]
}

/** A run's conversation, from `transcript_object`, or from `transcript` without one. */
export function readTranscript(run: Readonly<Record<string, unknown>>): ReadTranscript {
  const { moments, problems } = readMessages(findMessages(run)?.messages ?? [])
  const { ended_reason: reason, callsheet: _, ...sent } = asObject(run['metadata'])
  const metadata = Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, shallow(value)]))
  const endS = largest(
    moments.map(moment => moment.endS),
    secondsOf(asText(run['duration']) ?? '') ?? 0,
  )
  return { transcript: { moments, metadata, ending: { ...endingOf(asText(reason)), atS: endS } }, problems }
}

const endings: Readonly<Record<EndedReason, Ending['by']>> = {
  'Main agent-ended-call': 'agent',
  'Main agent-ended-call-after-message-spoken': 'agent',
  'Testing agent-ended-call': 'caller',
  'Main agent-silence-timed-out': 'agent',
  'Main agent-call-not-connected': 'agent',
  'call-failed-unknown-error': 'agent',
  'exceeded-max-duration': 'limit',
  'exceeded-max-turns': 'limit',
  'run-cancelled-by-user': 'limit',
}

function endingOf(reason: string | undefined): Pick<Ending, 'by' | 'reason'> {
  const known = reason !== undefined && Object.hasOwn(endings, reason) ? (reason as EndedReason) : 'call-failed-unknown-error'
  return { by: endings[known], reason: known }
}
