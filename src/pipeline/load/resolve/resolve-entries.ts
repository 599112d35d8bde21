import { phoneNumber } from './phone-number.js'
import { checkEntryNumber } from './resolve-call.js'
import { isHosted } from '../../../domain/connection-facts.js'
import type { Agent, Personality, RunEntry, Selector, TestProfile } from '../../../domain/document.js'
import type { RunEntry as RawEntry } from '../../../domain/generated/suite.js'
import { slugOf } from '../../../domain/selection.js'
import type { Span } from '../../../domain/source.js'
import type { Context } from '../context.js'
import { given, readable } from '../loose.js'
import type { Loose } from '../loose.js'
import type { DeclaredEntry } from '../merge-sections.js'
import { nearest } from '../nearest.js'
import { readFrequency } from './read-frequency.js'
import { reportUnknown, resolveReference } from './references.js'
import type { Register } from './references.js'
import type { SuiteCast } from './resolve-scenarios.js'
import { resolveThresholds } from './resolve-thresholds.js'
import type { LocatedThresholds } from './resolve-thresholds.js'
import type { ScenarioNames } from './scenario-names.js'

/** Everything that run entries refer to. */
export interface Casting extends SuiteCast {
  readonly agents: Register<Agent>
}

/** A run entry, with the facts that checks of the whole suite need. */
export interface ResolvedEntry {
  readonly entry: RunEntry
  readonly thresholds: LocatedThresholds | undefined
}

/** Reads the run entries. An entry with an unknown agent or unknown scenarios is reported and left out. */
export function resolveEntries(declared: readonly DeclaredEntry[], casting: Casting, context: Context): ResolvedEntry[] {
  checkNames(declared, context)
  return declared.flatMap((each, index) => resolveEntry(each, index, casting, context) ?? [])
}

/** The default run entry: everything, on the suite's only agent. */
export function entryOfAll(name: string, at: Span, agents: Register<Agent>): RunEntry | undefined {
  const [agent] = agents.all
  return (
    agent && {
      name,
      at,
      agent,
      scenarios: { kind: 'all' },
      tags: [],
      tagsAll: [],
      tagsNot: [],
      personalities: [],
      testProfiles: [],
      mode: 'same_number',
    }
  )
}

/** Reports entries whose names give the same run keys. */
function checkNames(declared: readonly DeclaredEntry[], { places, problems }: Context) {
  const seen = new Map<string, { readonly name: string; readonly at: Span }>()
  for (const [index, { raw, at }] of declared.entries()) {
    const name = nameOf(raw, index)
    const place = raw.name === undefined ? at : places.value(raw, 'name')
    const first = seen.get(slugOf(name))
    if (first) {
      problems.report('RUN_NAME_TWICE', { name, first: first.name, slug: slugOf(name) }, place, {
        note: 'First used here.',
        at: first.at,
      })
    } else seen.set(slugOf(name), { name, at: place })
  }
}

function nameOf(raw: Loose<RawEntry>, index: number): string {
  return raw.name ?? `Run ${index + 1}`
}

function resolveEntry({ raw, at }: DeclaredEntry, index: number, casting: Casting, context: Context): ResolvedEntry | undefined {
  const { places, problems } = context
  const { agents, scenarioNames } = casting
  const agent = agentOf(raw, at, agents, context)
  // Only a hosted service knows what it has.
  const isElsewhere = agent !== undefined && isHosted(agent.connection)
  const scenarios = readSelector(raw, scenarioNames, context, isElsewhere)
  const thresholds = raw.thresholds && resolveThresholds(raw.thresholds, casting, context)
  const knownTags = isElsewhere ? undefined : scenarioNames.tags
  const tags = readTags(raw, 'tags', knownTags, context)
  const tagsAll = readTags(raw, 'tags_all', knownTags, context)
  const tagsNot = readTags(raw, 'tags_not', knownTags, context)
  const personalities = everyOne(raw.personalities, casting.personalities, id => ({ ...named(id), language: 'en' }))
  const testProfiles = everyOne(raw.test_profiles, casting.testProfiles, id => ({
    ...named(id),
    agentVariables: {},
    callerVariables: {},
  }))
  if (!agent || !scenarios) return undefined

  const outboundPhoneNumber = phoneNumber(raw.outbound_phone_number)
  checkEntryNumber(agent, outboundPhoneNumber, () => places.value(raw, 'outbound_phone_number'), context)
  const entry: RunEntry = {
    name: nameOf(raw, index),
    at,
    agent,
    scenarios,
    tags,
    tagsAll,
    tagsNot,
    personalities,
    testProfiles,
    mode: raw.mode ?? 'same_number',
    ...given({
      frequency: readFrequency(raw, context),
      outboundPhoneNumber,
      agentNumber: phoneNumber(raw.agent_number),
      concurrencyLimit: raw.concurrency_limit,
      mockToolNames: readMockToolNames(raw, agent, context),
      thresholds: thresholds?.thresholds,
    }),
  }
  return { entry, thresholds }

  function everyOne<Noun extends Personality | TestProfile>(
    list: Loose<readonly (string | number)[]> | undefined,
    register: Register<Noun>,
    elsewhere: (id: number) => Noun,
  ): Noun[] {
    const nouns = [...readable(list)].flatMap(([place, name]) =>
      isElsewhere && typeof name === 'number' && !register.find(name)
        ? elsewhere(name)
        : (resolveReference(name, register, () => places.value(list ?? raw, place), problems) ?? []),
    )
    // A key and an id may name the same noun, and each would multiply the runs.
    return [...new Set(nouns)]
  }

  function named(id: number): { readonly key: string; readonly id: number; readonly name: string; readonly at: Span } {
    return { key: String(id), id, name: String(id), at }
  }
}

