const longest = 120

/** A text for a report: on one line, in quotation marks, shortened. */
export function quote(text: string): string {
  return JSON.stringify(shorten(text.trim().replace(/\s+/g, ' ')))
}

/** A JSON value on one line, shortened. Keys have quotes only if needed: `{patient_id: "P-1"}`. */
export function inline(value: unknown): string {
  return shorten(write(value))
}

function write(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
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
