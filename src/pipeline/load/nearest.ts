import { createRequire } from 'node:module'
import type { distance } from 'fastest-levenshtein'

const require = createRequire(import.meta.url)

/**
 * The known name that a mistyped one most likely means, ignoring case. One in three letters may be wrong, or two of them
 * swapped. In names of one or two letters none may be wrong, because any two such names are close.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  // Loaded only for suites with mistakes. The import is synchronous, because mistakes are found in synchronous code.
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

/** A longer name is not a typing slip, and would take long to compare. */
const longestName = 100

function lettersOf(name: string): string {
  return Array.from(name).toSorted().join('')
}
