import type { Pace, Personality, TestProfile } from '../../../domain/document.js'
import type { Personality as RawPersonality, TestProfile as RawTestProfile, Variables } from '../../../domain/generated/suite.js'
import type { Context } from '../context.js'
import { given } from '../loose.js'
import type { Loose } from '../loose.js'
import type { Declared } from '../merge-sections.js'
import type { Places } from '../places.js'
import { checkTemplates } from '../utterance/read-utterance.js'
import { createRegister } from './references.js'
import type { Register } from './references.js'
import { soundOf, turnsOf } from './resolve-caller-sound.js'

/** The personalities, by key or id. */
export function resolvePersonalities(declared: readonly Declared<RawPersonality>[], context: Context): Register<Personality> {
  return createRegister(
    'PERSONALITY_UNKNOWN',
    declared.map(({ key, at, raw, file }) => {
      if (raw) checkTemplates(raw, 'prompt', context, { hasId: true })
      return { key, id: raw?.id, noun: raw && personalityOf({ key, at, file }, raw, context) }
    }),
  )
}

function personalityOf(
  { key, at, file }: Omit<Declared<RawPersonality>, 'raw'>,
  raw: Loose<RawPersonality>,
  context: Context,
): Personality {
  const { language: second, level = 'medium' } = raw.language_mixing ?? {}
  return {
    key,
    name: raw.name ?? key,
    at,
    language: raw.language ?? 'en',
    ...given({
      id: raw.id,
      prompt: raw.prompt,
      interruptionLevel: raw.interruption_level,
      speed: raw.speed,
      pace: raw.pace ?? (raw.speed === undefined ? undefined : paceOf(raw.speed)),
      hesitation: raw.hesitation,
      typos: raw.typos,
      turns: turnsOf(raw, context),
      sound: soundOf(raw, file.base, context),
      languageMixing: second === undefined ? undefined : { language: second, level },
    }),
  }
}

/** @param speed  1 is normal. */
function paceOf(speed: number): Pace {
  return speed < 0.9 ? 'slow' : speed > 1.1 ? 'fast' : 'normal'
}

/** The test profiles, by key or id. */
export function resolveTestProfiles(declared: readonly Declared<RawTestProfile>[], { places }: Context): Register<TestProfile> {
  return createRegister(
    'TEST_PROFILE_UNKNOWN',
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

/**
 * Reads variables. A postcode or a card number may look like a number, but must keep its leading zero and its last digits:
 * 02134.
 */
function variablesOf(raw: Loose<Variables> | undefined, places: Places): TestProfile['agentVariables'] {
  if (!raw) return {}
  const asWritten = Object.entries(raw).map(([name, value]) => [name, places.written(raw, name) ?? value])
  return given(Object.fromEntries(asWritten)) as TestProfile['agentVariables']
}
