import { addAll } from '../../domain/add-all.js'
import { isCalled, isHosted } from '../../domain/connection-facts.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, Document, Named, RunEntry } from '../../domain/document.js'
import type { CaseKey } from '../../domain/ids.js'
import type { HostedEntry, Plan, PlannedCase, PlannedEntry } from '../../domain/plan.js'
import { knownSecrets } from '../../domain/known-secrets.js'
import { createMask } from '../../domain/mask.js'
import { entriesOf, limitsOf, scenariosOf } from '../../domain/run-request.js'
import { selectScenarios, slugOf } from '../../domain/selection.js'
import type { Thresholds } from '../../domain/thresholds.js'
import { agentWith } from './agent-override.js'
import { checkCase, checkTexts } from './check-case.js'
import { checkConnection, checkStart } from './check-connection.js'
import { checkNumbers } from './check-numbers.js'
import { checkEvidence } from './check-evidence.js'
import { checkMustPass } from './check-must-pass.js'
import { checkOptions, matchesFilter } from './check-options.js'
import { checkRepeats } from './check-repeats.js'
import { hostedCases } from './hosted-cases.js'
import { hostedRequest } from './hosted-request.js'
import type { PlanOptions } from '../../domain/plan-options.js'
import { checkOptionValues } from './check-option-values.js'
import { checkSound, checkSoundMetrics } from './check-sound.js'
import { checkUntilDecided } from './check-until-decided.js'
import { checkPrices, neededModels, speechOf } from './needed-models.js'
import { asCalled, checkCall } from './planned-call.js'
import { plannedControls } from './planned-controls.js'
import { repeatsOf } from './until-decided.js'

export type Planned = { readonly plan: Plan; readonly warnings: readonly Diagnostic[] } | { readonly diagnostics: readonly Diagnostic[] }

/**
 * Expands a suite into its runs: agent x scenario x personality x test profile x repeat, in the order of the file. The same
 * suite, options and seed give the same plan.
 */
export function planRuns(suite: Document, options: PlanOptions = {}): Planned {
  const wrong = [...checkOptionValues(options)]
  if (wrong.length > 0) return { diagnostics: wrong }
  const document = requested(suite, options)
  const problems: Diagnostic[] = []
  const entries: PlannedEntry[] = []
  const everyCase: UnplacedCase[] = []
  const toBegin: HostedEntry[] = []
  // Keys contain names, so secrets in names are masked first.
  const mask = createMask(knownSecrets(document))
  const wanted = options.cases && new Set(options.cases)
  let totalRuns = 0
  const hasHosted = document.entries.some(({ agent }) => isHosted(agent.connection))
  for (const entry of document.entries) {
    const slug = slugOf(mask.text(entry.name))
    const agent = withPickedTools(agentWith(entry.agent, options.agents, problems), entry)
    addAll(problems, checkStart(agent))
    const cases: PlannedCase[] = []
    const place = (planned: UnplacedCase, isIn: (index: number) => boolean): void => {
      const index = everyCase.push(planned) - 1
      if (!isIn(index)) return
      cases.push({ ...planned, index, firstRun: totalRuns })
      totalRuns += planned.repeats
    }
    if (isHosted(agent.connection)) {
      const begun = options.hosted?.[slug]
      const request = begun ? undefined : hostedRequest({ slug, entry, agent, connection: agent.connection }, document, options, problems)
      if (request) toBegin.push({ slug, entry, agent, request })
      for (const planned of begun ? hostedCases(begun, entry, document) : [])
        place({ ...planned, key: caseKeyOf(slug, planned) }, () => true)
    } else {
      addAll(problems, [...checkConnection(agent), ...checkNumbers(entry, agent)])
      const selected = selectScenarios(document.scenarios, entry)
      if (selected.length === 0) problems.push(diagnose('SELECTS_NOTHING', { entry: entry.name }, entry.at))
      addAll(problems, checkMustPass(entry.thresholds, selected, entry.name, entry.at))
      for (const uncalled of casesOf({ slug, entry }, selected, document.thresholds, options.frequency)) {
        const planned = { ...uncalled, ...asCalled(uncalled, agent, document) }
        addAll(problems, checkCase(planned, agent, document.metrics))
        addAll(problems, checkSound(planned.scenario, agent))
        addAll(problems, checkSoundMetrics(planned.scenario, agent, document.metrics))
        addAll(problems, checkCall(planned, agent, document.metrics))
        addAll(problems, checkEvidence(planned.scenario, agent, document.metrics))
        addAll(problems, checkUntilDecided(planned))
        place(planned, index => wanted?.has(planned.key) !== false && isWanted(planned, index, options))
      }
    }
    if (cases.length > 0) entries.push({ index: entries.length, slug, entry, agent, cases })
  }

  const { maxRuns } = document.limits
  // Fewer repeats on the command line mean a quick look; the gate is then inconclusive.
  if (options.frequency === undefined) addAll(problems, checkRepeats(entries, document.thresholds))
  if (toBegin.length === 0)
    addAll(
      problems,
      checkMustPass(
        document.thresholds,
        everyCase.map(({ scenario }) => scenario),
        document.name,
      ),
    )
  // Only a hosted service knows what it has.
  if (!hasHosted) addAll(problems, checkOptions(options, document, everyCase))
  const conductedHere = entries
    .filter(({ agent }) => !isHosted(agent.connection))
    .flatMap(({ cases }) => cases.map(({ scenario }) => scenario))
  const isSpoken = entries.some(({ agent }) => isCalled(agent.connection))
  const models = { ...neededModels(conductedHere, document), ...(isSpoken && speechOf(document)) }
  addAll(problems, checkPrices(models, document.limits.maxCost))
  const controls = plannedControls(conductedHere, document)
  for (const { control, ...caller } of controls) addAll(problems, checkTexts({ scenario: control.scenario, ...caller }, document.metrics))
  const thresholds = withBaseline(document.thresholds, options.baseline)
  if (thresholds.noRegression && thresholds.noRegression.baseline === undefined) problems.push(diagnose('BASELINE_UNNAMED', {}))
  if (totalRuns === 0 && toBegin.length === 0 && problems.length === 0) problems.push(nothingLeft(everyCase.length, options))
  if (totalRuns > maxRuns) problems.push(diagnose('TOO_MANY_RUNS', { runs: totalRuns, most: maxRuns }))
  if (problems.some(problem => problem.severity === 'error')) return { diagnostics: unique(problems) }

  const { concurrency, maxFailures, seed = 1 } = options
  const limits = {
    ...document.limits,
    ...(concurrency !== undefined && { concurrency }),
    ...(maxFailures !== undefined && { maxFailures }),
  }
  const waivers = [...(document.waivers ?? []), ...(options.waivers ?? [])]
  const plan = {
    entries,
    totalRuns,
    seed,
    limits,
    retries: document.retries,
    ...recordingsOf(document),
    thresholds,
    ...(waivers.length > 0 && { waivers }),
    models,
    controls,
    ...(toBegin.length > 0 && { toBegin }),
  }
  return { plan, warnings: unique(problems) }
}

