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
  const read = distinct.map(({ name, text }) => ({ name, readings: readings(text) }))
  return secrets.flatMap((secret, nth) =>
    guarded(secret).flatMap(part =>
      read.flatMap(output => {
        const text = output.readings.find(reading => reading.includes(part))
        if (text === undefined) return []
        const { agent, place } = leaks.get(nth)!
        const at = text.indexOf(part)
        return [{ in: output.name, secret: nameOf(nth), agent, place, text: text.slice(Math.max(at - 60, 0), at + 60) }]
      }),
    ),
  )
}

/** How often a secret was masked. */
export function countMasked(outputs: readonly Output[]): number {
  return outputs.reduce((sum, { text }) => sum + text.split('[redacted ').length - 1, 0)
}
