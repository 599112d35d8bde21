// TypeScript types of a JSON Schema, named after the keys of its $defs, and read-only throughout.
import { compile } from 'json-schema-to-typescript'

/** Keywords that hold schemas by name. */
const mapKeywords = new Set(['$defs', 'properties', 'patternProperties', 'dependentSchemas'])

/**
 * @param {object} schema
 * @param {string} name  Of the type of the whole; a schema that is only a collection of $defs has none.
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
 * Without what would split types: a title makes a named type of each string (types are to be named after the keys of
 * $defs), and words beside a $ref make a copy of what it refers to (Bounds1, Bounds2 ...). What JSON Schema says by leaving
 * it out is said: a schema without any keyword is of unknown values, an object without properties may have any.
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
  // What has properties of its own, and all of another, extends it.
  if (!properties || allOf?.length !== 1 || !('$ref' in allOf[0])) return mapped
  return { ...Object.fromEntries(Object.entries(mapped).filter(([key]) => key !== 'allOf')), extends: allOf[0] }
}

/** @param {any} schema  Of a property, of items, or of $defs. */
function said(schema) {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema
  const keys = Object.keys(schema).filter(key => !['description', 'examples', 'default', 'x-message'].includes(key))
  if (keys.length === 0) return { ...schema, tsType: 'unknown' }
  const types = [schema.type].flat()
  if (keys.length > 1 || !types.includes('object')) return schema
  return { ...schema, tsType: types.map(type => (type === 'object' ? 'Readonly<Record<string, unknown>>' : type)).join(' | ') }
}

/** @param {string} text  As json-schema-to-typescript lays it out. */
function readOnly(text) {
  const properties = text.replace(/^( +)((?:[\w$]+|'[^']*')\??:(?= |$)|\[k: string\]:)/gm, '$1readonly $2')
  const simple = properties.replace(/(?<!readonly )(\b[A-Za-z]\w*|\([^()]*\))\[\]/g, 'readonly $1[]')
  return [...simple.matchAll(/\}\[\]/g)].reduceRight((done, { index }) => {
    const start = openingOf(done, index)
    return `${done.slice(0, start)}readonly ${done.slice(start)}`
  }, simple)
}

/** @param {string} text @param {number} end  Of a closing brace. @returns Where its opening brace is. */
function openingOf(text, end) {
  for (let depth = 1, at = end - 1; ; at -= 1) {
    if (text[at] === '}') depth += 1
    if (text[at] === '{' && (depth -= 1) === 0) return at
  }
}

/** Which schema refers to a type says nothing to whoever reads it. @param {string} text */
function withoutReferences(text) {
  return text.replace(/( \*\n)? \* This interface was referenced by .*\n(?: \* via the .*\n)?/g, '').replace(/^\/\*\*\n \*\/\n/gm, '')
}
