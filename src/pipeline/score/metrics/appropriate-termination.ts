import type { EndedReason } from '../../../domain/transcript.js'
import type { Measure } from './measure.js'

/**
 * Whether the conversation ended properly.
 *
 * True if the caller hung up, or if the agent did in good order, after it had answered the caller's last words with words
 * that were not a question. False if the agent hung up on the caller's words or on its own question, or if silence or a
 * limit of turns or time ended the conversation. Not scored if the call broke, or somebody stopped the run.
 *
 * Unit: true or false.
 * Source: closings take both sides (Schegloff & Sacks, "Opening up closings", Semiotica 8, 1973). This metric goes by who
 * spoke last and how, so it needs no model.
 */
export const appropriateTermination: Measure = ({ transcript }) => {
  const { reason } = transcript.ending
  switch (reason) {
    case 'Testing agent-ended-call':
      return { value: true }
    case 'Main agent-ended-call':
    case 'Main agent-ended-call-after-message-spoken': {
      const last = transcript.moments.findLast(({ type }) => type === 'said' || type === 'dtmf')
      return { value: last?.type === 'said' && last.by === 'agent' && !/[?？؟]\s*$/.test(last.text) }
    }
    case 'Main agent-silence-timed-out':
    case 'exceeded-max-duration':
    case 'exceeded-max-turns':
      return { value: false }
    case 'Main agent-call-not-connected':
    case 'call-failed-unknown-error':
    case 'run-cancelled-by-user':
      return { because: `neither side ended the call: ${reason satisfies EndedReason}` }
  }
}
