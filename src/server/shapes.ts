import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** The schemas of the API: what they check is what /openapi.json describes. */
const files = ['requests', 'answers'] as const

export const shapes = Object.fromEntries(
  files.map(name => [name, JSON.parse(readFileSync(new URL(`../../schemas/api/${name}.schema.json`, import.meta.url), 'utf8')) as Shapes]),
) as Record<(typeof files)[number], Shapes>

interface Shapes {
  readonly $id: string
  readonly $defs: Readonly<Record<string, object>>
}

/** A route's `schema.body`, by the name of what it takes. */
export function request(name: string): { readonly $ref: string } {
  return { $ref: `${shapes.requests.$id}#/$defs/${name}` }
}

/** Compiles routes' schemas. Nothing is coerced: a union of types is to stay what was sent. */
export function createShapeCompiler(): (schema: object) => ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictTypes: false, logger: false })
  addFormats.default(ajv)
  for (const shape of Object.values(shapes)) ajv.addSchema(shape)
  return schema => ajv.compile(schema)
}
