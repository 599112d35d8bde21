import { decide } from '../../src/domain/sequential-test.js'
import type { Certainty } from '../../src/domain/thresholds.js'

/** What repeating until decided comes to. */
export interface Outlook {
  readonly met: number
  readonly notMet: number
  readonly undecided: number
  /** How many runs it takes on average. */
  readonly runs: number
}

/** What comes of repeating a case until it is decided, if each run passes with this chance: exactly, over all ways it may go. */
export function outlookOf(rate: number, bar: Certainty, { min, max }: { readonly min: number; readonly max: number }): Outlook {
  let [met, notMet, runs] = [0, 0, 0]
  // By how many passed: the chance to be there, undecided.
  let open = new Float64Array([1])
  for (let counted = 1; counted <= max; counted += 1) {
    const next = new Float64Array(counted + 1)
    for (const [passed, chance] of open.entries()) {
      next[passed + 1]! += chance * rate
      next[passed]! += chance * (1 - rate)
    }
    for (const [passed, chance] of next.entries()) {
      const decision = counted < min || chance === 0 ? 'undecided' : decide({ passed, failed: counted - passed }, bar)
      if (decision === 'undecided') continue
      if (decision === 'met') met += chance
      else notMet += chance
      runs += counted * chance
      next[passed] = 0
    }
    open = next
  }
  const undecided = open.reduce((sum, chance) => sum + chance, 0)
  return { met, notMet, undecided, runs: runs + max * undecided }
}
