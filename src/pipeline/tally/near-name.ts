/**
 * The seen name that a name most likely means: the same but for case and signs (`Cancel-Order`, `cancel_order`), or with one letter
 * in eight wrong.
 */
export function nearName(name: string, seen: Iterable<string>): string | undefined {
  const meant = letters(name)
  let best: string | undefined
  let fewest = Infinity
  for (const each of seen) {
    const edits = distance(meant, letters(each))
    if (edits < fewest && edits <= Math.floor(meant.length / 8)) [best, fewest] = [each, edits]
  }
  return best
}

function letters(name: string): string {
  return name
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** How many letters to insert, remove or replace (Levenshtein 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])))
    }
    row = next
  }
  return row[b.length]!
}
