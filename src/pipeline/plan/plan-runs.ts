import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Document, RunEntry } from '../../domain/document.js'
import type { CaseKey } from '../../domain/ids.js'
import type { Plan, PlannedCase, PlannedEntry } from '../../domain/plan.js'
import { selectScenarios, slugOf } from '../../domain/selection.js'
import { agentWith } from './agent-override.js'
import { checkCase } from './check-case.js'
import { checkConnection } from './check-connection.js'
import { checkRepeats } from './check-repeats.js'

/** What the command line adds to a suite. */
export interface PlanOptions {
  /** Repeats of each case, instead of the suite's own. */
  readonly frequency?: number
  /** Only scenarios with any of these. */
  readonly tags?: readonly string[]
  /** Only cases whose key or scenario name holds one of these texts, upper and lower case alike. */
  readonly filter?: readonly string[]
  /** Only these cases. */
  readonly cases?: readonly CaseKey[]
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
  const problems: Diagnostic[] = [...unknownAgents(document, options)]
  const entries: PlannedEntry[] = []
  const cases = options.cases && new Set(options.cases)
  const unmet = new Set(options.cases)
  let caseIndex = 0
  let totalRuns = 0
  for (const entry of document.entries) {
    const slug = slugOf(entry.name)
    const agent = agentWith(entry.agent, options.agents, problems)
    problems.push(...checkConnection(agent))
    const selected = selectScenarios(document.scenarios, entry)
    if (selected.length === 0) problems.push(diagnose('SELECTS_NOTHING', { entry: entry.name }, entry.at))
    const own: PlannedCase[] = []
    for (const planned of casesOf(entry, selected, slug, options.frequency)) {
      const place = caseIndex
      caseIndex += 1
      problems.push(...checkCase(planned, agent))
      unmet.delete(planned.key)
      if (cases?.has(planned.key) === false || !isWanted(planned, place, options)) continue
      own.push({ ...planned, index: place, firstRun: totalRuns })
      totalRuns += planned.repeats
    }
    if (own.length > 0) entries.push({ index: entries.length, slug, entry, agent, cases: own })
  }

  problems.push(...[...unmet].map(key => diagnose('OPTION_CASE_GONE', { key })))
  const { maxRuns } = document.limits
  // Who asks for fewer on the command line wants a quick look; the gate then says that it could not tell.
  if (options.frequency === undefined) problems.push(...checkRepeats(entries, document.thresholds))
  if (totalRuns === 0 && problems.length === 0) problems.push(nothingLeft(caseIndex, options))
  if (totalRuns > maxRuns) problems.push(diagnose('TOO_MANY_RUNS', { runs: totalRuns, most: maxRuns }))
  if (problems.some(problem => problem.severity === 'error')) return { diagnostics: unique(problems) }

  const { concurrency, maxFailures, seed = 1 } = options
  const limits = {
    ...document.limits,
    ...(concurrency !== undefined && { concurrency }),
    ...(maxFailures !== undefined && { maxFailures }),
  }
  const { retries, thresholds } = document
  return { plan: { entries, totalRuns, seed, limits, retries, thresholds }, warnings: unique(problems) }
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

function isWanted(planned: UnplacedCase, place: number, { tags, filter, shard }: PlanOptions): boolean {
  if (tags && !tags.some(tag => planned.scenario.tags.includes(tag))) return false
  if (shard && place % shard.of !== shard.nth - 1) return false
  if (!filter) return true
  const text = `${planned.key}\n${planned.scenario.name}`.toLowerCase()
  // A run key pasted from a report names its case.
  return filter.some(wanted => text.includes(wanted.toLowerCase().replace(/#\d+$/, '')))
}

function unknownAgents({ agents }: Document, options: PlanOptions): Diagnostic[] {
  const known = agents.map(({ key }) => key)
  const unknown = Object.keys(options.agents ?? {}).filter(key => !known.includes(key))
  return unknown.map(key => diagnose('OPTION_AGENT_UNKNOWN', { key, known }))
}

function nothingLeft(cases: number, { tags, filter, shard }: PlanOptions): Diagnostic {
  const options = [
    ...(tags ?? []).map(tag => `--tag ${tag}`),
    ...(filter ?? []).map(text => `--filter ${JSON.stringify(text)}`),
    ...(shard ? [`--shard ${shard.nth}/${shard.of}`] : []),
  ].join(' ')
  return diagnose('OPTIONS_LEAVE_NOTHING', { options, cases })
}

/** The same step is checked for each case that has it; its author reads of it once. */
function unique(problems: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>()
  return problems.filter(({ code, message, at }) => {
    const key = JSON.stringify([code, message, at?.file.path, at?.start])
    return !seen.has(key) && seen.add(key)
  })
}
