import type { Holds } from '../../../domain/verdict.js'

/** What a check found. */
export interface Finding {
  readonly holds: Holds
  /** The turn that shows it, if one does. */
  readonly turn?: number
  /** What was found, in one line, for passes and failures alike. Only called when the text is needed. */
  readonly saw: () => string
  /** Unknown because a secret is masked in the stored conversation. */
  readonly isMasked?: true
  /** `saw` is in the judge's words. */
  readonly judged?: true
}

export function finding(holds: boolean, saw: () => string, turn?: number): Finding {
  return { holds: holds ? 'yes' : 'no', saw, ...(turn !== undefined && { turn }) }
}
