import { caseVariables } from '../../domain/case-variables.js'
import { deniedMetadata } from '../../domain/denied-metadata.js'
import { deniedTools, type DeniedTool } from '../../domain/denied-tools.js'
import { fillInText } from '../../domain/fill-in-checks.js'
import { pickedTools } from '../../domain/mock-tool.js'
import type { Agent, Named } from '../../domain/document.js'
import type { CallSummary, ModelSummary, PlanSummary, SpeechSummary } from '../../domain/event.js'
import { temperatureOf, type Model } from '../../domain/model.js'
import type { PlannedCall } from '../../domain/planned-call.js'
import type { SpeechSettings } from '../../domain/speech-settings.js'
import { isUsual } from '../../domain/turn-text.js'
import type { Plan, PlannedCase, PlannedEntry } from '../../domain/plan.js'
import { findsWords } from '../../domain/model-driven.js'
import { locate } from '../../domain/source.js'

/** The plan as reports need it: plain data, without scripts and connections. */
export function summarise(plan: Plan): PlanSummary {
  const { seed, totalRuns, thresholds, waivers, limits, entries, controls } = plan
  return {
    seed,
    totalRuns,
    thresholds,
    ...(waivers && { waivers }),
    ...(limits.maxFailures !== undefined && { maxFailures: limits.maxFailures }),
    ...(limits.maxWaiverDays !== undefined && { maxWaiverDays: limits.maxWaiverDays }),
    ...(controls.length > 0 && { controls: controls.map(({ control }) => control.key) }),
    ...summariseModels(plan),
    entries: entries.map(summariseEntry),
  }
}

/** The settings of the models that affect their answers. */
export function summariseModels({
  models: { caller, judge, tts, stt, detector },
  seed: planSeed,
}: Pick<Plan, 'models' | 'seed'>): Pick<PlanSummary, 'caller' | 'judge' | 'tts' | 'stt' | 'detector'> {
  const summariseModel = (model: Model): ModelSummary => {
    const temperature = temperatureOf(model)
    return { model: model.model, ...(temperature !== undefined && { temperature }), seed: model.seed ?? planSeed }
  }
  return {
    ...(caller && { caller: summariseModel(caller) }),
    ...(judge && { judge: { ...summariseModel(judge), votes: judge.votes } }),
    ...(tts && { tts: summariseSpeech(tts) }),
    ...(stt && { stt: summariseSpeech(stt) }),
    ...(detector && { detector }),
  }
}

function summariseEntry({ index, slug, entry, agent, cases }: PlannedEntry): PlanSummary['entries'][number] {
  const denied = [...new Set(cases.flatMap(deniedIn))].toSorted()
  const tools = deniedToolsIn(cases, agent)
  return {
    index,
    name: entry.name,
    slug,
    agent: {
      ...named(agent),
      ...(Object.keys(agent.identity).length > 0 && { identity: agent.identity }),
      channel: agent.connection.type,
      ...(!isUsual(agent.messages) && { messages: agent.messages }),
    },
    ...(entry.thresholds && { thresholds: entry.thresholds }),
    ...(tools.length > 0 && { deniedTools: tools }),
    ...(denied.length > 0 && { deniedMetadata: denied }),
    cases: cases.map(summariseCase),
  }
}

/** The names of mock tools are known not to be mistyped. */
function deniedToolsIn(cases: readonly PlannedCase[], { mockTools }: Agent): DeniedTool[] {
  const declared = new Set(pickedTools(mockTools).map(({ name }) => name))
  const tools = cases.flatMap(planned =>
    planned.scenario.expect
      .flatMap(assertion => deniedTools(assertion))
      .map(({ name, keys }) => ({ name: fillInText(name, caseVariables(planned)), keys })),
  )
  const names = new Set(tools.map(({ name }) => name).filter(name => !declared.has(name)))
  // Sorted: a merge of shards has the same as the whole.
  const keysOf = (tool: string): string[] => [...new Set(tools.flatMap(({ name, keys }) => (name === tool ? keys : [])))].toSorted()
  return [...names].toSorted().map(name => ({ name, keys: keysOf(name) }))
}

function deniedIn(planned: PlannedCase): string[] {
  return planned.scenario.expect.flatMap(assertion => deniedMetadata(assertion)).map(pointer => fillInText(pointer, caseVariables(planned)))
}

function summariseCase(planned: PlannedCase): PlanSummary['entries'][number]['cases'][number] {
  const { index, key, repeats, untilDecided, firstRun, scenario, personality, testProfile, call } = planned
  return {
    index,
    key,
    repeats,
    ...(untilDecided && { untilDecided }),
    firstRun,
    scenario: {
      ...named(scenario),
      ...(scenario.folder !== undefined && { folder: scenario.folder }),
      tags: scenario.tags,
      ...(findsWords(scenario.behaviour) && { ownWords: true }),
      metrics: scenario.metrics,
      file: scenario.at.file.path,
      line: locate(scenario.at.file, scenario.at.start).line,
      ...(scenario.thresholds && { thresholds: scenario.thresholds }),
    },
    ...(personality && { personality: named(personality) }),
    ...(testProfile && { testProfile: named(testProfile) }),
    ...(call && { call: withoutFile(call) }),
  }
}

/** What decides how an engine speaks or hears. */
function summariseSpeech(settings: SpeechSettings): SpeechSummary {
  const { engine, voice, speed, language } = settings
  const model = 'model' in settings ? settings.model : 'preset' in settings ? settings.preset : undefined
  return {
    engine,
    ...(model !== undefined && { model }),
    ...('models' in settings && settings.models !== undefined && { models: lastPart(settings.models) }),
    ...(voice !== undefined && { voice }),
    ...(speed !== undefined && { speed }),
    ...(language !== undefined && { language }),
  }
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast(part => part !== '') ?? path
}

/** A recording's place on this machine does not matter to reports. */
function withoutFile({ sound, ...call }: PlannedCall): CallSummary {
  const { backgroundNoise, ...others } = sound
  if (!backgroundNoise) return { ...call, sound }
  const { file: _, ...noise } = backgroundNoise
  return { ...call, sound: { ...others, backgroundNoise: noise } }
}

function named({ key, id, name }: Named): { key: string; id?: number; name: string } {
  return { key, ...(id !== undefined && { id }), name }
}
