import type { RunEvent, SuiteEvent } from '../domain/event.js'
import type { Outcome } from '../domain/outcome.js'
import type { Plan } from '../domain/plan.js'

/** Whether the agents of a plan run: those that have to be started first may not start. */
export interface AgentsUp {
  see(event: SuiteEvent | RunEvent): void
  /** All runs have ended. */
  over(): void
  /** Resolves to whether any agent runs: at once if one of them is not ours to start. */
  readonly some: Promise<boolean>
}

export function watchAgents({ entries }: Pick<Plan, 'entries'>): AgentsUp {
  let decide: ((some: boolean) => void) | undefined
  const some = new Promise<boolean>(resolve => (decide = resolve))
  const isUp = (is: boolean): void => decide?.(is)
  let hasFailed = false
  if (!entries.every(({ agent }) => agent.start)) isUp(true)
  return {
    see(event) {
      if (event.type === 'agent.ready') isUp(true)
      if (event.type === 'run.ended') hasFailed ||= neverStarted(event.outcome)
    },
    // Where nothing had to be started, the runs had ended before.
    over: () => isUp(!hasFailed),
    some,
  }
}

function neverStarted(outcome: Outcome): boolean {
  return 'fault' in outcome && outcome.fault.code === 'not_started'
}