function agentOf(raw: Loose<RawEntry>, at: Span, agents: Register<Agent>, { places, problems }: Context): Agent | undefined {
  if ('agent' in raw) {
    return resolveReference(raw.agent, agents, () => places.value(raw, 'agent'), problems)
  }
  const [only, another] = agents.all
  if (another) problems.report('AGENT_NEEDED', { agents: agents.all.map(({ key }) => key) }, at)
  return another ? undefined : only
}

/** @param isElsewhere  Whether unknown names may exist at a hosted service. */
function readSelector(
  raw: Loose<RawEntry>,
  names: ScenarioNames,
  { places, problems }: Context,
  isElsewhere: boolean,
): Selector | undefined {
  if (!('scenarios' in raw)) return { kind: 'all' }
  const { scenarios } = raw
  const at = () => places.value(raw, 'scenarios')
  if (scenarios === undefined) return undefined
  if (scenarios === 'all') return { kind: 'all' }
  if (typeof scenarios === 'number') return { kind: 'first', count: scenarios }
  if (typeof scenarios === 'string') {
    if (names.folders.has(scenarios) || isElsewhere) return { kind: 'folder', folder: scenarios }
    if (names.register.find(scenarios)) problems.report('FOLDER_IS_SCENARIO', { name: scenarios }, at())
    else {
      const known = [...names.folders]
      const near = nearest(scenarios, [...known, 'all'])
      problems.report('FOLDER_UNKNOWN', { name: scenarios, known, nearest: near }, at())
    }
    return undefined
  }
  const keys = [...readable(scenarios)].flatMap(([index, name]) =>
    isElsewhere && typeof name === 'number' && !names.register.find(name)
      ? String(name)
      : (resolveReference(name, names.register, () => places.value(scenarios, index), problems) ?? []),
  )
  return { kind: 'keys', keys: [...new Set(keys)] }
}

/** @param known  `undefined` if a hosted service may have tags of its own. */
function readTags(
  raw: Loose<RawEntry>,
  key: 'tags' | 'tags_all' | 'tags_not',
  known: ReadonlySet<string> | undefined,
  { places, problems }: Context,
): string[] {
  const list = raw[key]
  if (!list) return []
  const tags = [...readable(list)]
  for (const [index, tag] of tags) {
    if (!known || known.has(tag)) continue
    // Excluding an absent tag is odd, but harmless.
    const code = key === 'tags_not' ? 'TAG_NOT_THERE' : 'TAG_UNKNOWN'
    reportUnknown(code, { name: tag, known: [...known], at: places.value(list, index) }, problems)
  }
  return tags.map(([, tag]) => tag)
}

/** Names of the agent's mock tools; all of them if there is no list. */
function readMockToolNames(raw: Loose<RawEntry>, { mockTools }: Agent, { places, problems }: Context): readonly string[] | undefined {
  const list = raw.mock_tool_names
  if (!list) return undefined
  const known = mockTools?.tools.map(({ name }) => name) ?? []
  for (const [index, name] of readable(list)) {
    if (!known.includes(name)) reportUnknown('MOCK_TOOL_UNKNOWN', { name, known, at: places.value(list, index) }, problems)
  }
  return list.flatMap(name => name ?? [])
}
