import type { Agent, JudgeControl, Limits, Personality, Retries, RunEntry, Scenario, TestProfile } from './document.js'
import type { HostedRequest } from './hosted.js'
import type { CaseKey, RunKey } from './ids.js'
import type { JudgeModel, Model } from './model.js'
import type { PlannedCall } from './planned-call.js'
import type { RecordingFormat, RecordingsKept } from './recording.js'
import type { DetectorName } from './sound.js'
import type { SpeechSettings } from './speech-settings.js'
import type { Thresholds, UntilDecided } from './thresholds.js'
import type { Waiver } from './waiver.js'

/** Everything that will run, as inert data. The same suite, options and seed give the same plan and keys. */
export interface Plan {
  readonly entries: readonly PlannedEntry[]
  readonly totalRuns: number
  readonly seed: number
  readonly limits: Limits
  readonly retries: Retries
  readonly thresholds: Thresholds
  /** Exceptions; absent if there are none. */
  readonly waivers?: readonly Waiver[]
  readonly models: PlannedModels
  readonly recordings: RecordingsKept
  /** Default: WAV. */
  readonly recordingFormat?: RecordingFormat
  /** The controls to check the judge with; empty if no run needs a judge. */
  readonly controls: readonly PlannedControl[]
  /** Requests that hosted services have yet to answer, if any. Until then the plan is incomplete. */
  readonly toBegin?: readonly HostedEntry[]
}

/** The models that a plan's runs ask; unneeded ones are left out. */
export interface PlannedModels {
  readonly caller?: Model
  readonly judge?: JudgeModel
  /** Of the suite, if a run calls its agent. Without them, the best engine of this machine is taken. */
  readonly tts?: SpeechSettings
  readonly stt?: SpeechSettings
  /** What tells speech from silence in calls, if the suite says so. */
  readonly detector?: DetectorName
  /** Whether an auditor checks that callers in their own words kept to their instructions. */
  readonly audits: boolean
}

/** A control, with the agent and caller of the first run entry for its scenario. */
export interface PlannedControl {
  readonly control: JudgeControl
  readonly agent: Agent
  readonly personality?: Personality
  readonly testProfile?: TestProfile
}

/** A run entry that a hosted service runs: one request. The answer to it tells which runs there are. */
export interface HostedEntry {
  readonly slug: string
  readonly entry: RunEntry
  readonly agent: Agent
  readonly request: HostedRequest
}

export interface PlannedEntry {
  readonly index: number
  /** The name in its form for keys: `smoke`. */
  readonly slug: string
  readonly entry: RunEntry
  /** With the command line's overrides and the entry's choice of mock tools. */
  readonly agent: Agent
  readonly cases: readonly PlannedCase[]
}

/** A scenario x personality x test profile of one entry, and how often it runs. */
export interface PlannedCase {
  /** Index among all cases of the plan. */
  readonly index: number
  readonly key: CaseKey
  readonly scenario: Scenario
  readonly personality?: Personality
  readonly testProfile?: TestProfile
  /** Present if the agent is called. */
  readonly call?: PlannedCall
  /** Maximum, with `untilDecided`. */
  readonly repeats: number
  readonly untilDecided?: UntilDecided
  /** Index of its first run in the plan; its runs are adjacent. */
  readonly firstRun: number
}

/** One run: one conversation to conduct. Created only when it is due, so that a plan of 100,000 runs stays small. */
export interface RunSpec {
  /** Index in the plan, from 0. */
  readonly index: number
  readonly key: RunKey
  /** From 1. */
  readonly repeat: number
  readonly entry: PlannedEntry
  readonly case: PlannedCase
}

/**
 * The runs of one entry in starting order. That is plan order, except that runs which may turn out unnecessary come last,
 * one per case at a time: by then most of the runs that decide about them have ended.
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

/** The run at an index; `undefined` if the plan has none. */
export function runAt({ entries }: Plan, index: number): RunSpec | undefined {
  for (const entry of entries) {
    const planned = entry.cases.find(({ firstRun, repeats }) => index >= firstRun && index < firstRun + repeats)
    if (planned) return specOf(entry, planned, index - planned.firstRun + 1)
  }
  return undefined
}

/** How many of its runs are conducted in any event. */
function neededFor({ repeats, untilDecided }: PlannedCase): number {
  return untilDecided?.min ?? repeats
}

function specOf(entry: PlannedEntry, planned: PlannedCase, repeat: number): RunSpec {
  return { index: planned.firstRun + repeat - 1, key: runKey(planned.key, repeat), repeat, entry, case: planned }
}

export function runKey(planned: CaseKey, repeat: number): RunKey {
  return `${planned}#${repeat}` as RunKey
}

/** The case of a run, from its key. */
export function caseOfRun(run: RunKey): CaseKey {
  return run.slice(0, run.lastIndexOf('#')) as CaseKey
}
