import type { RunEnded, SuiteStarted } from '../../../domain/event.js'
import { caseOfRun } from '../../../domain/plan.js'
import { type Join, usualMessages } from '../../../domain/turn-text.js'

/** How pieces of an answer are read together. */
export function createJoins({ plan }: SuiteStarted): (run: RunEnded) => Join {
  const joins = new Map(plan.entries.flatMap(({ agent, cases }) => cases.map(({ key }) => [key, (agent.messages ?? usualMessages).join])))
  return ({ run }) => joins.get(caseOfRun(run)) ?? usualMessages.join
}
