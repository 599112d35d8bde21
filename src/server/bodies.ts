import type { ErrorObject } from 'ajv'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal, type FieldErrors } from '../app/serve/refusal.js'
import { fieldErrors } from './errors.js'
import { request as reference, shapeOf } from './shapes.js'
import { isRecord, parsedOf } from '../domain/json-value.js'

/** What was sent, as far as its shape is right, and what is wrong with the rest. */
export interface SentBody<Body> {
  readonly body: Partial<Body>
  readonly wrong: FieldErrors
}

/** Bodies may also be forms, urlencoded or multipart. What a form's fields hold is made out once it is known what they are for. */
export function acceptForms(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain')
  // Names that would reach a prototype are no fields, and so ignored as others that nobody knows.
  const parseJson = server.getDefaultJsonParser('remove', 'remove')
  // Many clients say that they send JSON where there is nothing to send.
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
 * Options of a route that takes a body. Its handler is called whatever is wrong with the body's shape: so that this, and
 * what does not exist that it names, can be told at once.
 *
 * @param name  Of its definition in requests.schema.json.
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

/** Bodies that came as forms: all that is in them is text. */
const forms = new WeakSet<object>()
/** What is wrong with bodies beside their shape. */
const unfit = new WeakMap<FastifyRequest, Record<string, string[]>>()

/** Longer lists of ids are no use to anybody, and neither is what lies deeper. */
const longestList = 10_000
const deepest = 64

function makeOut(sent: FastifyRequest, name: string): void {
  if (!isRecord(sent.body)) return
  const isForm = forms.has(sent.body)
  const body: Record<string, unknown> = Object.create(null)
  const wrong: Record<string, string[]> = Object.create(null)
  for (const [field, raw] of Object.entries(sent.body)) {
    const shape = shapeOf(name, field)
    const value = isForm && shape ? valueOf(raw as string[], kindOf(shape.type)) : raw
    // What is null is as good as left out; an empty field of a form too.
    if (!shape || value === null || value === undefined) continue
    const flaw = flawOf(value)
    if (flaw === undefined) body[field] = value
    else wrong[field] = [flaw]
  }
  sent.body = body
  unfit.set(sent, wrong)
}

/** Fields of a form by name, each with all that was sent for it. @throws {Refusal} 400 */
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

/** What a field takes. `either`: a list, or one thing. */
type Kind = 'list' | 'either' | 'object' | 'one'

function kindOf(type: unknown): Kind {
  const types: readonly unknown[] = [type].flat()
  if (types.includes('object')) return 'object'
  if (!types.includes('array')) return 'one'
  return types.includes('string') ? 'either' : 'list'
}

/** The value that a field of a form stands for; what it cannot be made out to be stays text, and is refused for its shape. */
function valueOf(texts: readonly string[], kind: Kind): unknown {
  const [text = '', ...others] = texts
  if (others.length > 0) return kind === 'list' || kind === 'either' ? texts : texts[texts.length - 1]
  if (text === '') return undefined
  if (kind === 'object' || (kind !== 'one' && text.trimStart().startsWith('['))) return parsedOf(text)
  if (kind !== 'one' && /^\s*\d+(\s*,\s*\d+)+\s*$/.test(text)) return text.split(',').map(each => each.trim())
  return kind === 'list' ? [text] : text
}

/** What is wrong with a value, whatever it is for. */
function flawOf(value: unknown): string | undefined {
  if (Array.isArray(value) && value.length > longestList) return `Must have at most ${longestList} items.`
  const left: (readonly [value: unknown, depth: number])[] = [[value, 0]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [each, depth] = next
    // No database keeps it, and it marks secrets in sealed documents.
    if (typeof each === 'string' && each.includes('\0')) return 'Must not contain the character NUL.'
    if (typeof each !== 'object' || each === null) continue
    if (depth === deepest) return `Must not be nested more than ${deepest} levels deep.`
    for (const [name, item] of Object.entries(each)) left.push([name, depth + 1], [item, depth + 1])
  }
  return undefined
}
