import { isRecord, parsedOf, parseJson, readJsonText } from './json-value.js'

/**
 * A number that a double cannot hold, such as 9007199254740993, or whose spelling is kept, such as 1.10. It is plain JSON, so that
 * journals, queues and databases hold it as it is; {@link stringifyExact} writes its digits.
 */
export interface ExactNumber {
  readonly $number: string
}

const key = '$number'
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

export function isExactNumber(value: unknown): value is ExactNumber {
  return isRecord(value) && typeof value[key] === 'string' && Object.keys(value).length === 1 && number.test(value[key])
}

/** Longer exponents would make the comparison itself slow. */
const longestExponent = 6

/**
 * Parses JSON without losing digits. A byte order mark is passed over. An object of others that looks like an exact number stays an
 * object: its key is escaped, until {@link stringifyExact} writes it.
 *
 * @throws {SyntaxError} when the text is not JSON.
 */
export function parseExact(text: string): unknown {
  const json = readJsonText(text)
  const escapedText = mayLookExact.test(text) ? escapeKeys(text) : text
  const plain = escapedText === text ? json : readJsonText(escapedText)
  // Shorter numbers are exact, unless their exponents are large.
  if (!/[\d.]{16}|[eE][+-]?\d{3}/.test(text)) return plain
  let isExact = true
  const marked = escapedText.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs, token => {
    if (token.startsWith('"') || isKept(token)) return token
    isExact = false
    return `{"${key}":"${token}"}`
  })
  return isExact ? plain : readJsonText(marked)
}

/** A value that others parsed, without anything that only looks like an exact number; see {@link parseExact}. */
export function escapeExact(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const text = JSON.stringify(value)
  return mayLookExact.test(text) ? JSON.parse(escapeKeys(text)) : value
}

/** Letters of a key may be written as `\u0024`. */
const mayLookExact = /\$number"|\\u00/

function escapeKeys(json: string): string {
  return json.replaceAll(/("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/gs, (whole, written: string, colon?: string) => {
    if (colon === undefined) return whole
    const name = JSON.parse(written) as string
    const safe = escapedKey(name)
    return safe === name ? whole : `"${safe}"${colon}`
  })
}

/** The key of an object of others, so that it cannot be taken for an exact number. */
export function escapedKey(name: string): string {
  return /^\$+number$/.test(name) ? `$${name}` : name
}

/** Parses JSON without losing digits; `undefined` if the text is not JSON. */
export function exactJsonOf(text: string): unknown {
  return parseJson(text, parseExact)
}

/** Parses JSON inside a string without losing digits. Anything else comes back unchanged. */
export function exactlyParsedOf(value: unknown): unknown {
  return parsedOf(value, parseExact)
}

/** As `JSON.stringify`, with the digits of exact numbers, and the keys that {@link parseExact} escaped as they were. */
export function stringifyExact(value: unknown): string {
  const json = JSON.stringify(value)
  return json && withExactDigits(json)
}

/** JSON as {@link stringifyExact} writes it, from that of `JSON.stringify`. */
export function withExactDigits(json: string): string {
  if (!json.includes(`${key}":`)) return json
  // Within a text, the quotation marks would be escaped.
  return json
    .replaceAll(/\{"\$number":"(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)"\}/g, '$1')
    .replaceAll(/(?<=[{,])"\$(\$+number":)/g, '"$1')
}

/** Whether two numbers, at least one of them exact, have the same value. */
export function haveSameValue(a: unknown, b: unknown): boolean {
  const [one, other] = [writtenOf(a), writtenOf(b)]
  return one !== undefined && other !== undefined && canonicalNumber(one) === canonicalNumber(other)
}

/** The digits of a number; `undefined` for anything else. */
export function writtenOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return isExactNumber(value) ? value[key] : undefined
}

/**
 * A number of a suite: exact if a double would lose something.
 *
 * @param isSent  Its spelling is kept as well, as far as JSON has it.
 */
export function asWritten(value: number, written: string, isSent: boolean): number | ExactNumber {
  if (!number.test(written) || (!isSent && isKept(written))) return value
  return { [key]: written }
}

/** Whether a double holds the number. */
function isKept(written: string): boolean {
  const double = Number(written)
  return Number.isFinite(double) && canonicalNumber(written) === canonicalNumber(String(double))
}

/** The same text for the same value: digits without zeros at either end, and an exponent. What is no number stays as it is. */
export function canonicalNumber(written: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? []
  if (whole === '' || power.replace(/^[+-]/, '').length > longestExponent) return written
  const digits = (whole + fraction).replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  const exponent = Number(power) - fraction.length + digits.length - significant.length
  return `${sign === '-' ? '-' : ''}${significant}e${exponent}`
}
