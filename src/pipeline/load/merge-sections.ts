import type {
  Agent,
  JudgeControl,
  Limits,
  Metric,
  Personality,
  Retries,
  RunEntry,
  Scenario,
  Suite,
  TestProfile,
  Thresholds,
  Trunk,
  Waiver,
} from '../../domain/generated/suite.js'
import type { Span } from '../../domain/source.js'
import { readable } from './loose.js'
import type { Loose } from './loose.js'
import type { Places } from './places.js'
import type { Problems } from './problems.js'
import type { LoadedFile } from './read/read-files.js'

/** Something that a section declares under a key. `raw` is missing if its shape was completely wrong. */
export interface Declared<Part> {
  readonly key: string
  readonly raw: Loose<Part> | undefined
  /** Place of the key. */
  readonly at: Span
  readonly file: LoadedFile
}

/** What a suite says of its environment variables. */
export interface SecretLists {
  /** Secret by the suite's own word, also if only the agent reads them. */
  readonly names: readonly ListedName[]
  /** Not secret, whatever their names say. */
  readonly not: readonly ListedName[]
}

export interface ListedName {
  readonly name: string
  readonly at: Span
}

/** A run entry: the list it is in, and its index. */
export interface DeclaredEntry {
  readonly raw: Loose<RunEntry>
  readonly at: Span
}

/** The suite's sections, merged from all its files. */
export interface Sections {
  readonly suite: Loose<NonNullable<Suite['suite']>> | undefined
  readonly models: Loose<NonNullable<Suite['models']>>
  readonly prices: Loose<NonNullable<Suite['prices']>>
  readonly callerCheck: boolean | undefined
  readonly recordings: Loose<Suite>['recordings']
  readonly recordingFormat: Loose<Suite>['recording_format']
  readonly secrets: SecretLists
  readonly trunks: readonly Declared<Trunk>[]
  readonly agents: readonly Declared<Agent>[]
  readonly personalities: readonly Declared<Personality>[]
  readonly testProfiles: readonly Declared<TestProfile>[]
  readonly metrics: readonly Declared<Metric>[]
  readonly scenarios: readonly Declared<Scenario>[]
  readonly controls: readonly Declared<JudgeControl>[]
  /** Absent if no file has any. */
  readonly runs: readonly DeclaredEntry[] | undefined
  readonly thresholds: Loose<Thresholds> | undefined
  readonly waivers: readonly Loose<Waiver>[]
  readonly limits: Loose<Limits>
  readonly retries: Loose<Retries>
}

type KeyedSection = 'agents' | 'personalities' | 'test_profiles' | 'metrics' | 'scenarios' | 'judge_controls'
type PlainSection = 'models' | 'prices' | 'thresholds' | 'limits' | 'retries'

