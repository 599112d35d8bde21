import type { Personality } from '../../domain/generated/suite.js'
import type { Drafting, ListedCase } from './drafting.js'
import type { Path } from './path.js'
import { freeKey } from './suite-draft.js'
import type { InlinePersonality } from './test-suite/test-suite.js'

/**
 * The key of the personality for a case. Declares the personality if it is new.
 *
 * @param language  The case's language, which the personality speaks.
 */
export function castPersonality(
  wanted: ListedCase['personality'],
  language: string | undefined,
  at: Path,
  drafting: Drafting,
): string | undefined {
  const place = [...at, 'personality']
  const spoken = spokenIn(language ?? (typeof wanted === 'object' ? wanted.language : undefined))
  if (wanted === undefined) return spoken.language && declare(spoken, `speaks_${spoken.language}`, drafting)
  if (typeof wanted === 'object') return declareInline(wanted, spoken, place, drafting)
  return declareNamed(wanted, spoken, place, drafting)
}

/** The default is English. `multi` is the API's word for several languages; ISO 639-2 calls it `mul`. */
function spokenIn(language: string | undefined): { readonly language?: string } {
  return language === undefined || language === 'en' ? {} : { language: language === 'multi' ? 'mul' : language }
}

function declareInline(
  { base, name, prompt, speed, background_noise, ...voice }: InlinePersonality,
  spoken: Personality,
  at: Path,
  drafting: Drafting,
): string {
  const { lose, tidy } = drafting
  for (const field of ['provider', 'voice_model', 'voice_id'] as const) {
    if (voice[field] !== undefined) lose({ at: [...at, field], message: 'Left out: it applies only to voice.' })
  }
  if (voice.end_call_enabled === false) lose({ at: [...at, 'end_call_enabled'], message: 'Left out: every caller may hang up.' })
  if (base !== undefined) {
    lose({
      at: [...at, 'base'],
      message: `Left out: the document has only the number of personality ${base}. Describe in the prompt how it speaks.`,
    })
  }
  const tidied = tidy(prompt ?? '', 'words')
  for (const message of tidied.lost) lose({ at: [...at, 'prompt'], message })
  const called = name || (base === undefined ? undefined : `Personality ${base}, adjusted`)
  const personality = {
    ...(called && { name: called }),
    ...(tidied.text && { prompt: tidied.text }),
    ...spoken,
    ...(speed !== undefined && { speed }),
    ...(background_noise && background_noise !== 'off' && { background_noise }),
  }
  return declare(personality, called ?? 'personality', drafting)
}

/** Identical personalities share one declaration. */
function declare(personality: Personality, words: string, { draft }: Drafting): string {
  for (const [key, each] of draft.personalities) if (isSame(each, personality)) return key
  const key = freeKey(words, draft.personalities, 'personality')
  draft.personalities.set(key, personality)
  return key
}

function isSame(a: Personality, b: Personality): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** For a personality given only by name or id: all cases that name it share it. */
function declareNamed(wanted: number | string, spoken: Personality, at: Path, drafting: Drafting): string {
  const { draft, lose } = drafting
  const isNumber = typeof wanted === 'number'
  const key = isNumber ? `personality_${wanted}` : freeKey(wanted, new Map(), 'personality')
  const before = draft.personalities.get(key)
  // Each name is one personality. A second language needs a second personality.
  if (before) {
    if (before.language === spoken.language) return key
    const { language = 'en' } = spoken
    const other = declare({ name: `${wanted} in ${language}`, ...spoken }, `${key}_${language}`, drafting)
    lose({
      at,
      message: `Personality ${wanted} speaks ${before.language ?? 'en'}, so ${other} replaces it for ${language}. Describe in its prompt how it speaks.`,
    })
    return other
  }
  const what = isNumber ? 'number' : 'name'
  lose({ at, message: `The document has only the ${what} of personality ${wanted}. Describe in its prompt how it speaks.` })
  draft.notes.set(`personalities.${key}`, { before: `The document has only its ${what}. Describe in a prompt how it speaks.` })
  draft.personalities.set(key, { ...(isNumber ? { id: wanted } : key !== wanted && { name: wanted }), ...spoken })
  return key
}
