import { readings } from './forms.js'
import { nameOf, type Leakage } from './leaky-suite.js'
import { guarded } from './secrets.js'

/** Something that people or programs read. */
export interface Output {
  readonly name: string
  readonly text: string
}

/** Where a secret is left, and in the middle of what. */
export interface FoundLeak {
  readonly in: string
  readonly secret: string
  readonly agent: string
  readonly place: string
  readonly text: string
}

/** The secrets that are left in outputs, whatever they are encoded as. */
export function findLeaks({ secrets, leaks }: Leakage, outputs: readonly Output[]): FoundLeak[] {
  const distinct = outputs.filter(({ text }, i) => outputs.findIndex(other => other.text === text) === i)
  const parts = secrets.flatMap((secret, nth) => guarded(secret).map(part => ({ nth, part })))
  const find = finderOf(parts)
  return distinct.flatMap(output => {
    const seen = new Set<number>()
    return readings(output.text).flatMap(text =>
      find(text).flatMap(({ nth, at }) => {
        if (seen.has(nth)) return []
        seen.add(nth)
        const { agent, place } = leaks.get(nth)!
        return [{ in: output.name, secret: nameOf(nth), agent, place, text: text.slice(Math.max(at - 60, 0), at + 60) }]
      }),
    )
  })
}

interface Part {
  readonly nth: number
  readonly part: string
}

/** Finds many parts in one pass over a text: at most positions, the hash of three characters tells that none begins there. */
function finderOf(parts: readonly Part[]): (text: string) => { readonly nth: number; readonly at: number }[] {
  const beginning = new Map<number, Part[]>()
  for (const each of parts) {
    const hash = hashAt(each.part, 0)
    beginning.set(hash, [...(beginning.get(hash) ?? []), each])
  }
  const begins = new Uint8Array(hashes)
  for (const hash of beginning.keys()) begins[hash] = 1
  return text => {
    const found: { nth: number; at: number }[] = []
    for (let at = 0; at < text.length; at += 1) {
      const hash = hashAt(text, at)
      if (begins[hash] === 0) continue
      for (const { nth, part } of beginning.get(hash) ?? []) if (text.startsWith(part, at)) found.push({ nth, at })
    }
    return found
  }
}

const hashes = 1 << 16

function hashAt(text: string, at: number): number {
  return ((text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) * 31 + text.charCodeAt(at + 2)) & (hashes - 1)
}

/** How often a secret was masked. */
export function countMasked(outputs: readonly Output[]): number {
  return outputs.reduce((sum, { text }) => sum + text.split('[redacted ').length - 1, 0)
}
