import type { Behaviour } from './document.js'
import type { Hearing } from './hearing.js'
import type { TurnTaking } from './turn-taking.js'

/** Whether the caller has to know the agent's words to go on. */
export function listensForWords(behaviour: Behaviour): boolean {
  return behaviour.kind === 'instructions' || behaviour.script.steps.some(({ trigger }) => trigger.kind === 'when')
}

/** When a case hears: as the suite says, otherwise as early as its caller needs the words, which "mm-hm" is said after. */
export function hearingOf(behaviour: Behaviour, { backchannelShare }: TurnTaking, stated: Hearing | undefined): Hearing {
  return stated ?? (listensForWords(behaviour) || backchannelShare > 0 ? 'live' : 'after')
}
