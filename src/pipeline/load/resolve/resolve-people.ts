import type { Personality, TestProfile } from '../../../domain/document.js'
import type {
  Personality as RawPersonality,
  TestProfile as RawTestProfile,
  Variables,
} from '../../../domain/generated/suite.js'
import type { Context } from '../context.js'
import { given } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Declared } from '../merge-sections.js'
import type { Places } from '../places.js'
import { createRegister } from './references.js'
import type { Register } from './references.js'

/** The personalities, by key or id. */
export function resolvePersonalities(declared: readonly Declared<RawPersonality>[]): Register<Personality> {
  return createRegister(
    declared.map(({ key, at, raw }) => ({
      key,
      id: raw?.id,
      noun: raw && {
        key,
        name: raw.name ?? key,
        at,
        language: raw.language ?? 'en',
        ...given({ id: raw.id, prompt: raw.prompt, interruptionLevel: raw.interruption_level, speed: raw.speed }),
      },
    })),
  )
}

/** The test profiles, by key or id. */
export function resolveTestProfiles(
  declared: readonly Declared<RawTestProfile>[],
  { places }: Context,
): Register<TestProfile> {
  return createRegister(
    declared.map(({ key, at, raw }) => ({
      key,
      id: raw?.id,
      noun: raw && {
        key,
        name: raw.name ?? key,
        at,
        agentVariables: variablesOf(raw.agent_variables, places),
        callerVariables: variablesOf(raw.caller_variables, places),
        ...given({ id: raw.id }),
      },
    })),
  )
}

/** A postcode or a card number looks like a number, and is not to lose its zero or its last digits: 02134. */
function variablesOf(raw: Loose<Variables> | undefined, places: Places): TestProfile['agentVariables'] {
  if (!raw) return {}
  const asWritten = Object.entries(raw).map(([name, value]) => [name, places.written(raw, name) ?? value])
  return given(Object.fromEntries(asWritten)) as TestProfile['agentVariables']
}
