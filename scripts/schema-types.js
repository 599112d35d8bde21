// Makes TypeScript types of a JSON Schema, read-only and named after the keys of its $defs.
import { compile } from 'json-schema-to-typescript'

/** Keywords whose value is a map of schemas. */
const mapKeywords = new Set(['$defs', 'properties', 'patternProperties', 'dependentSchemas'])

/**
 * @param {object}  schema
 * @param {string} name  Name of the type for the whole schema. A schema with only $defs has none.
 * @param {string} banner  First line of the file.
 */
export async function typesOf(schema, name, banner) {
  const isWhole = !Object.keys(schema).every(key => key.startsWith('$') || key === 'title' || key === 'description')
  const text = await compile({ ...plain(schema), $id: undefined, title: name }, name, {
    bannerComment: banner,
    additionalProperties: false,
    unknownAny: true,
    unreachableDefinitions: !isWhole,
    ignoreMinAndMaxItems: true,
    format: true,
    style: { semi: false, singleQuote: true, printWidth: 120 },
  })
  const own = isWhole
    ? text
    : text.replace(new RegExp(String.raw`(/\*\*(?:(?!\*/)[\s\S])*\*/\n)?export interface ${name} \{[\s\S]*?\n\}\n`), '')
  return readOnly(withoutReferences(own))
}

/**
 * Prepares a schema for json-schema-to-typescript. Removes what would split types: a title makes a named type of each string,
 * but the $defs keys are to name the types, and keywords beside a $ref copy its target (Bounds1, Bounds2 ...). Adds what JSON
 * Schema leaves implicit: a schema without keywords allows unknown values, and an object without properties allows any.
 *
 * @param {unknown} node  A schema, or a value inside one.
 * @param {boolean} isMap  Whether its keys are names rather than keywords.
 * @returns {any}
 */
function plain(node, isMap = false) {
  if (Array.isArray(node)) return node.map(item => plain(item))
  if (typeof node !== 'object' || node === null) return node
  const dropped = isMap ? [] : '$ref' in node ? ['title', 'description', 'examples', 'default'] : ['title']
  const kept = Object.entries(node).filter(([key]) => !dropped.includes(key))
  const mapped = Object.fromEntries(kept.map(([key, value]) => [key, plain(value, !isMap && mapKeywords.has(key))]))
  if (isMap) return Object.fromEntries(Object.entries(mapped).map(([key, value]) => [key, said(value)]))
  if (mapped['items'] !== undefined) mapped['items'] = said(mapped['items'])
  const { allOf, properties } = mapped
  // A schema with properties of its own and one $ref in allOf extends the target.
  if (!properties || allOf?.length !== 1 || !('$ref' in allOf[0])) return mapped
  return { ...Object.fromEntries(Object.entries(mapped).filter(([key]) => key !== 'allOf')), extends: allOf[0] }
}

/** @param {any} schema  The schema of a property, of items, or in $defs. */
function said(schema) {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema
  const keys = Object.keys(schema).filter(key => !['description', 'examples', 'default', 'x-message'].includes(key))
  if (keys.length === 0) return { ...schema, tsType: 'unknown' }
  const types = [schema.type].flat()
  if (keys.length > 1 || !types.includes('object')) return schema
  return { ...schema, tsType: types.map(type => (type === 'object' ? 'Readonly<Record<string, unknown>>' : type)).join(' | ') }
}

/** @param {string} text  In the layout of json-schema-to-typescript. */
function readOnly(text) {
  const properties = text.replace(/^( +)((?:[\w$]+|'[^']*')\??:(?= |$)|\[k: string\]:)/gm, '$1readonly $2')
  const simple = properties.replace(/(?<!readonly )(\b[A-Za-z]\w*|\([^()]*\))\[\]/g, 'readonly $1[]')
  return [...simple.matchAll(/\}\[\]/g)].reduceRight((done, { index }) => {
    const start = openingOf(done, index)
    return `${done.slice(0, start)}readonly ${done.slice(start)}`
  }, simple)
}

/** @param {string} text @param {number} end  Offset of a closing brace. @returns Offset of its opening brace. */
function openingOf(text, end) {
  for (let depth = 1, at = end - 1; ; at -= 1) {
    if (text[at] === '}') depth += 1
    if (text[at] === '{' && (depth -= 1) === 0) return at
  }
}

/** Removes the notes on which schema refers to a type: they do not help readers. @param {string} text */
function withoutReferences(text) {
  return text.replace(/( \*\n)? \* This interface was referenced by .*\n(?: \* via the .*\n)?/g, '').replace(/^\/\*\*\n \*\/\n/gm, '')
}
