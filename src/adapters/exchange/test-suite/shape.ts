import type { Path } from '../path.js'

/** Tells what is wrong with a value; of one that is as it should be, nothing. */
export type Check = (value: unknown, at: Path, report: Report) => void

export type Report = (at: Path, message: string) => void

export function text({ min = 0, most = Infinity, pattern, form = '' }: TextBounds = {}): Check {
  return (value, at, report) => {
    if (typeof value !== 'string') return report(at, `This has to be text, and is ${kindOf(value)}.`)
    if (value.trim().length < min) report(at, 'This is empty.')
    else if (value.length > most) report(at, `This has ${value.length} characters; it may have ${most}.`)
    else if (pattern && !pattern.test(value)) report(at, `This has to be ${form}.`)
  }
}

interface TextBounds {
  readonly min?: number
  readonly most?: number
  readonly pattern?: RegExp
  /** What the pattern asks for, in words. */
  readonly form?: string
}

export function whole(min: number): Check {
  return (value, at, report) => {
    if (!Number.isSafeInteger(value)) report(at, `This has to be a whole number, and is ${kindOf(value)}.`)
    else if (Number(value) < min) report(at, `This has to be ${min} or more.`)
  }
}

export function between(min: number, max: number): Check {
  return (value, at, report) => {
    if (typeof value !== 'number') report(at, `This has to be a number, and is ${kindOf(value)}.`)
    else if (value < min || value > max) report(at, `This has to be between ${min} and ${max}.`)
  }
}

export const flag: Check = (value, at, report) => {
  if (typeof value !== 'boolean') report(at, `This has to be true or false, and is ${kindOf(value)}.`)
}

export function oneOf(known: readonly string[]): Check {
  return (value, at, report) => {
    if (typeof value !== 'string' || !known.includes(value)) report(at, `This has to be one of: ${known.join(', ')}.`)
  }
}

export function list(item: Check, { min = 0, most = Infinity }: { readonly min?: number; readonly most?: number } = {}): Check {
  return (value, at, report) => {
    if (!Array.isArray(value)) return report(at, `This has to be a list, and is ${kindOf(value)}.`)
    if (value.length < min) report(at, 'This list is empty.')
    if (value.length > most) report(at, `This list has ${value.length} items; it may have ${most}.`)
    for (const [index, each] of value.entries()) item(each, [...at, index], report)
  }
}

/** An object with these fields; with others too, where it is `open`. */
export function fields(
  known: Readonly<Record<string, Check>>,
  { required = [], open = false }: { readonly required?: readonly string[]; readonly open?: boolean } = {},
): Check {
  return (value, at, report) => {
    if (!isObject(value)) return report(at, `This has to be an object, and is ${kindOf(value)}.`)
    for (const name of required) if (!(name in value)) report([...at, name], 'This is required.')
    for (const [name, each] of Object.entries(value)) {
      const check = Object.hasOwn(known, name) ? known[name] : undefined
      if (check) check(each, [...at, name], report)
      else if (!open) report([...at, name], `There is no such field here; there are: ${Object.keys(known).join(', ')}.`)
    }
  }
}

/** An object of the author's own making. */
export const anyObject: Check = fields({}, { open: true })

/** The id of what is there already, or else. */
export function idOr(other: Check): Check {
  return (value, at, report) => (typeof value === 'number' ? whole(1)(value, at, report) : other(value, at, report))
}

export function all(...checks: readonly Check[]): Check {
  return (value, at, report) => {
    for (const check of checks) check(value, at, report)
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? 'text' : JSON.stringify(value)
}
