import type { Thought } from '../../ports/caller.js'

/** Counts the turns of a caller that may give way: a move that was not wanted any more was none. */
export interface Turns {
  /** How many turns it has had; so the number, from 0, of the one it thinks of. */
  current(): number
  /** It makes a move, if the thought stays wanted. @param made  Called once that is known, before anything else is thought. */
  begin(thought: Thought, made?: () => void): void
}

export function createTurns(): Turns {
  let count = 0
  let last: { readonly signal: AbortSignal; readonly made: (() => void) | undefined } | undefined
  return {
    current() {
      if (last && !last.signal.aborted) {
        count += 1
        last.made?.()
      }
      last = undefined
      return count
    },
    begin: (thought, made) => void (last = { signal: thought.signal, made }),
  }
}
