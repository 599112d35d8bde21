/** What the schema says about a value. */
export interface Described {
  readonly description?: string | undefined
  readonly example?: unknown
}

export function didYouMean(name: string | undefined): string | undefined {
  return name && `Did you mean ${quote(name)}?`
}

export function knownAre(kind: string, known: readonly string[]): string {
  const most = 12
  const kinds = kind.endsWith('y') && kind !== 'key' ? `${kind.slice(0, -1)}ies` : `${kind}s`
  if (known.length === 0) return `There are no ${kinds}.`
  return `Known ${kinds}: ${known.slice(0, most).join(', ')}${known.length > most ? `, and ${known.length - most} more` : ''}.`
}

/** `a scenario`, `an agent`, `limits`: a part of a suite, inside a sentence. */
export function withArticle(noun: string): string {
  return noun.endsWith('s') ? noun : `${/^(?:[aeio]|http)/.test(noun) ? 'an' : 'a'} ${noun}`
}

export function formHint({ description, example }: Described): string | undefined {
  const words = description?.replace(/\.?$/, '.')
  return example === undefined ? words : [words, `For example: ${show(example)}`].filter(Boolean).join(' ')
}

export function howToRetype(wanted: readonly string[], found: unknown): string | undefined {
  const isScalar = typeof found === 'number' || typeof found === 'boolean'
  if (wanted.includes('string') && isScalar) return `Put it in quotes: "${found}"`
  const isNumeric = typeof found === 'string' && found.trim() !== '' && Number.isFinite(Number(found))
  if (isNumeric && wanted.some(type => type === 'number' || type === 'integer')) return 'Remove the quotes.'
  if (wanted.includes('array') && typeof found === 'string') return `Write a list: [${found}]`
  return undefined
}

/** The hint for a number where a duration is expected. */
export function unitHint(found: unknown): string | undefined {
  // Nobody means hours by 5000.
  return typeof found === 'number' ? `Give it a unit: ${found}${found < 1000 ? 's' : 'ms'}` : undefined
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'empty',
}

export function typeName(type: string): string {
  return typeNames[type] ?? type
}

/** A value, inside a sentence: `the text "x"`, `a list`. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map' : typeof value === 'string' ? `the text ${show(value)}` : show(value)
}

/** A value in one short line. */
export function show(value: unknown): string {
  const text = (typeof value === 'number' ? undefined : JSON.stringify(value)) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

export function quote(name: string): string {
  return `"${name.length > 60 ? `${name.slice(0, 57)}...` : name}"`
}

export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

export function kibibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}
