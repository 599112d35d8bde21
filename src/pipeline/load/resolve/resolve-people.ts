import type { Personality, TestProfile } from '../../../domain/document.js'
import type {
  Personality as RawPersonality,
  TestProfile as RawTestProfile,
  Variables,
} from '../../../domain/generated/suite.js'
import { given } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Declared } from '../merge-sections.js'
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
export function resolveTestProfiles(declared: readonly Declared<RawTestProfile>[]): Register<TestProfile> {
  return createRegister(
    declared.map(({ key, at, raw }) => ({
      key,
      id: raw?.id,
      noun: raw && {
        key,
        name: raw.name ?? key,
        at,
        agentVariables: variablesOf(raw.agent_variables),
        callerVariables: variablesOf(raw.caller_variables),
        ...given({ id: raw.id }),
      },
    })),
  )
}

function variablesOf(raw: Loose<Variables> | undefined): TestProfile['agentVariables'] {
  return given({ ...raw }) as TestProfile['agentVariables']
}
