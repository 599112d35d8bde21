import type { Metric } from '../domain/metric.js'
import type { PlannedCase, PlannedEntry } from '../domain/plan.js'
import type { Transcript } from '../domain/transcript.js'
import type { JudgedOutcome, MetricScore } from '../domain/verdict.js'
import type { ModelUse } from './language-model.js'

/** The case a conversation belongs to: a run's, or a judge control's. */
export interface ConversationCase {
  readonly entry: Pick<PlannedEntry, 'agent'> & Partial<Pick<PlannedEntry, 'entry'>>
  readonly case: Pick<PlannedCase, 'scenario' | 'personality' | 'testProfile' | 'call'>
  /** A judge control: the judge's own verdict is wanted, whatever else is known of that judge. */
  readonly isControl?: true
}

/** Judges a conversation. Inconclusive answers are `unknown`, or have no value. */
export interface Judge {
  /**
   * Asks ahead what does not depend on the conversation, while it is conducted: once for each case.
   *
   * @returns `undefined` if there is nothing to ask. Never rejects: `judge` asks again for what failed.
   */
  prepare(subject: ConversationCase, use: ModelUse): Promise<void> | undefined
  /**
   * Judges the scenario's expected outcome, if it has one, and scores metrics whose source is a judge. It also answers the
   * questions of their triggers.
   *
   * @param metrics  The metrics to score, in the wanted order.
   * @throws {FaultError} by infra, `judge_model`, when the model fails.
   */
  judge(subject: ConversationCase, transcript: Transcript, metrics: readonly Metric[], use: ModelUse): Promise<Judgement>
}

export interface Judgement {
  readonly outcome?: JudgedOutcome
  readonly metrics: readonly MetricScore[]
}

/** Checks the caller's side of a conversation. */
export interface Auditor {
  /**
   * Whether the caller kept to its instructions.
   *
   * @returns Why not, in one line; `undefined` if it did.
   * @throws {FaultError} by infra, when the model fails.
   */
  audit(subject: ConversationCase, transcript: Transcript, use: ModelUse): Promise<string | undefined>
}
