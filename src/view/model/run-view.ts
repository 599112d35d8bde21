import type { Attempt, RunEnded } from '../../domain/event.js'
import type { Outcome, OutcomeStatus } from '../../domain/outcome.js'
import type { Review } from '../../domain/review.js'
import { shorten } from '../../domain/safe-text.js'
import { type Shortfall, shortfalls } from '../../domain/shortfall.js'
import type { Ending, Transcript } from '../../domain/transcript.js'
import type { Join } from '../../domain/turn-text.js'
import { type CallView, callView } from './call-view.js'
import { type ConversationLine, conversationLines } from './conversation-lines.js'
import { type ShownCheck, type ShownMetric, shownChecks, shownMetrics } from './shown-checks.js'

/** A run as the page shows it: its attempts, the last one last. */
export interface RunView {
  readonly attempts: readonly AttemptView[]
  readonly agentVersion?: string
}

/** An attempt as people read it, so that the script of a page has nothing to work out. */
export interface AttemptView {
  readonly status: OutcomeStatus
  readonly durationMs: number
  /** Absent if it never started. */
  readonly startedAt?: string
  /** Why it did not pass. */
  readonly missed: readonly Shortfall[]
  /** Absent if it was not scored. */
  readonly checks?: readonly ShownCheck[]
  readonly metrics?: readonly ShownMetric[]
  /** Absent if there was none, or if it was left out. */
  readonly conversation?: ConversationView
  /** Its conversation was left out. */
  readonly isSilent?: true
  readonly call?: CallView
  /** Of its recording: the address beside the page, or the id of an element that has it in base64. */
  readonly audio?: string
}

export interface ConversationView {
  readonly lines: readonly ConversationLine[]
  readonly ending: string
  readonly endedS: number
  /** What the agent told besides: as JSON. */
  readonly metadata?: string
  /** Its SIP messages. */
  readonly dialogue?: string
}

export interface RunViewOptions {
  /** How pieces of an answer are read together. */
  readonly join: Join
  /** The longest wait of a caller that the suite allows, seconds. */
  readonly longestWaitS?: number | undefined
  /** Whether to leave out what was said. */
  readonly isSilent?: boolean
  /** What people said of the judge's answers about its last attempt. */
  readonly reviews?: readonly Review[] | undefined
  /** Where the recordings of its attempts are. */
  readonly audio?: readonly (string | undefined)[]
}

export function runView(run: RunEnded, { join, isSilent = false, audio = [], longestWaitS, reviews }: RunViewOptions): RunView {
  const last = { ...(run.startedAt !== undefined && { startedAt: run.startedAt }), durationMs: run.durationMs, outcome: run.outcome }
  return {
    attempts: [...run.earlier, last].map(({ startedAt, durationMs, outcome }: Omit<Attempt, 'startedAt'> & { startedAt?: string }, i) => ({
      ...(startedAt !== undefined && { startedAt }),
      durationMs: Math.round(durationMs),
      ...outcomeView(outcome, { join, isSilent, longestWaitS, reviews: i === run.earlier.length ? reviews : undefined }),
      ...(audio[i] !== undefined && { audio: audio[i] }),
    })),
    ...(run.agentVersion !== undefined && { agentVersion: run.agentVersion }),
  }
}

/** An outcome as people read it. */
export function outcomeView(
  outcome: Outcome,
  { join, isSilent = false, longestWaitS, reviews }: Omit<RunViewOptions, 'audio'>,
): Omit<AttemptView, 'durationMs'> {
  const { status } = outcome
  const transcript = 'transcript' in outcome ? outcome.transcript : undefined
  return {
    status,
    missed: shortfalls(outcome),
    ...('verdict' in outcome && { checks: shownChecks(outcome.verdict, reviews), metrics: shownMetrics(outcome.verdict, reviews) }),
    ...(transcript && (isSilent ? { isSilent } : { conversation: conversationView(transcript, join, status !== 'passed') })),
    ...(transcript?.sound && !isSilent && { call: callView(transcript.sound, longestWaitS) }),
  }
}

const longestMetadata = 20_000

/** Of a telephone call that passed, its SIP messages are left out: there are more of them than of words. */
function conversationView(transcript: Transcript, join: Join, isTrouble: boolean): ConversationView {
  const { metadata, ending, dialogue } = transcript
  return {
    lines: conversationLines(transcript, join),
    ending: endingText(ending),
    endedS: ending.atS,
    ...(Object.keys(metadata).length > 0 && { metadata: shorten(JSON.stringify(metadata, null, 2), longestMetadata) }),
    ...(isTrouble && dialogue !== undefined && { dialogue }),
  }
}

function endingText({ reason, cutOff }: Ending): string {
  return `${reason}${cutOff ? ` (cut off: ${cutOff})` : ''}`
}
