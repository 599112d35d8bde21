import { isCausedBy, type Cause } from './cause.js'
import type { Behaviour, Step } from './document.js'

/** Whether a model takes part in what the caller does: it finds the words, or tells when a step answers. */
export function isModelDriven(behaviour: Behaviour): boolean {
  return behaviour.kind === 'instructions' || behaviour.script.steps.some(isPlainLanguage)
}

/** Whether a model finds any of the words: only then is there something that could go wrong with them. */
export function findsWords(behaviour: Behaviour): boolean {
  return behaviour.kind === 'instructions' || behaviour.script.steps.some(({ wording }) => wording === 'own')
}

/** Whether the caller found words itself, by what made it say them: all else is the suite's own wording. */
export function areOwnWords(behaviour: Behaviour, cause: Cause | undefined): boolean {
  if (behaviour.kind === 'instructions') return cause?.kind === 'instructions'
  return behaviour.script.steps.some(step => step.wording === 'own' && isCausedBy(step.cause, cause))
}

function isPlainLanguage({ trigger, wording }: Step): boolean {
  return wording === 'own' || (trigger.kind === 'when' && trigger.says !== undefined)
}