/** Merges the files of a suite. A key or an id with two meanings is reported at both places. */
export function mergeSections(files: readonly LoadedFile[], places: Places, problems: Problems): Sections {
  const [root, ...included] = files
  for (const { suite } of included) {
    for (const key of ['version', 'suite']) if (key in suite) problems.report('SECTION_NOT_HERE', { key }, places.key(suite, key))
  }

  return {
    suite: root?.suite.suite,
    models: plain('models') ?? {},
    prices: plain('prices') ?? {},
    callerCheck: setting('caller_check'),
    recordings: setting('recordings'),
    recordingFormat: setting('recording_format'),
    secrets: secretLists(),
    trunks: keyedIn<Trunk>(({ telephony }) => telephony?.trunks),
    agents: keyed<Agent>('agents'),
    personalities: keyed<Personality>('personalities'),
    testProfiles: keyed<TestProfile>('test_profiles'),
    metrics: keyed<Metric>('metrics'),
    scenarios: keyed<Scenario>('scenarios'),
    controls: keyed<JudgeControl>('judge_controls'),
    runs: files.some(({ suite }) => 'runs' in suite) ? files.flatMap(entriesOf) : undefined,
    thresholds: plain('thresholds'),
    waivers: files.flatMap(({ suite: { waivers } }) => (waivers ? [...readable(waivers)].map(([, raw]) => raw) : [])),
    limits: plain('limits') ?? {},
    retries: plain('retries') ?? {},
  }

  function keyed<Part>(section: KeyedSection): Declared<Part>[] {
    const all = keyedIn<Part>(suite => suite[section])
    reportTwice(all, 'id', places, problems)
    if (section === 'agents') {
      reportTwice(all, 'assistant_id', places, problems)
      reportTwice(all, 'mock_tools_port', places, problems)
    }
    return all
  }

  function keyedIn<Part>(sectionOf: (suite: LoadedFile['suite']) => object | undefined): Declared<Part>[] {
    const declared = new Map<string, Declared<Part>>()
    for (const file of files) {
      const container = sectionOf(file.suite)
      if (!container) continue
      for (const [key, raw] of Object.entries(container)) {
        const at = places.key(container, key)
        const first = declared.get(key)
        if (first) problems.report('KEY_TWICE', { key }, at, { note: 'First defined here.', at: first.at })
        else declared.set(key, { key, raw: raw as Loose<Part> | undefined, at, file })
      }
    }
    return [...declared.values()]
  }

  function plain<Section extends PlainSection>(section: Section): Loose<NonNullable<Suite[Section]>> | undefined {
    const parts = files.flatMap(({ suite }): object[] => (suite[section] ? [suite[section]] : []))
    if (parts.length === 0) return undefined
    const merged: Record<string, unknown> = {}
    const from = new Map<string, object>()
    for (const part of parts) {
      for (const [key, value] of Object.entries(part)) {
        const first = from.get(key)
        if (first) {
          const related = { note: 'First defined here.', at: places.key(first, key) }
          problems.report('KEY_TWICE', { key }, places.key(part, key), related)
        } else {
          from.set(key, part)
          merged[key] = value
        }
      }
    }
    places.noteMerged(merged, parts)
    return merged as Loose<NonNullable<Suite[Section]>>
  }

  /** A setting that is not a map, so only one file may have it. */
  function setting<Key extends 'caller_check' | 'recordings' | 'recording_format'>(key: Key): Loose<Suite>[Key] | undefined {
    const [first, ...others] = files.filter(({ suite }) => key in suite)
    for (const { suite } of others) {
      const related = first && { note: 'First defined here.', at: places.key(first.suite, key) }
      problems.report('KEY_TWICE', { key }, places.key(suite, key), related)
    }
    return first?.suite[key]
  }

  /** A list of names is short for `names`. */
  function secretLists(): SecretLists {
    const all = files.flatMap(({ suite: { secrets } }) => (secrets ? [Array.isArray(secrets) ? { names: secrets } : secrets] : []))
    const listed = (key: 'names' | 'not'): ListedName[] =>
      all.flatMap(lists => {
        const names = (lists as { readonly [K in typeof key]?: Loose<readonly string[]> })[key]
        return names ? [...readable(names)].map(([index, name]) => ({ name, at: places.value(names, index) })) : []
      })
    return { names: listed('names'), not: listed('not') }
  }

  function entriesOf({ suite: { runs } }: LoadedFile): DeclaredEntry[] {
    return runs ? [...readable(runs)].map(([index, raw]) => ({ raw, at: places.value(runs, index) })) : []
  }
}

/** Reports what must be unique in a section. */
function reportTwice(
  declared: readonly Declared<unknown>[],
  name: 'id' | 'assistant_id' | 'mock_tools_port',
  places: Places,
  problems: Problems,
) {
  const first = new Map<unknown, object>()
  for (const { raw } of declared as readonly Declared<Agent>[]) {
    const value = raw?.[name]
    if (!raw || value === undefined) continue
    const holder = first.get(value)
    if (!holder) first.set(value, raw)
    else if (holder !== raw) {
      const related = { note: 'First used here.', at: places.value(holder, name) }
      problems.report('ID_TWICE', { name, id: value }, places.value(raw, name), related)
    }
  }
}
