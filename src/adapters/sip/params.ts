/** Parameters of a header or a URI by their names in lower case, without quotes; `''` where a parameter has no value. */
export type Params = ReadonlyMap<string, string>

export const noParams: Params = new Map()

const parameter = /\s*;\s*([^\s=;"]+)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^;"\s]+)?)?/gy

/**
 * Reads `;name=value;name="value";name`.
 *
 * @returns `undefined` if the text is something else.
 */
export function parseParams(text: string): Params | undefined {
  if (text === '') return noParams
  const params = new Map<string, string>()
  parameter.lastIndex = 0
  let end = 0
  for (let found = parameter.exec(text); found; found = parameter.exec(text)) {
    end = parameter.lastIndex
    const name = (found[1] ?? '').toLowerCase()
    if (!params.has(name)) params.set(name, unquoted(found[2] ?? ''))
  }
  return /^\s*;?\s*$/.test(text.slice(end)) ? params : undefined
}

/** Writes what `parseParams` reads. Values that are no tokens are quoted. */
export function writeParams(params: Iterable<readonly [string, string]>): string {
  let text = ''
  for (const [name, value] of params) text += value === '' ? `;${name}` : `;${name}=${isPlain(value) ? value : quoted(value)}`
  return text
}

/** A quoted string, for a display name or a parameter. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** The text in a quoted string; a text without quotes as it is. */
export function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1).replaceAll(/\\([\s\S])/g, '$1') : text
}

/** Also hosts, addresses with brackets, and paths of numbers. */
function isPlain(value: string): boolean {
  return /^[\w\-.!%*+`'~[\]:/&$]+$/.test(value)
}
