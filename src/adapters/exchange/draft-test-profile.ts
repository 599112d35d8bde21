import type { TestProfile, Variables } from '../../domain/generated/suite.js'
import type { Drafting, ListedCase } from './drafting.js'
import type { Path } from './path.js'
import { freeKey } from './suite-draft.js'

/** Placeholders for missing values: for words, and for keys. */
const missing = { said: 'FILL IN', keyed: '0' } as const

/** The test profile variable of a template: `test_profile.address.city` is the variable `address_city`. */
export function templateName(template: string): string | undefined {
  const [, name] = /^test_profile\.(.+)$/.exec(template) ?? []
  return name === undefined ? undefined : variableName(name)
}

/** Replaces characters that a variable's name cannot have. Names consist of letters, digits, - and _. */
function variableName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_-]+/g, '_') || '_'
}

/** A case that needs a test profile. */
export interface CaseToCast {
  /** Its key. */
  readonly scenario: string
  readonly at: Path
  /** The variables named in its texts, and those of them that are keyed in. */
  readonly named: { readonly templates: ReadonlySet<string>; readonly keyed: ReadonlySet<string> }
}

/**
 * The key of the test profile for a case. Declares the profile if it is new. It has all variables that the case's texts
 * name. If only the agent's side has one, its value is copied, because the API's templates read both sides.
 */
export function castTestProfile(
  wanted: ListedCase['test_profile'],
  { scenario, at, named }: CaseToCast,
  drafting: Drafting,
): string | undefined {
  if (wanted === undefined && named.templates.size === 0) return undefined
  const { draft } = drafting
  const place = [...at, 'test_profile']
  const given = typeof wanted === 'object' ? wanted : {}
  const agent = variablesOf(given.agent_variables, [...place, 'agent_variables'], drafting)
  const caller = variablesOf(given.caller_variables, [...place, 'caller_variables'], drafting)
  const shared = typeof wanted === 'number' || typeof wanted === 'string' ? sharedKey(wanted, place, drafting) : undefined
  const before = shared === undefined ? undefined : draft.testProfiles.get(shared)
  const filled = { ...before?.caller_variables, ...caller }
  for (const name of named.templates) {
    if (Object.hasOwn(filled, name)) continue
    if (!Object.hasOwn(agent, name)) {
      drafting.lose({
        at: place,
        message: `{{test_profile.${name}}} has no value. Add it to the test profile of ${scenario}.`,
      })
    }
    filled[name] = agent[name] === undefined ? missing[named.keyed.has(name) ? 'keyed' : 'said'] : agent[name]
  }
  const profile: TestProfile = {
    ...before,
    ...(given.name && { name: given.name }),
    ...(Object.keys(agent).length > 0 && { agent_variables: agent }),
    ...(Object.keys(filled).length > 0 && { caller_variables: filled }),
  }
  if (shared !== undefined) {
    draft.testProfiles.set(shared, profile)
    return shared
  }
  for (const [key, each] of draft.testProfiles) if (JSON.stringify(each) === JSON.stringify(profile)) return key
  const words = (typeof wanted === 'object' && wanted.key) || given.name || `${scenario}_profile`
  const key = freeKey(words, draft.testProfiles, 'test_profile')
  draft.testProfiles.set(key, profile)
  return key
}

/** For a profile given only by name or id: all cases that name it share it. */
function sharedKey(wanted: number | string, at: Path, { draft, lose }: Drafting): string {
  const key = typeof wanted === 'number' ? `test_profile_${wanted}` : freeKey(wanted, new Map(), 'test_profile')
  if (draft.testProfiles.has(key)) return key
  const [what, id] = typeof wanted === 'number' ? ['number', { id: wanted }] : ['name', key === wanted ? {} : { name: wanted }]
  lose({ at, message: `The document has only the ${what} of test profile ${wanted}. Describe the caller in its variables.` })
  draft.notes.set(`test_profiles.${key}`, { before: `The document has only its ${what}. Describe the caller in its variables.` })
  draft.testProfiles.set(key, id)
  return key
}

/** A variable is text, a number, true, false or null. Nested values are flattened, and lists become JSON text. */
function variablesOf(raw: Readonly<Record<string, unknown>> | undefined, at: Path, { lose }: Drafting): Variables {
  const variables: [string, Variables[string]][] = []
  const add = (value: unknown, path: readonly string[], depth: number): void => {
    const isDeep = typeof value === 'object' && value !== null
    if (isDeep && !Array.isArray(value) && depth < 10) {
      for (const [name, each] of Object.entries(value)) add(each, [...path, name], depth + 1)
      return
    }
    const name = freeName(variableName(path.join('.')), new Set(variables.map(([taken]) => taken)))
    if (name !== path.join('.')) {
      lose({
        at: [...at, ...path],
        message: `Renamed to ${name}: a variable's name may have only letters, digits, - and _, and its value cannot have parts.`,
      })
    }
    if (isDeep) lose({ at: [...at, ...path], message: `Replaced by its JSON text: a variable's value cannot have parts.` })
    variables.push([name, isDeep ? JSON.stringify(value) : (value as Variables[string])])
  }
  for (const [name, value] of Object.entries(raw ?? {})) add(value, [name], 0)
  return Object.fromEntries(variables)
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted
  for (let nth = 2; taken.has(name); nth += 1) name = `${wanted}_${nth}`
  return name
}
