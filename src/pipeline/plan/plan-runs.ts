import type { Diagnostic } from '../../domain/diagnostic.js'
import type { Document, RunEntry } from '../../domain/document.js'
import type { CaseKey } from '../../domain/ids.js'
import type { Plan, PlannedCase, PlannedEntry } from '../../domain/plan.js'
import { agentWith } from './agent-override.js'
import { checkCase } from './check-case.js'
import { selectScenarios } from './select-scenarios.js'

/** What the command line adds to a suite. */
export interface PlanOptions {
  /** Repeats of each case, instead of the suite's own. */
  readonly frequency?: number
  /** Only scenarios with any of these. */
  readonly tags?: readonly string[]
  /** Only cases whose key or scenario name holds one of these texts, upper and lower case alike. */
  readonly filter?: readonly string[]
  /** The nth part of `of` parts, from 1. A case is never split. */
  readonly shard?: { readonly nth: number; readonly of: number }
  readonly seed?: number
  readonly concurrency?: number
  readonly maxFailures?: number
  /** Agent key to the address it is reached at instead; its `start` is then left out. */
  readonly agents?: Readonly<Record<string, string>>
}

export type Planned =
  | { readonly plan: Plan; readonly warnings: readonly Diagnostic[] }
  | { readonly diagnostics: readonly Diagnostic[] }

/**
 * Expands a suite into what will run: agent x scenario x personality x test profile x repeat, in the order of the file.
 * The same suite, options and seed give the same plan.
 */
export function planRuns(document: Document, options: PlanOptions = {}): Planned {
  const problems: Diagnostic[] = []
  const entries: PlannedEntry[] = []
  let caseIndex = 0
  let totalRuns = 0
  for (const entry of document.entries) {
    const slug = slugOf(entry.name)
    const agent = agentWith(entry.agent, options.agents, problems)
    const selected = selectScenarios(document.scenarios, entry)
    if (selected.length === 0) problems.push(selectsNothing(entry))
    const cases: PlannedCase[] = []
    for (const planned of casesOf(entry, selected, slug, options.frequency)) {
      const place = caseIndex
      caseIndex += 1
      problems.push(...checkCase(planned, agent))
      if (!isWanted(planned, place, options)) continue
      cases.push({ ...planned, index: place, firstRun: totalRuns })
      totalRuns += planned.repeats
    }
    if (cases.length > 0) entries.push({ index: entries.length, slug, entry, agent, cases })
  }

  const unknown = Object.keys(options.agents ?? {}).filter(key => !document.agents.some(agent => agent.key === key))
  for (const key of unknown) problems.push(unknownAgent(key, document))
  if (totalRuns === 0 && problems.length === 0) problems.push(nothingLeft(caseIndex, options))
  if (totalRuns > document.limits.maxRuns) problems.push(tooManyRuns(totalRuns, document))
  if (problems.some(problem => problem.severity === 'error')) return { diagnostics: unique(problems) }

  const { concurrency, maxFailures, seed = 1 } = options
  return {
    plan: {
      entries,
      totalRuns,
      seed,
      limits: {
        ...document.limits,
        ...(concurrency !== undefined && { concurrency }),
        ...(maxFailures !== undefined && { maxFailures }),
      },
      retries: document.retries,
      thresholds: document.thresholds,
    },
    warnings: unique(problems),
  }
}

type UnplacedCase = Omit<PlannedCase, 'index' | 'firstRun'>

function* casesOf(
  entry: RunEntry,
  scenarios: Document['scenarios'],
  slug: string,
  frequency: number | undefined,
): Generator<UnplacedCase> {
  for (const scenario of scenarios) {
    const personalities = entry.personalities.length > 0 ? entry.personalities : [scenario.personality]
    const testProfiles = entry.testProfiles.length > 0 ? entry.testProfiles : [scenario.testProfile]
    for (const personality of personalities) {
      for (const testProfile of testProfiles) {
        yield {
          key: caseKey(slug, scenario.key, personality?.key, testProfile?.key),
          scenario,
          ...(personality && { personality }),
          ...(testProfile && { testProfile }),
          repeats: frequency ?? entry.frequency ?? scenario.frequency,
        }
      }
    }
  }
}

/** `smoke/cancel_appointment/calm/maria`; a `-` stands for a personality that is not there before a profile that is. */
function caseKey(slug: string, scenario: string, personality?: string, testProfile?: string): CaseKey {
  const parts = [slug, scenario]
  if (personality !== undefined || testProfile !== undefined) parts.push(personality ?? '-')
  if (testProfile !== undefined) parts.push(testProfile)
  return parts.join('/') as CaseKey
}

/** A name as keys bear it: lower case, everything but letters and digits a hyphen. */
function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '') || 'run'
}

function isWanted(planned: UnplacedCase, place: number, { tags, filter, shard }: PlanOptions): boolean {
  if (tags && !tags.some(tag => planned.scenario.tags.includes(tag))) return false
  if (shard && place % shard.of !== shard.nth - 1) return false
  if (!filter) return true
  const text = `${planned.key}\n${planned.scenario.name}`.toLowerCase()
  // A run key pasted from a report names its case.
  return filter.some(wanted => text.includes(wanted.toLowerCase().replace(/#\d+$/, '')))
}

function selectsNothing(entry: RunEntry): Diagnostic {
  return {
    code: 'SELECTS_NOTHING',
    severity: 'error',
    message: `The run entry "${entry.name}" selects no scenario.`,
    hint: 'Its scenarios and tags must hold together: loosen one of them. A suite that runs nothing would prove nothing.',
    at: entry.at,
  }
}

function nothingLeft(cases: number, { tags, filter, shard }: PlanOptions): Diagnostic {
  const asked = [
    tags && `--tag ${tags.join(' --tag ')}`,
    filter && `--filter ${filter.map(text => JSON.stringify(text)).join(' --filter ')}`,
    shard && `--shard ${shard.nth}/${shard.of}`,
  ].filter(Boolean)
  return {
    code: 'SELECTS_NOTHING',
    severity: 'error',
    message: `${asked.join(' with ') || 'The suite'} leaves none of ${cases} cases to run.`,
    hint: 'See what there is: callsheet plan <suite>.',
  }
}

function tooManyRuns(totalRuns: number, document: Document): Diagnostic {
  return {
    code: 'TOO_MANY_RUNS',
    severity: 'error',
    message: `The plan has ${totalRuns} runs; limits.max_runs is ${document.limits.maxRuns}.`,
    hint: 'Raise limits.max_runs if that many calls are meant, or select fewer.',
  }
}

function unknownAgent(key: string, document: Document): Diagnostic {
  return {
    code: 'AGENT_UNKNOWN',
    severity: 'error',
    message: `--agent names "${key}", which is no agent of the suite.`,
    hint: `Its agents: ${document.agents.map(agent => agent.key).join(', ')}.`,
  }
}

/** The same step is checked for each case that has it; its author reads of it once. */
function unique(problems: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>()
  return problems.filter(({ code, message, at }) => {
    const key = JSON.stringify([code, message, at?.file.path, at?.start])
    return !seen.has(key) && seen.add(key)
  })
}
