import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** The API's schemas: /openapi.json describes exactly what they check. */
const files = ['requests', 'answers'] as const

export const shapes = Object.fromEntries(
  files.map(name => [name, JSON.parse(readFileSync(new URL(`../../schemas/api/${name}.schema.json`, import.meta.url), 'utf8')) as Shapes]),
) as Record<(typeof files)[number], Shapes>

interface Shapes {
  readonly $schema: string
  readonly $id: string
  readonly $defs: Readonly<Record<string, object>>
}

/** A route's `schema.body`. @param name  Name of the request's definition. */
export function request(name: string): { readonly $ref: string } {
  return { $ref: `${shapes.requests.$id}#/$defs/${name}` }
}

interface Shape {
  readonly $ref?: string
  readonly allOf?: readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly type?: unknown
}

/** The schema of a request's field; `undefined` for an ignored field. */
export function shapeOf(name: string, field: string): Shape | undefined {
  const find = (shape: Shape): Shape | undefined => {
    const { properties = {}, allOf = [] } = referred(shape)
    if (Object.hasOwn(properties, field)) return referred(properties[field] ?? {})
    return allOf.map(find).find(each => each !== undefined)
  }
  return find(shapes.requests.$defs[name] ?? {})
}

function referred(shape: Shape): Shape {
  return shape.$ref === undefined ? shape : (shapes.requests.$defs[shape.$ref.replace('#/$defs/', '')] ?? {})
}

/** Compiles routes' schemas. Coerces nothing, so a union of types keeps the value as sent. */
export function createShapeCompiler(): (schema: object) => ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictTypes: false, verbose: true, logger: false })
  ajv.addVocabulary(['x-message'])
  addFormats.default(ajv)
  for (const shape of Object.values(shapes)) ajv.addSchema(shape)
  return schema => ajv.compile(schema)
}