/** Which recordings are kept, and how. */
function recordingsOf({ recordings, recordingFormat }: Document): Pick<Document, 'recordings' | 'recordingFormat'> {
  return { recordings, ...(recordingFormat && { recordingFormat }) }
}

/** The agent with the entry's choice of mock tools. */
function withPickedTools(agent: Agent, { mockToolNames: picked }: RunEntry): Agent {
  return agent.mockTools && picked ? { ...agent, mockTools: { ...agent.mockTools, picked } } : agent
}

/** A baseline on the command line asks for no regression, whether or not the suite does. */
function withBaseline(thresholds: Thresholds, baseline: string | undefined): Thresholds {
  if (baseline === undefined) return thresholds
  return { ...thresholds, noRegression: { alpha: 0.05, ...thresholds.noRegression, baseline } }
}

/** The suite, narrowed to a request. */
function requested(suite: Document, { request }: PlanOptions): Document {
  const [source] = suite.sources
  if (!request || !source) return suite
  return {
    ...suite,
    scenarios: scenariosOf(request, suite),
    entries: entriesOf(request, suite, { file: source, start: 0, end: 0 }),
    // The API has a verdict of its own for the runs; only what the suite says about metrics is added.
    thresholds: { metrics: suite.thresholds.metrics },
    limits: limitsOf(request, suite),
  }
}

type UnplacedCase = Omit<PlannedCase, 'index' | 'firstRun'>

function* casesOf(
  { slug, entry }: Pick<PlannedEntry, 'slug' | 'entry'>,
  scenarios: Document['scenarios'],
  suite: Thresholds,
  frequency: number | undefined,
): Generator<UnplacedCase> {
  for (const scenario of scenarios) {
    const personalities = entry.personalities.length > 0 ? entry.personalities : [scenario.personality]
    const testProfiles = entry.testProfiles.length > 0 ? entry.testProfiles : [scenario.testProfile]
    for (const personality of personalities) {
      for (const testProfile of testProfiles) {
        yield {
          key: caseKeyOf(slug, { scenario, personality, testProfile }),
          scenario,
          ...(personality && { personality }),
          ...(testProfile && { testProfile }),
          ...repeatsOf(frequency ?? entry.frequency ?? scenario.frequency, {
            suite,
            entry: entry.thresholds,
            scenario: scenario.thresholds,
          }),
        }
      }
    }
  }
}

/** `smoke/cancel_appointment/calm/maria`. A `-` stands for a missing personality before a test profile. */
function caseKeyOf(
  slug: string,
  { scenario, personality, testProfile }: { readonly [noun in 'scenario' | 'personality' | 'testProfile']?: Named | undefined },
): CaseKey {
  const parts = [slug, scenario?.key]
  if (personality || testProfile) parts.push(personality?.key ?? '-')
  if (testProfile) parts.push(testProfile.key)
  return parts.join('/') as CaseKey
}

function isWanted(planned: UnplacedCase, place: number, { tags, filter, shard }: PlanOptions): boolean {
  if (tags && !tags.some(tag => planned.scenario.tags.includes(tag))) return false
  if (shard && place % shard.of !== shard.nth - 1) return false
  return !filter || filter.some(text => matchesFilter(planned, text))
}

function nothingLeft(cases: number, { tags, filter, shard }: PlanOptions): Diagnostic {
  const options = [
    ...(tags ?? []).map(tag => `tag ${JSON.stringify(tag)}`),
    ...(filter ?? []).map(text => `filter ${JSON.stringify(text)}`),
    ...(shard ? [`shard ${shard.nth}/${shard.of}`] : []),
  ].join(', ')
  return diagnose('OPTIONS_LEAVE_NOTHING', { options, cases })
}

/** Each case checks its steps, so shared steps would be reported repeatedly. */
function unique(problems: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>()
  return problems.filter(({ code, message, at }) => {
    const key = JSON.stringify([code, message, at?.file.path, at?.start])
    return !seen.has(key) && seen.add(key)
  })
}
