import type { Behaviour } from './document.js'
import type { Hearing } from './hearing.js'

/** Whether the caller has to know the agent's words to go on. */
export function listensForWords(behaviour: Behaviour): boolean {
  return behaviour.kind === 'instructions' || behaviour.script.steps.some(({ trigger }) => trigger.kind === 'when')
}

/** When a case hears: as the suite says, otherwise as early as its caller needs the words. */
export function hearingOf(behaviour: Behaviour, stated: Hearing | undefined): Hearing {
  return stated ?? (listensForWords(behaviour) ? 'live' : 'after')
}
