import type { EndedReason, Transcript } from './transcript.js'

/** An empty transcript, for a conversation without any known words. */
export function nothingSaid(reason: EndedReason = 'run-cancelled-by-user'): Transcript {
  return { moments: [], metadata: {}, ending: { by: 'limit', reason, atS: 0 } }
}
