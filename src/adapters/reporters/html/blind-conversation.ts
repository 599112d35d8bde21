import type { SuiteStarted } from '../../../domain/event.js'
import { type ConversationView, outcomeView } from '../../../view/model/run-view.js'
import type { PlannedRun } from '../planned-runs.js'
import { createJoins } from './joins.js'

/** The conversations of runs as pages show them, without anything that was judged. */
export function createBlindConversations(started: SuiteStarted): (planned: PlannedRun) => ConversationView | undefined {
  const joinOf = createJoins(started)
  return ({ run }) => outcomeView(run.outcome, { join: joinOf(run) }).conversation
}
