import type { AnswerShape } from '../../ports/language-model.js'

interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

/** The shape of an answer in one short line, with an example that is no answer: `{"say":"<your words>","next":"<reply or end_call>"}`. */
export function shapeInWords({ name, schema }: Pick<AnswerShape, 'name' | 'schema'>): string {
  return `Answer with one JSON object and nothing else, in the form of ${name}: ${exampleOf(schema)}`
}

/** The words that only an example contains. An answer with one of them was copied. */
export function blanksOf(schema: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const known = blanks.get(schema) ?? new Set(exampleOf(schema).match(/<[^<>]*>/g))
  blanks.set(schema, known)
  return known
}

/** Most schemas are asked for many times. */
const examples = new WeakMap<object, string>()
const blanks = new WeakMap<object, ReadonlySet<string>>()

function exampleOf(schema: Readonly<Record<string, unknown>>): string {
  const known = examples.get(schema) ?? example(schema, '')
  examples.set(schema, known)
  return known
}

function example(schema: Schema, name: string): string {
  if (schema.properties) return `{${entriesOf(schema.properties).join(',')}}`
  if (schema.items) return `[${example(schema.items, schema.items.description ?? name)}]`
  return `"<${blank(schema, name)}>"`
}

/** Of entries that are numbered and alike, the first says it for all. */
function entriesOf(properties: Readonly<Record<string, Schema>>): string[] {
  const entries = Object.entries(properties)
  const shown = new Map<string, string>()
  for (const [key, schema] of entries) {
    const text = example(schema, key)
    const kind = /^\d+$/.test(key) ? text : key
    if (!shown.has(kind)) shown.set(kind, `${JSON.stringify(key)}:${text}`)
  }
  const last = entries.at(-1)?.[0] ?? ''
  return [...shown.values(), ...(shown.size < entries.length ? [` and so on to ${JSON.stringify(last)}`] : [])]
}

function blank({ enum: values, type = 'string', description }: Schema, name: string): string {
  if (values) return values.map(value => String(value)).join(' or ')
  const types = [type].flat().filter(each => each !== 'string')
  const what = types.map(each => (each === 'boolean' ? 'true or false' : each === 'integer' ? 'number' : each)).join(' or ')
  if (description !== undefined) return what === '' ? description : `${description}, ${what}`
  return what === '' ? name : what
}
