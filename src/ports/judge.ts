import type { Metric } from '../domain/metric.js'
import type { PlannedCase, PlannedEntry } from '../domain/plan.js'
import type { Transcript } from '../domain/transcript.js'
import type { JudgedOutcome, MetricScore } from '../domain/verdict.js'
import type { ModelUse } from './language-model.js'

/** The case a conversation belongs to: a run's, or a judge control's. */
export interface ConversationCase {
  readonly entry: Pick<PlannedEntry, 'agent'> & Partial<Pick<PlannedEntry, 'entry'>>
  readonly case: Pick<PlannedCase, 'scenario' | 'personality' | 'testProfile'>
}

/** Reads a conversation, and answers what only a reader can. What it cannot tell is `unknown`, or has no value. */
export interface Judge {
  /**
   * Judges the scenario's expected outcome, if it has one, and scores metrics whose source is a judge. What their triggers
   * ask of the judge is answered with them.
   *
   * @param metrics  Those to score, in the order wanted.
   * @throws {FaultError} by infra, `judge_model`, when the model fails.
   */
  judge(subject: ConversationCase, transcript: Transcript, metrics: readonly Metric[], use: ModelUse): Promise<Judgement>
}

export interface Judgement {
  readonly outcome?: JudgedOutcome
  readonly metrics: readonly MetricScore[]
}

/** Reads the caller's own side of a conversation. */
export interface Auditor {
  /**
   * Whether the caller kept to what it was told.
   *
   * @returns Why not, in one line; `undefined` where it did.
   * @throws {FaultError} by infra, when the model fails.
   */
  audit(subject: ConversationCase, transcript: Transcript, use: ModelUse): Promise<string | undefined>
}
