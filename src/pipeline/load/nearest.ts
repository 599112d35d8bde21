import { createRequire } from 'node:module'
import type { distance } from 'fastest-levenshtein'

const require = createRequire(import.meta.url)

/**
 * The known name that a mistyped one most likely means: one in three of its letters may be wrong, or two of them
 * swapped; upper and lower case are alike. Of words of one or two letters none may be wrong: any two are close.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  // A suite without mistakes never needs it. A synchronous import, because mistakes are found in synchronous code.
  const levenshtein = require('fastest-levenshtein') as { distance: typeof distance }
  const typed = name.toLowerCase().slice(0, longestName)
  let best: string | undefined
  let fewest = Infinity
  for (const candidate of known) {
    const meant = candidate.toLowerCase()
    const edits = levenshtein.distance(typed, meant)
    if (edits > 0 && Math.min(typed.length, meant.length) <= 2) continue
    const most = Math.ceil(Math.max(typed.length, meant.length) / 3)
    if (edits < fewest && (edits <= most || (edits === 2 && lettersOf(typed) === lettersOf(meant)))) {
      best = candidate
      fewest = edits
    }
  }
  return best
}

/** A name longer than this is no slip of a finger; comparing it would take long. */
const longestName = 100

function lettersOf(name: string): string {
  return Array.from(name).toSorted().join('')
}
