import { isRecord } from '../../../domain/json-value.js'
import type { ReportProblem } from '../finding.js'
import type { Path } from '../path.js'

/** Reports what is wrong with a value. */
export interface Check extends Look {
  /** The same check as a JSON Schema (2020-12). The check refuses everything the schema refuses. */
  readonly schema: object
}

export type Look = (value: unknown, at: Path, report: ReportProblem) => void

export function check(schema: object, look: Look): Check {
  return Object.assign((...args: Parameters<Look>) => look(...args), { schema })
}

/** The same check with more keywords in its schema. */
export function described(own: Check, more: object): Check {
  return check({ ...own.schema, ...more }, own)
}

export function text({ min = 0, most = Infinity, pattern, form = '' }: TextBounds = {}): Check {
  const filled = min > 0 ? String.raw`\S` : undefined
  const schema = {
    type: 'string',
    ...(most < Infinity && { maxLength: most }),
    ...((pattern ?? filled) && { pattern: pattern?.source ?? filled }),
  }
  return check(schema, (value, at, report) => {
    if (typeof value !== 'string') return report(at, `This must be text, but is ${kindOf(value)}.`)
    if (value.trim().length < min) report(at, 'This is empty.')
    else if (value.length > most) report(at, `This has ${value.length} characters; the limit is ${most}.`)
    else if (pattern && !pattern.test(value)) report(at, `This must be ${form}.`)
  })
}

interface TextBounds {
  readonly min?: number
  readonly most?: number
  readonly pattern?: RegExp
  /** The pattern's meaning, in words. */
  readonly form?: string
}

export function whole(min: number): Check {
  return check({ type: 'integer', minimum: min }, (value, at, report) => {
    if (!Number.isSafeInteger(value)) report(at, `This must be a whole number, but is ${kindOf(value)}.`)
    else if (Number(value) < min) report(at, `This must be ${min} or more.`)
  })
}

export function between(min: number, max: number): Check {
  return check({ type: 'number', minimum: min, maximum: max }, (value, at, report) => {
    if (typeof value !== 'number') report(at, `This must be a number, but is ${kindOf(value)}.`)
    else if (value < min || value > max) report(at, `This must be between ${min} and ${max}.`)
  })
}

export const flag: Check = check({ type: 'boolean' }, (value, at, report) => {
  if (typeof value !== 'boolean') report(at, `This must be true or false, but is ${kindOf(value)}.`)
})

export function oneOf(known: readonly string[]): Check {
  return check({ enum: known }, (value, at, report) => {
    if (typeof value !== 'string' || !known.includes(value)) report(at, `This must be one of: ${known.join(', ')}.`)
  })
}

export function list(item: Check, { min = 0, most = Infinity }: { readonly min?: number; readonly most?: number } = {}): Check {
  const bounds = { ...(min > 0 && { minItems: min }), ...(most < Infinity && { maxItems: most }) }
  return check({ type: 'array', ...bounds, items: item.schema }, (value, at, report) => {
    if (!Array.isArray(value)) return report(at, `This must be a list, but is ${kindOf(value)}.`)
    if (value.length < min) report(at, 'This list is empty.')
    if (value.length > most) report(at, `This list has ${value.length} items; the limit is ${most}.`)
    for (const [index, each] of value.entries()) item(each, [...at, index], report)
  })
}

/** An object with these fields; if `open`, with others too. */
export function fields(
  known: Readonly<Record<string, Check>>,
  { required = [], open = false }: { readonly required?: readonly string[]; readonly open?: boolean } = {},
): Check {
  const properties = Object.fromEntries(Object.entries(known).map(([name, each]) => [name, each.schema]))
  const schema = { type: 'object', ...(required.length > 0 && { required }), properties, ...(!open && { additionalProperties: false }) }
  return check(schema, (value, at, report) => {
    if (!isRecord(value)) return report(at, `This must be an object, but is ${kindOf(value)}.`)
    for (const name of required) if (!(name in value)) report([...at, name], 'This is required.')
    for (const [name, each] of Object.entries(value)) {
      const own = Object.hasOwn(known, name) ? known[name] : undefined
      if (own) own(each, [...at, name], report)
      else if (!open) report([...at, name], `This field is not known here. Known fields: ${Object.keys(known).join(', ')}.`)
    }
  })
}

/** An object with any fields. */
export const anyObject: Check = fields({}, { open: true })

/** The id of something that exists, or a value that passes the other check. */
export function idOr(other: Check): Check {
  const id = whole(1)
  return check({ anyOf: [id.schema, other.schema] }, (value, at, report) =>
    typeof value === 'number' ? id(value, at, report) : other(value, at, report),
  )
}

/** Combines a check with rules that no schema expresses. */
export function all(first: Check, ...others: readonly Look[]): Check {
  return check(first.schema, (value, at, report) => {
    for (const look of [first, ...others]) look(value, at, report)
  })
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'string' ? 'text' : JSON.stringify(value)
}
