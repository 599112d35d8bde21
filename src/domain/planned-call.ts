import type { CallerSound } from './caller-sound.js'
import type { Hearing } from './hearing.js'
import type { TurnTaking } from './turn-taking.js'

/** How the caller of a case takes turns and sounds in a call, and when it knows the agent's words. */
export interface PlannedCall {
  readonly turns: TurnTaking
  readonly sound: CallerSound
  readonly hear: Hearing
}
