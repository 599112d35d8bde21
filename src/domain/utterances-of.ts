import type { Behaviour } from './document.js'
import type { Utterance } from './utterance.js'

/** What a caller is told to say word for word, or to have a model put in other words. */
export function utterancesOf(behaviour: Behaviour): Utterance[] {
  if (behaviour.kind === 'instructions') return [behaviour.firstMessage ?? []]
  const { firstMessage, steps } = behaviour.script
  return [firstMessage, ...steps.map(({ say }) => say)]
}
