import type { ModelMessage } from '../../../ports/language-model.js'
import type { Asked, Take } from './tape.js'

/** How many characters of a message to show before and after the first difference. */
const before = 30
const after = 40

/** Says how a question differs from the nearest recorded one. */
export function describeMiss(asked: Asked, takes: readonly Take[], file: string, purpose: string): string {
  const miss = `${file} holds no answer to this question (${purpose})`
  const nearest = nearestTo(asked, takes)
  if (!nearest) return `${miss}, nor to any other of its kind.`
  const { take, shared } = nearest
  const [now, then] = [asked.messages[shared], take.messages[shared]]
  if (now || then) return `${miss}. In the nearest (${take.purpose}) ${differenceAt(shared, now, then)}.`
  const changes = `${miss}. It has the same words with ${changesBetween(asked, take).join(', ')}.`
  return asked.model === take.model
    ? changes
    : `${changes} If models.${take.role}.model comes from the environment, set it to the value used for the recording.`
}

/**
 * Says that a recorded question is asked more often than it was recorded.
 *
 * @param nth  How many times it has been asked.
 */
export function askedTooOften(nth: number, file: string, purpose: string): string {
  return `${file} holds ${nth - 1} ${nth === 2 ? 'answer' : 'answers'} to this question (${purpose}), but it was asked again.`
}

/** The recorded question of the same kind with the longest common beginning, and how many messages they share. */
function nearestTo(asked: Asked, takes: readonly Take[]): { take: Take; shared: number } | undefined {
  let nearest: { take: Take; shared: number; characters: number } | undefined
  for (const take of takes) {
    if (take.shape.name !== asked.shape.name) continue
    const shared = sharedMessages(asked.messages, take.messages)
    if (nearest && shared < nearest.shared) continue
    const characters = sharedCharacters(asked.messages[shared]?.content ?? '', take.messages[shared]?.content ?? '')
    if (!nearest || shared > nearest.shared || characters > nearest.characters) nearest = { take, shared, characters }
  }
  return nearest
}

function sharedMessages(a: readonly ModelMessage[], b: readonly ModelMessage[]): number {
  let shared = 0
  while (shared < a.length && a[shared]?.role === b[shared]?.role && a[shared]?.content === b[shared]?.content) shared += 1
  return shared
}

function sharedCharacters(a: string, b: string): number {
  let shared = 0
  while (shared < a.length && a[shared] === b[shared]) shared += 1
  return shared
}

function differenceAt(index: number, now: ModelMessage | undefined, then: ModelMessage | undefined): string {
  const named = `message ${index + 1}`
  if (!now) return `${named} (${then?.role}) follows, which is not asked now: ${excerpt(then?.content ?? '', 0)}`
  if (!then) return `${named} (${now.role}) is missing: ${excerpt(now.content, 0)}`
  if (now.role !== then.role) return `${named} is of ${then.role}, and now of ${now.role}`
  const from = sharedCharacters(now.content, then.content)
  return `${named} (${now.role}) differs from character ${from + 1}: recorded ${excerpt(then.content, from)}, now ${excerpt(now.content, from)}`
}

function changesBetween(asked: Asked, take: Take): string[] {
  const parts = [
    ['model', asked.model, take.model],
    ['temperature', asked.temperature, take.temperature],
    ['seed', asked.seed, take.seed],
  ] as const
  const changed = parts.flatMap(([name, now, then]) => (now === then ? [] : [`${name} ${then ?? 'left out'} (now ${now ?? 'left out'})`]))
  return asked.shape.digest === take.shape.digest ? changed : [...changed, `another schema for its answer, ${take.shape.name}`]
}

function excerpt(text: string, at: number): string {
  const start = Math.max(0, at - before)
  const shown = text.slice(start, at + after).replace(/[\s\p{Cc}]+/gu, ' ')
  return `"${start > 0 ? '...' : ''}${shown}${at + after < text.length ? '...' : ''}"`
}
