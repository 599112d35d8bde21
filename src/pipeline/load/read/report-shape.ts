import type { ErrorObject } from 'ajv'
import { nearest } from '../nearest.js'
import type { Places } from '../places.js'
import type { Problems } from '../problems.js'

/** An error of ajv, and its place. */
export interface ShapeMistake {
  readonly error: ErrorObject
  /** The container of the wrong value, and its key or index; the key is empty for the whole file. */
  readonly holder: Readonly<Record<string, unknown>>
  readonly key: string
  /** For an unknown key, the known key that it most likely means. */
  readonly meant?: string | undefined
}

/** A schema's texts. */
export interface SchemaWords {
  readonly title?: string
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly properties?: Readonly<Record<string, SchemaWords>>
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly oneOf?: readonly { readonly $ref: string }[]
}

/** Reports one violation of the schema, in the schema's own words, at the key or value to change. */
export function reportShape({ error, holder, key, meant }: ShapeMistake, places: Places, problems: Problems) {
  const { keyword, params, data } = error
  const schema = error.parentSchema as SchemaWords
  const of = schema.title?.toLowerCase() ?? 'map'
  const label = Array.isArray(holder) ? 'this item' : `"${key}"`
  const value = key === '' ? places.whole(holder) : places.value(holder, key)

  switch (keyword) {
    case 'additionalProperties': {
      const unknown: string = params['additionalProperty']
      const known = Object.keys(schema.properties ?? {})
      problems.report('KEY_UNKNOWN', { key: unknown, of, known, nearest: meant }, places.key(data as object, unknown))
      return
    }
    case 'required': {
      const missing: string = params['missingProperty']
      const { description, examples } = schema.properties?.[missing] ?? {}
      const at = key === '' || Array.isArray(holder) ? value : places.key(holder, key)
      problems.report('KEY_MISSING', { key: missing, of, description, example: examples?.[0] }, at)
      return
    }
    case 'propertyNames': {
      const name: string = params['propertyName']
      problems.report('KEY_FORM', { key: name }, places.key(data as object, name))
      return
    }
    case 'discriminator': {
      const known = (schema.oneOf ?? []).map(({ $ref }) => $ref.replace(/^.*\/connection_/, ''))
      const found = params['tagValue'] as unknown
      const at = places.value(data as object, params['tag'])
      if (isLater(found)) return problems.report('CONNECTION_NOT_YET', { type: found }, at)
      const near = typeof found === 'string' ? nearest(found, known) : undefined
      problems.report('VALUE_UNKNOWN', { label: `"${params['tag']}"`, found, known, nearest: near }, at)
      return
    }
    case 'type':
      problems.report(
        'VALUE_TYPE',
        {
          label,
          wanted: [params['type']].flat(),
          found: data,
          isDuration: schema.title === 'Duration',
          ...words(schema),
        },
        value,
      )
      return
    case 'enum':
    case 'const': {
      const known = (schema.enum ?? [schema.const]).map(String)
      const near = typeof data === 'string' ? nearest(data, known) : undefined
      problems.report('VALUE_UNKNOWN', { label, found: data, known, nearest: near }, value)
      return
    }
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      // Only an assertion needs two keys; the code that knows its kind reports what it lacks.
      if (keyword === 'minProperties' && params['limit'] > 1) return
      if (params['limit'] === 1) problems.report('VALUE_EMPTY', { label, ...words(schema) }, value)
      else problems.report('VALUE_TOO_FEW', { label, least: params['limit'], ...words(schema) }, value)
      return
    case 'maxProperties':
      problems.report('KEYS_TOO_MANY', { of, most: params['limit'], keys: Object.keys(data as object) }, value)
      return
    case 'uniqueItems': {
      const [first, second] = [params['i'], params['j']].toSorted((a, b) => a - b)
      const list = data as readonly unknown[]
      const related = { note: 'First listed here.', at: places.value(list, first) }
      problems.report('ITEM_TWICE', { item: list[second] }, places.value(list, second), related)
      return
    }
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      problems.report('VALUE_OUT_OF_RANGE', { label, found: data, relation: relations[keyword], limit: params['limit'] }, value)
      return
    default:
      // pattern, format, and values that no alternative accepts
      problems.report('VALUE_FORM', { label, found: data, ...words(schema) }, value)
  }
}

/** Transports that users look for, and that there are none of yet. */
function isLater(type: unknown): type is string {
  return typeof type === 'string' && ['webrtc', 'livekit'].includes(type)
}

const relations = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
} as const

function words({ description, examples }: SchemaWords) {
  return { description, example: examples?.[0] }
}
