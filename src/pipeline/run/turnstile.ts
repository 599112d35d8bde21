import pLimit from 'p-limit'
import type { Agent } from '../../domain/document.js'
import type { Plan, PlannedEntry } from '../../domain/plan.js'
import type { Clock } from '../../ports/clock.js'
import { createPace, type Pace } from './pace.js'

/** The limits on starts of one agent, or of the whole suite. */
interface Turnstile {
  /** Runs a call once there is room for it. */
  enter(call: () => Promise<void>): Promise<void>
  /** There is room for all. */
  readonly isWide: boolean
  readonly pace: Pace
}

/** The limits of a plan, all at once. */
export interface Turnstiles {
  /** How many calls of an entry may be in progress at once, apart from other entries. */
  widthOf(entry: PlannedEntry): number
  /** Runs a call of the agent once the agent and the suite have room for it. */
  enter(agent: Agent, call: () => Promise<void>): Promise<void>
  /**
   * Reserves the agent's next start.
   *
   * @returns When it is due, by the clock.
   */
  reserveMs(agent: Agent): number
}

export function createTurnstiles({ limits, entries }: Plan, clock: Clock): Turnstiles {
  const { concurrency } = limits
  const widthWith = ({ limits: own }: Agent): number => Math.min(own.concurrency ?? concurrency, concurrency)
  const widthOf = (entry: PlannedEntry): number => Math.min(entry.entry.concurrencyLimit ?? Infinity, widthWith(entry.agent), runsIn(entry))
  const sumOf = (of: readonly PlannedEntry[]): number => of.reduce((sum, entry) => sum + widthOf(entry), 0)

  const all = turnstile(concurrency, sumOf(entries), limits.startsPerSecond, clock)
  const agents = new Map(
    entries.map(({ agent }) => {
      const wanted = sumOf(entries.filter(entry => entry.agent.key === agent.key))
      return [agent.key, turnstile(widthWith(agent), wanted, agent.limits.startsPerSecond, clock)]
    }),
  )
  const of = (agent: Agent): Turnstile => agents.get(agent.key) ?? all
  return {
    widthOf,
    enter: (agent, call) => (all.isWide ? of(agent).enter(call) : of(agent).enter(() => all.enter(call))),
    reserveMs: agent => Math.max(of(agent).pace.reserveMs(), all.pace.reserveMs()),
  }
}

/** @param wanted  How many calls could want to enter at once. If there is room for all, nobody waits. */
function turnstile(width: number, wanted: number, startsPerSecond: number | undefined, clock: Clock): Turnstile {
  const pace = createPace(startsPerSecond, clock)
  if (wanted <= width) return { enter: call => call(), isWide: true, pace }
  const limit = pLimit(width)
  return { enter: call => limit(call), isWide: false, pace }
}

function runsIn(entry: PlannedEntry): number {
  return entry.cases.reduce((sum, { repeats }) => sum + repeats, 0)
}
