import type { EndedReason, Transcript } from './transcript.js'

/** The transcript of a conversation in which, as far as anybody knows, nothing was said. */
export function nothingSaid(reason: EndedReason = 'run-cancelled-by-user'): Transcript {
  return { moments: [], metadata: {}, ending: { by: 'limit', reason, atS: 0 } }
}
