import { isExactNumber, stringifyExact } from '../../domain/exact-number.js'
import { noMask, type Mask } from '../../domain/mask.js'

const longest = 120

/** How checks quote what they found. Secrets are masked before a text is shortened: half a secret is still one. */
export interface Wording {
  readonly mask: Mask
  /** A text for a report: on one line, in quotation marks, shortened. */
  quote(text: string): string
  /** A JSON value on one line, shortened. Keys have quotes only if needed: `{patient_id: "P-1"}`. */
  inline(value: unknown): string
}

export function createWording(mask: Mask): Wording {
  return {
    mask,
    quote: text => JSON.stringify(shorten(mask.text(text).trim().replace(/\s+/g, ' '))),
    inline: value => shorten(write(mask.json(value))),
  }
}

/** For values in which nothing is secret. */
export const { inline } = createWording(noMask)

function write(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return stringifyExact(value)
  const pairs = Object.entries(value).map(([key, part]) => `${writeKey(key)}: ${write(part)}`)
  return `{${pairs.join(', ')}}`
}

function writeKey(key: string): string {
  return /^\w+$/.test(key) ? key : JSON.stringify(key)
}

/** Cuts a long text, but never through a surrogate pair. */
function shorten(text: string): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
