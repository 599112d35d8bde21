// Generates from schemas/ the types of src/domain/generated/ and the validators of src/pipeline/load/generated/, so that
// start-up does not pay for compiling schemas. With --check, writes nothing and fails if a file would change.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import addFormats from 'ajv-formats'
import { compile } from 'json-schema-to-typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = 'schemas/suite.schema.json'
const banner = `// Generated from ${source} by npm run generate; do not edit`
/** Keywords that hold schemas by name. */
const mapKeywords = new Set(['$defs', 'properties', 'patternProperties', 'dependentSchemas'])
const schema = JSON.parse(readFileSync(join(root, source), 'utf8'))

const files = {
  'src/domain/generated/suite.ts': await types(),
  'src/pipeline/load/generated/validate-suite.js': validator(),
  'src/pipeline/load/generated/validate-suite.d.ts': validatorTypes(),
}

if (process.argv.includes('--check')) {
  const stale = Object.entries(files).filter(([name, text]) => textOf(name) !== text)
  for (const [name] of stale) {
    console.error(`${name} is stale: it is not what ${source} generates. Run \`npm run generate\`.`)
  }
  process.exitCode = stale.length > 0 ? 1 : 0
} else {
  for (const [name, text] of Object.entries(files)) {
    if (textOf(name) === text) continue
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
    console.error(`wrote ${name}`)
  }
}

/** @param {string} name */
function textOf(name) {
  const path = join(root, name)
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : undefined
}

function types() {
  return compile({ ...plain(schema), $id: undefined, title: 'Suite' }, 'Suite', {
    bannerComment: banner,
    additionalProperties: false,
    unknownAny: true,
    format: true,
    style: { semi: false, singleQuote: true, printWidth: 120 },
  })
}

/**
 * Without what would split types: a title makes a named type of each string (types are to be named after the keys of
 * $defs), and words beside a $ref make a copy of what it refers to (Bounds1, Bounds2 ...).
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
  return Object.fromEntries(kept.map(([key, value]) => [key, plain(value, !isMap && mapKeywords.has(key))]))
}

function validator() {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    // Alternatives such as "one of these two properties" name a property without describing it again.
    strictRequired: false,
    allowUnionTypes: true,
    discriminator: true,
    // Lengths are only ever held against 0, 1 and 2: no need to count code points.
    unicode: false,
    logger: false,
    // Each error brings its schema along: its title, description and examples say what was wanted.
    verbose: true,
    code: { source: true, esm: true, lines: true },
  })
  addFormats.default(ajv)
  ajv.addSchema(schema, 'suite')
  const code = standalone.default(ajv, { validateSuite: 'suite' })

  // Ajv writes `require` for its helpers even in an ES module.
  const header = /\brequire\(/.test(code)
    ? "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\n"
    : ''
  return `${banner}\n${header}${code.replace(/^"use strict";?\n?/, '').trim()}\n`
}

function validatorTypes() {
  return `${banner}
import type { ErrorObject } from 'ajv'
import type { Suite } from '../../../domain/generated/suite.js'

/** Whether \`data\` has the shape of a suite; if not, \`validateSuite.errors\` says why, until the next call. */
export declare const validateSuite: {
  (data: unknown): data is Suite
  errors?: ErrorObject[] | null
}
`
}
