import type { ErrorObject } from 'ajv'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal, type FieldErrors } from '../app/serve/refusal.js'
import { fieldErrors } from './errors.js'
import { request as reference, shapeOf } from './shapes.js'
import { isRecord, parsedOf } from '../domain/json-value.js'

/** The part of a body that has the right shape, and the mistakes in the rest. */
export interface SentBody<Body> {
  readonly body: Partial<Body>
  readonly wrong: FieldErrors
}

/** Accepts bodies as forms, urlencoded or multipart. A form's values get their types once the route's schema is known. */
export function acceptForms(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain')
  // Keys such as `__proto__` are unknown fields, and are ignored like all unknown fields.
  const parseJson = server.getDefaultJsonParser('remove', 'remove')
  // Many clients send the JSON content type with an empty body.
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (sent, text: string, done) =>
    text === '' ? done(null, undefined) : void parseJson(sent, text, done),
  )
  server.addContentTypeParser(
    /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/,
    { parseAs: 'buffer' },
    async (sent: FastifyRequest, bytes: Buffer) => {
      const body = await readForm(bytes, sent.headers['content-type'] ?? '')
      forms.add(body)
      return body
    },
  )
}

/**
 * Options of a route that takes a body. The handler also runs for a body of the wrong shape, so that it can report these
 * mistakes and unknown ids together.
 *
 * @param name  Name of the body's definition in requests.schema.json.
 */
export function taking(name: string): {
  readonly schema: { readonly body: { readonly $ref: string } }
  readonly attachValidation: true
  readonly preValidation: (sent: FastifyRequest) => Promise<void>
} {
  return { schema: { body: reference(name) }, attachValidation: true, preValidation: async sent => makeOut(sent, name) }
}

/** @throws {Refusal} 400 when the body has no fields at all. */
export function sentBody<Body>(sent: FastifyRequest): SentBody<Body> {
  const { body, validationError } = sent
  if (!isRecord(body)) throw new Refusal(400, fieldErrors((validationError?.validation ?? []) as ErrorObject[]))
  const wrong = { ...unfit.get(sent), ...fieldErrors((validationError?.validation ?? []) as ErrorObject[]) }
  return { body: Object.fromEntries(Object.entries(body).filter(([field]) => !Object.hasOwn(wrong, field))) as Partial<Body>, wrong }
}

/** Bodies that came as forms: all their values are text. */
const forms = new WeakSet<object>()
/** Mistakes in bodies besides their shape. */
const unfit = new WeakMap<FastifyRequest, Record<string, string[]>>()

/** Nobody needs longer lists of ids, or deeper nesting. */
const longestList = 10_000
const deepest = 64

function makeOut(sent: FastifyRequest, name: string): void {
  if (!isRecord(sent.body)) return
  const isForm = forms.has(sent.body)
  const body: Record<string, unknown> = Object.create(null)
  const wrong: Record<string, string[]> = Object.create(null)
  for (const [field, raw] of Object.entries(sent.body)) {
    const shape = shapeOf(name, field)
    const kind = kindOf(shape?.type)
    if (isForm && shape && (raw as string[]).length > 1 && !(kind === 'list' || kind === 'either')) {
      wrong[field] = ['Must be given only once.']
      continue
    }
    const value = isForm && shape ? valueOf(raw as string[], kind) : raw
    // A null field counts as absent, and so does an empty field of a form.
    if (!shape || value === null || value === undefined) continue
    const flaw = flawOf(value)
    if (flaw === undefined) body[field] = value
    else wrong[field] = [flaw]
  }
  sent.body = body
  unfit.set(sent, wrong)
}

/** Reads a form's fields by name, each with all its values. @throws {Refusal} 400 */
async function readForm(bytes: Buffer, type: string): Promise<Record<string, string[]>> {
  const fields: Record<string, string[]> = Object.create(null)
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
    for (const [name, value] of form)
      (fields[name.replace(/\[\]$/, '')] ??= []).push(typeof value === 'string' ? value : await value.text())
  } catch {
    throw new Refusal(400, { non_field_errors: [`The body is not ${type.split(';')[0]}.`] })
  }
  return fields
}

/** What a field accepts. `either`: a list or one value. */
type Kind = 'list' | 'either' | 'object' | 'one'

function kindOf(type: unknown): Kind {
  const types: readonly unknown[] = [type].flat()
  if (types.includes('object')) return 'object'
  if (!types.includes('array')) return 'one'
  return types.includes('string') ? 'either' : 'list'
}

/** Converts a form field's text to a value. Text that cannot be converted stays text, and the schema refuses it. */
function valueOf(texts: readonly string[], kind: Kind): unknown {
  const [text = '', ...others] = texts
  if (others.length > 0) return texts
  if (text === '') return undefined
  if (kind === 'object' || (kind !== 'one' && text.trimStart().startsWith('['))) return parsedOf(text)
  if (kind !== 'one' && /^\s*\d+(\s*,\s*\d+)+\s*$/.test(text)) return text.split(',').map(each => each.trim())
  return kind === 'list' ? [text] : text
}

/** The mistake in a value, whatever its field. */
function flawOf(value: unknown): string | undefined {
  if (Array.isArray(value) && value.length > longestList) return `Must have at most ${longestList} items.`
  const left: (readonly [value: unknown, depth: number])[] = [[value, 0]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [each, depth] = next
    // No database stores NUL, and sealed documents mark secrets with it.
    if (typeof each === 'string' && each.includes('\0')) return 'Must not contain the character NUL.'
    if (typeof each !== 'object' || each === null) continue
    if (depth === deepest) return `Must not be nested more than ${deepest} levels deep.`
    for (const [name, item] of Object.entries(each)) left.push([name, depth + 1], [item, depth + 1])
  }
  return undefined
}
