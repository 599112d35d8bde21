import type { Thought } from '../../ports/caller.js'

/** Counts the turns of a caller that can give way. An abandoned move does not count as a turn. */
export interface Turns {
  /** The number of finished turns, which is also the index of the turn in progress. */
  current(): number
  /**
   * Starts a move. It counts if the thought is not abandoned.
   *
   * @param made  Called as soon as it counts, before the next thought.
   */
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
