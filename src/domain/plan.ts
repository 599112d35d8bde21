import type { Agent, Limits, Personality, Retries, RunEntry, Scenario, TestProfile } from './document.js'
import type { HostedRequest } from './hosted.js'
import type { CaseKey, RunKey } from './ids.js'
import type { Thresholds } from './thresholds.js'

/** What will run: inert data. The same suite, options and seed give the same plan and the same keys. */
export interface Plan {
  readonly entries: readonly PlannedEntry[]
  readonly totalRuns: number
  readonly seed: number
  readonly limits: Limits
  readonly retries: Retries
  readonly thresholds: Thresholds
  /** What hosted services are still to begin, if anything; then the plan is not whole. */
  readonly toBegin?: readonly HostedEntry[]
}

/** A run entry that a hosted service runs: one request. Which runs come of it is known once that has been answered. */
export interface HostedEntry {
  readonly slug: string
  readonly entry: RunEntry
  readonly agent: Agent
  readonly request: HostedRequest
}

export interface PlannedEntry {
  readonly index: number
  /** The name, as keys bear it: `smoke`. */
  readonly slug: string
  readonly entry: RunEntry
  /** With overrides from the command line. */
  readonly agent: Agent
  readonly cases: readonly PlannedCase[]
}

/** A scenario x personality x test profile of one entry, and how often it runs. */
export interface PlannedCase {
  /** Its place among all cases of the plan. */
  readonly index: number
  readonly key: CaseKey
  readonly scenario: Scenario
  readonly personality?: Personality
  readonly testProfile?: TestProfile
  readonly repeats: number
  /** Index, in the plan, of its first run; its runs follow one another. */
  readonly firstRun: number
}

/** One conversation to hold. Made when it is its turn, so that a plan of 100,000 stays small. */
export interface RunSpec {
  /** Its place in the plan, from 0. */
  readonly index: number
  readonly key: RunKey
  /** From 1. */
  readonly repeat: number
  readonly entry: PlannedEntry
  readonly case: PlannedCase
}

/** The runs of one entry, in plan order. */
export function* runsOf(entry: PlannedEntry): Generator<RunSpec> {
  for (const planned of entry.cases) {
    for (let repeat = 1; repeat <= planned.repeats; repeat += 1) {
      yield {
        index: planned.firstRun + repeat - 1,
        key: runKey(planned.key, repeat),
        repeat,
        entry,
        case: planned,
      }
    }
  }
}

/** The run of an index; `undefined` where the plan has none. */
export function runAt({ entries }: Plan, index: number): RunSpec | undefined {
  for (const entry of entries) {
    const planned = entry.cases.find(({ firstRun, repeats }) => index >= firstRun && index < firstRun + repeats)
    if (!planned) continue
    const repeat = index - planned.firstRun + 1
    return { index, key: runKey(planned.key, repeat), repeat, entry, case: planned }
  }
  return undefined
}

export function runKey(planned: CaseKey, repeat: number): RunKey {
  return `${planned}#${repeat}` as RunKey
}
