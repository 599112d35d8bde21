import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'

interface Schema {
  readonly $ref?: string
  readonly title?: unknown
  readonly description?: unknown
  readonly examples?: readonly unknown[]
  readonly [keyword: string]: unknown
}

const schema: Schema = JSON.parse(readFileSync(new URL('../../../../schemas/suite.schema.json', import.meta.url), 'utf8'))
const id = schema['$id'] as string

/** Keywords whose values are schemas by name, schemas, or lists of them. */
const named = ['properties', '$defs', 'patternProperties']
const nested = ['items', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else']
const listed = ['anyOf', 'oneOf', 'allOf', 'prefixItems']

function* schemasIn(node: unknown, pointer = ''): Generator<{ readonly pointer: string; readonly schema: Schema }> {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  const here = node as Schema
  yield { pointer, schema: here }
  for (const keyword of named) {
    for (const [name, child] of Object.entries((here[keyword] as object | undefined) ?? {}))
      yield* schemasIn(child, `${pointer}/${keyword}/${name}`)
  }
  for (const keyword of nested) yield* schemasIn(here[keyword], `${pointer}/${keyword}`)
  for (const keyword of listed) {
    for (const [index, child] of ((here[keyword] as unknown[] | undefined) ?? []).entries())
      yield* schemasIn(child, `${pointer}/${keyword}/${index}`)
  }
}

const isText = (value: unknown) => typeof value === 'string' && value !== ''
const all = [...schemasIn(schema)]
const resolve = ($ref: string) => all.find(({ pointer }) => pointer === $ref.slice(1))?.schema

test('every property has a title, a description and examples, of its own or of what it refers to', () => {
  const properties = all.filter(({ pointer }) => /\/properties\/[^/]+$/.test(pointer))
  const lacking = properties.flatMap(({ pointer, schema: own }) => {
    const meant = { ...(own.$ref !== undefined && resolve(own.$ref)), ...own }
    const isComplete = isText(meant.title) && isText(meant.description) && (meant.examples?.length ?? 0) > 0
    return isComplete ? [] : [pointer]
  })

  expect(properties.length).toBeGreaterThan(100)
  expect(lacking).toEqual([])
})

test('every reference leads somewhere', () => {
  const references = all.flatMap(({ schema: { $ref } }) => $ref ?? [])

  expect(references.length).toBeGreaterThan(30)
  expect(references.filter($ref => !resolve($ref))).toEqual([])
})

test('every example is valid where it stands', () => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, discriminator: true })
  addFormats.default(ajv)
  ajv.addSchema(schema)
  const examples = all.flatMap(({ pointer, schema: each }) => (each.examples ?? []).map(example => ({ pointer, example })))
  const wrong = examples.filter(({ pointer, example }) => {
    const validate = ajv.getSchema(`${id}#${pointer}`)
    return !validate?.(example)
  })

  expect(examples.length).toBeGreaterThan(100)
  expect(wrong).toEqual([])
})

test('no map takes keys that it does not know, but those that are named by the author', () => {
  const open = all.filter(
    ({ schema: each }) => each['type'] === 'object' && each['additionalProperties'] === undefined && each['properties'] !== undefined,
  )

  expect(open.map(({ pointer }) => pointer)).toEqual([])
})
