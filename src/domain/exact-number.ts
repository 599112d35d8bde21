import { isRecord, readJsonText } from './json-value.js'

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

/** Parses JSON without losing digits. A byte order mark is passed over. @throws {SyntaxError} when the text is not JSON. */
export function parseExact(text: string): unknown {
  const json = readJsonText(text)
  // Shorter numbers are exact, unless their exponents are large.
  if (!/[\d.]{16}|[eE][+-]?\d{3}/.test(text)) return json
  let isExact = true
  const marked = text.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs, token => {
    if (token.startsWith('"') || isKept(token)) return token
    isExact = false
    return `{"${key}":"${token}"}`
  })
  return isExact ? json : readJsonText(marked)
}

/** Parses JSON without losing digits; `undefined` if the text is not JSON. */
export function exactJsonOf(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}

/** Parses JSON inside a string without losing digits. Anything else comes back unchanged. */
export function exactlyParsedOf(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return parseExact(value)
  } catch {
    return value
  }
}

/** As `JSON.stringify`, with the digits of exact numbers. */
export function stringifyExact(value: unknown): string {
  const json = JSON.stringify(value)
  if (!json?.includes(`{"${key}":"`)) return json
  // Within a text, the quotation marks would be escaped.
  return json.replaceAll(/\{"\$number":"(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)"\}/g, '$1')
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
