import { traitsOf } from '../../../domain/connection.js'
import { defaultConversationLimits, type ConversationLimits, type Document, type Limits, type Retries } from '../../../domain/document.js'
import type {
  ConversationLimits as RawConversationLimits,
  Limits as RawLimits,
  Retries as RawRetries,
} from '../../../domain/generated/suite.js'
import type { Span } from '../../../domain/source.js'
import { checkGates, checkProofs } from './check-gates.js'
import { checkControls, checkJudges } from './check-judges.js'
import type { Context } from '../context.js'
import { given, isWhole } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Sections } from '../merge-sections.js'
import type { LoadedFile } from '../read/read-files.js'
import { readDuration } from './read-duration.js'
import { resolveAgents } from './resolve-agents.js'
import type { resolveControls } from './resolve-controls.js'
import { entryOfAll, resolveEntries } from './resolve-entries.js'
import type { Casting, ResolvedEntry } from './resolve-entries.js'
import { resolveMetrics } from './resolve-metrics.js'
import { resolveModels } from './resolve-models.js'
import { resolvePersonalities, resolveTestProfiles } from './resolve-people.js'
import { resolveScenarios } from './resolve-scenarios.js'
import { resolveSpeech } from './resolve-speech.js'
import { resolveThresholds } from './resolve-thresholds.js'
import { resolveTrunks } from './resolve-trunks.js'
import { resolveWaivers } from './resolve-waivers.js'
import { namesOf } from './scenario-names.js'

/**
 * Makes the document from a suite's sections: fills in defaults, resolves every reference, and reports what is missing,
 * unknown or contradictory. The result is valid only if nothing was reported as an error.
 */
export function resolveSuite(
  sections: Sections,
  files: readonly LoadedFile[],
  controlsOf: typeof resolveControls,
  use: Omit<Context, 'models'>,
): Omit<Document, 'sources' | 'secrets' | 'variables'> | undefined {
  const { models, suite } = sections
  const context = { ...use, models: { caller: 'caller' in models, judge: 'judge' in models } }
  const [root] = files
  if (!root) return undefined
  checkComplete(sections, root, context)

  const scenarioNames = namesOf(sections.scenarios)
  const agents = resolveAgents(sections.agents, resolveTrunks(sections.trunks, context), context)
  const personalities = resolvePersonalities(sections.personalities, context)
  const testProfiles = resolveTestProfiles(sections.testProfiles, context)
  const metrics = resolveMetrics(sections.metrics, context)
  const casting: Casting = { agents, personalities, testProfiles, metrics, scenarioNames }
  const scenarios = resolveScenarios(sections.scenarios, casting, context)
  const entries = entriesOf(sections, root, casting, context)
  const thresholds = sections.thresholds && resolveThresholds(sections.thresholds, casting, context, 'suite')

  const speech = resolveSpeech(sections, files, context)

  checkJudges(scenarios, metrics, sections.metrics, context)
  const controls = controlsOf(sections.controls, scenarios, metrics, context)
  if (controls.length === sections.controls.length) checkControls({ controls, scenarios, metrics, models }, context)
  checkProofs(scenarios, metrics, context)
  const located = [thresholds, ...entries.map(entry => entry.thresholds), ...scenarios.map(scenario => scenario.thresholds)]
  const resolved = entries.length === (sections.runs?.length ?? 1)
  if (resolved && located.every(each => each?.sound ?? true) && files.every(hasWholeGates)) {
    checkGates({ suite: thresholds, entries, scenarios, metrics }, context)
  }

  return {
    name: suite?.name ?? '',
    models: { ...resolveModels(sections, context), ...speech.engines },
    recordings: sections.recordings ?? 'default',
    ...(sections.recordingFormat && { recordingFormat: sections.recordingFormat }),
    callerCheck: sections.callerCheck ?? true,
    agents: agents.all,
    personalities: personalities.all,
    testProfiles: testProfiles.all,
    metrics: metrics.all,
    scenarios: scenarios.map(({ scenario }) => scenario),
    entries: entries.map(({ entry }) => entry),
    controls,
    thresholds: thresholds?.thresholds ?? { metrics: [] },
    limits: readLimits(sections.limits, context),
    retries: readRetries(sections.retries),
    ...(sections.waivers.length > 0 && { waivers: resolveWaivers(sections.waivers, context) }),
    ...given({ description: suite?.description, owner: suite?.owner, hear: speech.hear, detector: speech.detector }),
  }
}

/** Whether the parts that gate, and the parts they cover, are complete. */
function hasWholeGates({ suite }: LoadedFile): boolean {
  return (['runs', 'scenarios', 'thresholds'] as const).every(section => !(section in suite) || isWhole(suite[section]))
}

/** Reports required parts that are missing. */
function checkComplete({ agents, scenarios }: Sections, root: LoadedFile, { problems }: Context) {
  const top = topOf(root)
  for (const key of ['version', 'suite'] as const) {
    if (!(key in root.suite)) problems.report('SUITE_INCOMPLETE', { key }, top)
  }
  if (agents.length === 0) problems.report('SUITE_INCOMPLETE', { key: 'agents' }, top)
  const isElsewhere = agents.some(({ raw }) => raw?.connection?.type !== undefined && traitsOf[raw.connection.type].hosted)
  if (scenarios.length === 0 && !isElsewhere) problems.report('SUITE_INCOMPLETE', { key: 'scenarios' }, top)
}

function entriesOf({ runs, suite, agents }: Sections, root: LoadedFile, casting: Casting, context: Context): ResolvedEntry[] {
  if (runs) return resolveEntries(runs, casting, context)
  const at = suite ? context.places.value(suite, 'name') : topOf(root)
  if (agents.length > 1) context.problems.report('RUNS_NEEDED', { agents: agents.map(({ key }) => key) }, topOf(root))
  const entry = entryOfAll(suite?.name ?? '', at, casting.agents)
  return entry ? [{ entry, thresholds: undefined }] : []
}

function topOf({ source }: LoadedFile): Span {
  return { file: source, start: 0, end: 0 }
}

function readLimits(raw: Loose<RawLimits>, context: Context): Limits {
  return {
    concurrency: raw.concurrency ?? 10,
    runTimeoutMs: readDuration(raw, 'run_timeout', context) ?? 600_000,
    maxRuns: raw.max_runs ?? 2000,
    conversation: readConversationLimits(raw.conversation ?? {}),
    stopWhenDecided: raw.stop_when_decided ?? false,
    ...given({
      startsPerSecond: raw.starts_per_second,
      suiteTimeoutMs: readDuration(raw, 'suite_timeout', context),
      maxFailures: raw.max_failures,
      maxCost: raw.max_cost,
      maxWaiverDays: raw.max_waiver,
    }),
  }
}

function readConversationLimits({ max_bytes, max_messages, max_tool_calls }: Loose<RawConversationLimits>): ConversationLimits {
  return {
    maxBytes: max_bytes ?? defaultConversationLimits.maxBytes,
    maxMessages: max_messages ?? defaultConversationLimits.maxMessages,
    maxToolCalls: max_tool_calls ?? defaultConversationLimits.maxToolCalls,
  }
}

function readRetries(raw: Loose<RawRetries>): Retries {
  return { infraError: raw.infra_error ?? 2, agentError: raw.agent_error ?? 0, failed: raw.failed ?? 0 }
}
