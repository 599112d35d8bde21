import { isCausedBy, type Cause } from './cause.js'
import type { Behaviour, Step } from './document.js'

/** Whether a model drives the caller in part: it finds words, or decides whether a step answers. */
export function isModelDriven(behaviour: Behaviour): boolean {
  return behaviour.kind === 'instructions' || behaviour.script.steps.some(isPlainLanguage)
}

/** Whether a model finds any of the caller's words. Only such words can break the caller's role. */
export function findsWords(behaviour: Behaviour): boolean {
  return behaviour.kind === 'instructions' || behaviour.script.steps.some(({ wording }) => wording === 'own')
}

/** Whether the caller found these words itself, by their cause. All other words are the suite's own. */
export function areOwnWords(behaviour: Behaviour, cause: Cause | undefined): boolean {
  if (behaviour.kind === 'instructions') return cause?.kind === 'instructions'
  return behaviour.script.steps.some(step => step.wording === 'own' && isCausedBy(step.cause, cause))
}

function isPlainLanguage({ trigger, wording }: Step): boolean {
  return wording === 'own' || (trigger.kind === 'when' && trigger.says !== undefined)
}
