import type { Behaviour, Personality, Scenario, TestProfile } from '../../../domain/document.js'
import type { Scenario as RawScenario } from '../../../domain/generated/suite.js'
import type { Metric } from '../../../domain/metric.js'
import { requireModel } from '../context.js'
import type { Context } from '../context.js'
import { given, readable } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Declared } from '../merge-sections.js'
import { readDuration } from './read-duration.js'
import { readFrequency } from './read-frequency.js'
import { readOutcome } from './read-outcome.js'
import { checkTemplates, readUtterance } from '../utterance/read-utterance.js'
import type { SoundingSpeaker } from '../utterance/read-utterance.js'
import { resolveReference } from './references.js'
import type { Register } from './references.js'
import { metricsOf, resolveAssertions } from './resolve-assertions.js'
import { resolveConditionalActions } from './resolve-conditional-actions.js'
import { resolveScript } from './resolve-script.js'
import { resolveThresholds } from './resolve-thresholds.js'
import type { LocatedThresholds } from './resolve-thresholds.js'
import { folderOf } from './scenario-names.js'
import type { ScenarioNames } from './scenario-names.js'

/** Everything that scenarios refer to. */
export interface SuiteCast {
  readonly personalities: Register<Personality>
  readonly testProfiles: Register<TestProfile>
  readonly metrics: Register<Metric>
  readonly scenarioNames: ScenarioNames
}

/** A scenario, with the facts that checks of the whole suite need. */
export interface ResolvedScenario {
  readonly scenario: Scenario
  readonly thresholds: LocatedThresholds | undefined
  readonly declared: Declared<RawScenario>
}

const defaults = {
  maxTurns: 30,
  maxDurationMs: 300_000,
  idleTimeoutMs: 10_000,
  idlePrompt: 'Hello, are you still there?',
  frequency: 1,
} as const

/** The scenarios, in the order of the files. */
export function resolveScenarios(declared: readonly Declared<RawScenario>[], cast: SuiteCast, context: Context): ResolvedScenario[] {
  return declared.flatMap(each => (each.raw ? resolveScenario(each, each.raw, cast, context) : []))
}

function resolveScenario(declared: Declared<RawScenario>, raw: Loose<RawScenario>, cast: SuiteCast, context: Context): ResolvedScenario {
  const { places, problems } = context
  const { key, at } = declared
  const { personalities, testProfiles, metrics } = cast
  const maxDurationMs = readDuration(raw, 'max_duration', context) ?? defaults.maxDurationMs
  const speaker = { hasId: 'id' in raw, base: declared.file.base, maxDurationMs }
  const expect = resolveAssertions(raw.expect, metrics, context)
  const listed = [...readable(raw.metrics)].flatMap(([index, name]) => {
    const place = () => places.value(raw.metrics ?? raw, index)
    return resolveReference(name, metrics, place, problems)?.key ?? []
  })
  const thresholds = raw.thresholds && resolveThresholds(raw.thresholds, cast, context)
  if ('idle_prompt' in raw) checkIdlePrompt(raw, speaker, context)

  const scenario: Scenario = {
    key,
    name: raw.name ?? key,
    at,
    tags: [...readable(raw.tags)].map(([, tag]) => tag),
    behaviour: resolveBehaviour(declared, raw, speaker, context),
    expect,
    metrics: [...new Set([...listed, ...metricsOf(expect)])],
    maxTurns: raw.max_turns ?? defaults.maxTurns,
    maxDurationMs,
    idleTimeoutMs: readDuration(raw, 'idle_timeout', context) ?? defaults.idleTimeoutMs,
    idlePrompt: raw.idle_prompt ?? defaults.idlePrompt,
    frequency: readFrequency(raw, context) ?? defaults.frequency,
    ...given({
      id: raw.id,
      description: raw.description,
      statesIdleTimeout: 'idle_timeout' in raw ? (true as const) : undefined,
      folder: folderOf(declared),
      personality: resolveReference(raw.personality, personalities, () => places.value(raw, 'personality'), problems),
      testProfile: resolveReference(raw.test_profile, testProfiles, () => places.value(raw, 'test_profile'), problems),
      expectedOutcome: readOutcome(raw, { ...speaker, isOfCase: true }, context),
      thresholds: thresholds?.thresholds,
    }),
  }
  return { scenario, thresholds, declared }
}

const drivers = ['script', 'conditional_actions', 'instructions'] as const

function resolveBehaviour(
  { key, at }: Declared<RawScenario>,
  raw: Loose<RawScenario>,
  speaker: SoundingSpeaker,
  context: Context,
): Behaviour {
  const { places, problems } = context
  const [driver, second] = drivers.filter(each => each in raw)
  if (!driver) problems.report('SCENARIO_DRIVER_MISSING', { key, drivers }, at)
  if (driver && second) problems.report('SCENARIO_DRIVERS', { first: driver, second }, places.key(raw, second))
  if (driver && !('instructions' in raw) && 'first_message' in raw) {
    problems.report('FIRST_MESSAGE_MISPLACED', { driver }, places.key(raw, 'first_message'))
  }

  if ('instructions' in raw) {
    requireModel('caller', raw, 'instructions', context)
    checkTemplates(raw, 'instructions', context, speaker)
    if (raw.instructions?.trim() === '') {
      problems.report('TEXT_BLANK', { key: 'instructions' }, places.value(raw, 'instructions'))
    }
  }
  const scripts = [
    ...(raw.script ? [resolveScript(raw.script, context, speaker)] : []),
    ...(raw.conditional_actions ? [resolveConditionalActions(raw.conditional_actions, context, speaker)] : []),
  ]
  const [script] = scripts
  if (script) return { kind: 'script', script }
  return {
    kind: 'instructions',
    instructions: raw.instructions ?? '',
    ...('first_message' in raw && { firstMessage: readUtterance(raw, 'first_message', context, speaker) }),
  }
}

function checkIdlePrompt(raw: Loose<RawScenario>, speaker: SoundingSpeaker, context: Context) {
  const [first, ...others] = readUtterance(raw, 'idle_prompt', context, speaker)
  if (raw.idle_prompt !== undefined && (first?.type !== 'text' || others.length > 0)) {
    context.problems.report('IDLE_PROMPT_ACTS', {}, context.places.value(raw, 'idle_prompt'))
  }
}
