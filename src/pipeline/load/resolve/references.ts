import type { Span } from '../../../domain/source.js'
import { nearest } from '../nearest.js'
import type { Problems } from '../problems.js'

type UnknownCode =
  | 'AGENT_UNKNOWN'
  | 'TRUNK_UNKNOWN'
  | 'PERSONALITY_UNKNOWN'
  | 'TEST_PROFILE_UNKNOWN'
  | 'SCENARIO_UNKNOWN'
  | 'METRIC_UNKNOWN'

/** What a section declares, by all names that can refer to it. */
export interface Register<Noun> {
  /** The code that reports an undeclared name. */
  readonly unknown: UnknownCode
  /** In the order of the files. */
  readonly all: readonly Noun[]
  /** `undefined` if nothing has the name. `noun` is missing if its declaration was wrong. */
  find(name: string | number): { readonly noun: Noun | undefined } | undefined
  /** All keys, ids and other names. */
  readonly names: readonly string[]
}

interface Registered<Noun> {
  readonly key: string
  readonly id?: number | undefined
  readonly noun: Noun | undefined
  readonly otherName?: string | undefined
}

export function createRegister<Noun>(unknown: UnknownCode, entries: readonly Registered<Noun>[]): Register<Noun> {
  const byName = new Map<string, { readonly noun: Noun | undefined }>()
  // Keys take precedence: a key may look like another's id.
  for (const entry of entries) byName.set(`key ${entry.key}`, entry)
  for (const entry of entries) {
    for (const name of [entry.id, entry.otherName]) {
      if (name !== undefined && !byName.has(`name ${name}`)) byName.set(`name ${name}`, entry)
    }
  }
  return {
    unknown,
    all: entries.flatMap(({ noun }) => noun ?? []),
    names: entries.flatMap(({ key, id, otherName }) => [key, id, otherName].flatMap(name => (name === undefined ? [] : String(name)))),
    find(name) {
      const order = typeof name === 'number' ? ['name', 'key'] : ['key', 'name']
      return order.map(by => byName.get(`${by} ${name}`)).find(entry => entry !== undefined)
    },
  }
}

/** Resolves a name, and reports it if it refers to nothing. */
export function resolveReference<Noun>(
  name: string | number | undefined,
  register: Register<Noun>,
  at: () => Span,
  problems: Problems,
): Noun | undefined {
  if (name === undefined) return undefined
  const found = register.find(name)
  if (!found) reportUnknown(register.unknown, { name, known: register.names, at: at() }, problems)
  return found?.noun
}

/** An unknown name, and the known ones. */
interface UnknownName {
  readonly name: string | number
  readonly known: readonly string[]
  readonly at: Span
}

export function reportUnknown(
  code: UnknownCode | 'TAG_UNKNOWN' | 'TAG_NOT_THERE' | 'MOCK_TOOL_UNKNOWN',
  { name, known, at }: UnknownName,
  problems: Problems,
) {
  problems.report(code, { name: String(name), known, nearest: nearest(String(name), known) }, at)
}
