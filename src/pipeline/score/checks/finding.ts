import type { Holds } from '../../../domain/verdict.js'

/** What came of looking. */
export interface Finding {
  readonly holds: Holds
  /** The turn that shows it, where one does. */
  readonly turn?: number
  /** What was seen, in one line, whichever way it went; put into words only when somebody asks. */
  readonly saw: () => string
  /** It is what a judge says. */
  readonly judged?: true
}

export function finding(holds: boolean, saw: () => string, turn?: number): Finding {
  return { holds: holds ? 'yes' : 'no', saw, ...(turn !== undefined && { turn }) }
}
