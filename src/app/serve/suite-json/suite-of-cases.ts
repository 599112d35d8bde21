import type { Path } from '../../../adapters/exchange/path.js'
import type { InlinePersonality, InlineTestProfile, TestCase } from '../../../adapters/exchange/test-suite/test-suite.js'
import type { Personality } from '../../../domain/document.js'
import { placeholderNames } from '../../../domain/placeholder.js'

/** Test cases in the form of a suite file, ready to load. */
export interface CaseSuite {
  readonly sections: { readonly personalities: Section; readonly test_profiles: Section; readonly scenarios: Section }
  /** Keys of the scenarios, in the order of the cases. */
  readonly keys: readonly string[]
  /** The path in the test suite that a path of the sections comes from. */
  origin(path: Path): Path
}

type Section = Readonly<Record<string, unknown>>

/**
 * Converts test cases to sections of a suite file. Leaves out metrics and references by id, which belong to the agent's
 * suite.
 *
 * @param repeats  Multiplies each case's own frequency.
 * @param bases  By case: the personality that the case's own one changes.
 */
export function suiteOfCases(cases: readonly TestCase[], repeats: number, bases: readonly (Personality | undefined)[]): CaseSuite {
  const personalities: Record<string, unknown> = {}
  const profiles: Record<string, unknown> = {}
  const keys: string[] = []
  const scenarios = cases.map((each, i) => {
    const key = freeKey(each.key ?? each.name, keys)
    keys.push(key)
    const name = ownName(i)
    const personality = personalityOf(each, bases[i])
    const profile = typeof each.test_profile === 'object' ? profileOf(each, each.test_profile) : undefined
    if (personality) personalities[name] = personality
    if (profile) profiles[name] = profile
    return [
      key,
      { ...scenarioOf(each, repeats), ...(personality && { personality: name }), ...(profile && { test_profile: name }) },
    ] as const
  })
  return {
    sections: {
      personalities: literal(personalities) as Section,
      test_profiles: literal(profiles) as Section,
      scenarios: literal(Object.fromEntries(scenarios)) as Section,
    },
    keys,
    origin([section, name = '', ...rest]) {
      if (section === 'scenarios') return ['scenarios', keys.indexOf(String(name)), ...rest.filter(step => step !== 'expect')]
      const field = section === 'personalities' ? 'personality' : 'test_profile'
      return ['scenarios', Number(/\d+$/.exec(String(name))?.[0] ?? 0), field, ...rest]
    },
  }
}

/** A name that only case `i` has. */
function ownName(i: number): string {
  return `of_case_${i}`
}

function scenarioOf(each: TestCase, repeats: number): object {
  const {
    name,
    tags,
    type,
    instructions,
    conditional_actions: conditions,
    first_message: first,
    expected_outcome: outcome,
    max_duration: seconds,
    frequency = 1,
  } = each
  const behaviour =
    type === 'conditional_actions'
      ? { conditional_actions: conditions }
      : { instructions, ...(first !== undefined && { first_message: first }) }
  return {
    name,
    ...(tags && { tags: [...new Set(tags)] }),
    ...behaviour,
    // Without an expected outcome, the call must still reach an end of its own.
    ...(outcome?.trim() ? { expected_outcome: outcome } : { expect: [{ not: { ended_by: 'limit' } }] }),
    ...(seconds !== undefined && { max_duration: `${seconds}s` }),
    frequency: frequency * repeats,
  }
}

/** Leaves out what only a voice has. */
function personalityOf({ personality, language }: TestCase, base: Personality | undefined): object | undefined {
  if (typeof personality === 'number' || (personality === undefined && (language ?? 'en') === 'en')) return undefined
  const inline: InlinePersonality = personality ?? {}
  const spoken = inline.language ?? language ?? base?.language
  return {
    name: inline.name || base?.name,
    prompt: inline.prompt ?? base?.prompt,
    speed: inline.speed ?? base?.speed,
    interruption_level: base?.interruptionLevel,
    // `multi` is the API's word for several languages, which ISO 639-2 calls mul.
    language: spoken === 'multi' ? 'mul' : spoken,
  }
}

/**
 * The API's templates read the variables of both sides. So the caller's profile gets the agent's variables that the caller's
 * texts name.
 */
function profileOf(each: TestCase, { name, agent_variables: agent = {}, caller_variables: caller = {} }: InlineTestProfile): object {
  const texts = JSON.stringify([each.instructions, each.first_message, each.conditional_actions, each.expected_outcome])
  const named = placeholderNames(texts).flatMap(template => /^test_profile\.(.+)$/.exec(template)?.[1] ?? [])
  const shared = Object.fromEntries(named.filter(variable => Object.hasOwn(agent, variable)).map(variable => [variable, agent[variable]]))
  return { ...(name && { name }), agent_variables: agent, caller_variables: { ...shared, ...caller } }
}

/** A key that no other case has, as close to the words as a key can be. */
function freeKey(words: string, taken: readonly string[]): string {
  const plain = words.normalize('NFKD').replaceAll(/\p{Mark}/gu, '')
  const key = /^\w[\w-]*$/.test(words)
    ? words
    : plain
        .toLowerCase()
        .replaceAll(/[^a-z0-9-]+/g, '_')
        .replaceAll(/^[_-]+|[_-]+$/g, '')
        .slice(0, 80) || 'scenario'
  if (!taken.includes(key)) return key
  for (let nth = 2; ; nth += 1) if (!taken.includes(`${key}_${nth}`)) return `${key}_${nth}`
}

/** Escapes `${` as `$${`: a request must not read our environment. */
function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', () => '$${')
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(literal)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [literal(name), literal(item)]))
}
