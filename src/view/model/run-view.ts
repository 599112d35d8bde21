import type { Attempt, RunEnded } from '../../domain/event.js'
import { stringifyExact } from '../../domain/exact-number.js'
import { shallow } from '../../domain/nesting.js'
import type { Outcome } from '../../domain/outcome.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import type { MetricScore } from '../../domain/verdict.js'

/** A run as the page shows it: its attempts, the last one last. */
export interface RunView {
  readonly attempts: readonly AttemptView[]
  readonly agentVersion?: string
}

/** An attempt whose times are whole milliseconds, and whose tool calls have their arguments and results as JSON text. */
export type AttemptView = Pick<Attempt, 'durationMs' | 'outcome'> & {
  /** Absent if it never started. */
  readonly startedAt?: string
  /** Its conversation was left out. */
  readonly isSilent?: true
  /** Of its recording: the address beside the page, or the id of an element that has it in base64. */
  readonly audio?: string
}

/**
 * @param isSilent  Whether to leave out what was said.
 * @param audio  Where the recordings of its attempts are.
 */
export function runView(run: RunEnded, isSilent = false, audio: readonly (string | undefined)[] = []): RunView {
  const last = { ...(run.startedAt !== undefined && { startedAt: run.startedAt }), durationMs: run.durationMs, outcome: run.outcome }
  return {
    attempts: [...run.earlier, last].map((attempt, i) => attemptView(attempt, isSilent, audio[i])),
    ...(run.agentVersion !== undefined && { agentVersion: run.agentVersion }),
  }
}

function attemptView(
  { startedAt, durationMs, outcome }: Omit<Attempt, 'startedAt'> & { startedAt?: string },
  isSilent: boolean,
  audio: string | undefined,
): AttemptView {
  return {
    ...(startedAt !== undefined && { startedAt }),
    durationMs: Math.round(durationMs),
    outcome: outcomeView(outcome, isSilent),
    ...(isSilent && 'transcript' in outcome && { isSilent }),
    ...(audio !== undefined && { audio }),
  }
}

function outcomeView(outcome: Outcome, isSilent: boolean): Outcome {
  if (!('transcript' in outcome)) return outcome
  const transcript = isSilent ? silenced(outcome.transcript) : transcriptView(outcome.transcript, outcome.status !== 'passed')
  if (!('verdict' in outcome)) return { ...outcome, transcript }
  const { verdict } = outcome
  return { ...outcome, transcript, verdict: { ...verdict, metrics: verdict.metrics.map(metricView) } }
}

function silenced({ ending }: Transcript): Transcript {
  return { moments: [], metadata: {}, ending }
}

/** Of a telephone call that passed, its SIP messages are left out: there are more of them than of words. */
function transcriptView({ moments, metadata, ending, sound, dialogue }: Transcript, isTrouble: boolean): Transcript {
  return {
    moments: moments.map(momentView),
    metadata,
    ending,
    ...(sound && { sound }),
    ...(isTrouble && dialogue !== undefined && { dialogue }),
  }
}

function momentView(moment: Moment): Moment {
  const times = { startS: toMilliseconds(moment.startS), endS: toMilliseconds(moment.endS) }
  if (moment.type === 'tool_called') return { ...moment, ...times, arguments: asJson(moment.arguments) }
  if (moment.type === 'tool_returned') return { ...moment, ...times, result: asJson(moment.result) }
  return { ...moment, ...times }
}

function metricView(score: MetricScore): MetricScore {
  return score.samples ? { ...score, samples: score.samples.map(toMilliseconds) } : score
}

function asJson(value: unknown): string | undefined {
  return stringifyExact(shallow(value))
}

function toMilliseconds(value: number): number {
  return Math.round(value * 1000) / 1000
}
