import type { Agent, JudgeControl, Limits, Personality, Retries, RunEntry, Scenario, TestProfile } from './document.js'
import type { HostedRequest } from './hosted.js'
import type { CaseKey, RunKey } from './ids.js'
import type { JudgeModel, Model } from './model.js'
import type { Thresholds, UntilDecided } from './thresholds.js'

/** What will run: inert data. The same suite, options and seed give the same plan and the same keys. */
export interface Plan {
  readonly entries: readonly PlannedEntry[]
  readonly totalRuns: number
  readonly seed: number
  readonly limits: Limits
  readonly retries: Retries
  readonly thresholds: Thresholds
  readonly models: PlannedModels
  /** What the judge itself is judged by; none where no run needs one. */
  readonly controls: readonly PlannedControl[]
  /** What hosted services are still to begin, if anything; then the plan is not whole. */
  readonly toBegin?: readonly HostedEntry[]
}

/** The models that a plan's runs ask; what none of them needs is left out. */
export interface PlannedModels {
  readonly caller?: Model
  readonly judge?: JudgeModel
  /** Whether what callers said in words of their own is read, to see whether they kept to what they were told. */
  readonly audits: boolean
}

/** A control, with the agent and the caller that its scenario is run with first. */
export interface PlannedControl {
  readonly control: JudgeControl
  readonly agent: Agent
  readonly personality?: Personality
  readonly testProfile?: TestProfile
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
  /** With overrides from the command line, and the mock tools that the entry picks. */
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
  /** With `untilDecided`, at most. */
  readonly repeats: number
  readonly untilDecided?: UntilDecided
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

/**
 * The runs of one entry, in the order in which they are to be started: that of the plan, but for those that may not be
 * needed. These come last, one of each case at a time, so that most of what they depend on is over by then.
 */
export function* runsOf(entry: PlannedEntry): Generator<RunSpec> {
  const { cases } = entry
  for (const planned of cases) {
    for (let repeat = 1; repeat <= neededFor(planned); repeat += 1) yield specOf(entry, planned, repeat)
  }
  const open = cases.filter(planned => neededFor(planned) < planned.repeats)
  const most = open.reduce((largest, { repeats }) => Math.max(largest, repeats), 0)
  for (let repeat = 1; repeat <= most; repeat += 1) {
    for (const planned of open) {
      if (repeat > neededFor(planned) && repeat <= planned.repeats) yield specOf(entry, planned, repeat)
    }
  }
}

/** The run of an index; `undefined` where the plan has none. */
export function runAt({ entries }: Plan, index: number): RunSpec | undefined {
  for (const entry of entries) {
    const planned = entry.cases.find(({ firstRun, repeats }) => index >= firstRun && index < firstRun + repeats)
    if (planned) return specOf(entry, planned, index - planned.firstRun + 1)
  }
  return undefined
}

/** How many of its runs are held in any case. */
function neededFor({ repeats, untilDecided }: PlannedCase): number {
  return untilDecided?.min ?? repeats
}

function specOf(entry: PlannedEntry, planned: PlannedCase, repeat: number): RunSpec {
  return { index: planned.firstRun + repeat - 1, key: runKey(planned.key, repeat), repeat, entry, case: planned }
}

export function runKey(planned: CaseKey, repeat: number): RunKey {
  return `${planned}#${repeat}` as RunKey
}
