// Generates code that is not kept in git. From schemas/: the types of suites, of the API's requests and answers and (for tests) of
// events, and the validator of suites, so that start-up does not compile schemas. From src/view/: the page of HTML reports. Writes only
// changed files.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import addFormats from 'ajv-formats'
import { generatedFiles } from './generated-files.js'
import { typesOf } from './schema-types.js'
import { pageAssets, render, renderTypes } from './bundle-view.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const suite = 'schemas/suite.schema.json'
const requests = 'schemas/api/requests.schema.json'
const answers = 'schemas/api/answers.schema.json'
const journal = 'schemas/event.schema.json'
const report = 'schemas/report.schema.json'
const schema = read(suite)

const files = {
  [generatedFiles.suite]: await typesOf(schema, 'Suite', bannerOf(suite)),
  [generatedFiles.validator]: validator(),
  [generatedFiles.validatorTypes]: validatorTypes(),
  [generatedFiles.eventValidator]: eventValidator(),
  [generatedFiles.eventValidatorTypes]: eventValidatorTypes(),
  [generatedFiles.requests]: await typesOf(withoutNull(read(requests)), 'Requests', bannerOf(requests)),
  [generatedFiles.answers]: await typesOf(read(answers), 'Answers', bannerOf(answers)),
  [generatedFiles.ownWords]: ownWords([suite, journal, report, requests, answers]),
  [generatedFiles.pageAssets]: pageAssets(),
  [generatedFiles.render]: render(),
  [generatedFiles.renderTypes]: renderTypes,
  // Tests compare these with the events' types, which are hand-written for their ids and unions.
  [generatedFiles.event]: await typesOf(withReport(read(journal)), 'JournalEvent', bannerOf(journal)),
}

for (const [name, text] of Object.entries(files)) {
  const path = join(root, name)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  console.error(`wrote ${name}`)
}

/** @param {string} name */
function read(name) {
  return JSON.parse(readFileSync(join(root, name), 'utf8'))
}

/** @param {string} source */
function bannerOf(source) {
  return `// Generated from ${source} by npm run generate; do not edit`
}

/**
 * Embeds the report's definitions, which the event's schema refers to.
 *
 * @param {any}  event
 */
function withReport(event) {
  const { $id: id, $defs } = read(report)
  const inOne = JSON.parse(JSON.stringify(event).replaceAll(`"${id}#`, '"#'))
  return { ...inOne, $defs: { ...$defs, ...inOne.$defs } }
}

/**
 * A request as its readers see it: null fields have been dropped before.
 *
 * @param {any}  node
 * @returns {any}
 */
function withoutNull(node) {
  if (Array.isArray(node)) return node.map(withoutNull)
  if (typeof node !== 'object' || node === null) return node
  const mapped = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withoutNull(value)]))
  return Array.isArray(mapped['type']) ? { ...mapped, type: mapped['type'].filter(type => type !== 'null') } : mapped
}

/**
 * The words of our formats: their keys, and the values that they list.
 *
 * @param {string[]}  sources
 */
function ownWords(sources) {
  const words = new Set(['callsheet', 'redacted'])
  /** @param {unknown} node */
  const collect = node => {
    if (Array.isArray(node)) return node.forEach(collect)
    if (typeof node !== 'object' || node === null) return
    const { properties, const: only, enum: listed } = /** @type {{ properties?: object, const?: unknown, enum?: unknown }} */ (node)
    for (const word of [...Object.keys(properties ?? {}), only, ...(Array.isArray(listed) ? listed : [])])
      if (typeof word === 'string') words.add(word.toLowerCase())
    Object.values(node).forEach(collect)
  }
  sources.forEach(source => collect(read(source)))
  const list = [...words].filter(word => word.length >= 8).toSorted()
  return `// Generated from schemas/ by npm run generate; do not edit
/** Words of eight letters and more that our files and answers consist of. In lower case. */
export const ownWords: ReadonlySet<string> = new Set(${JSON.stringify(list)})
`
}

function validator() {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    // Alternatives such as "one of these two properties" name properties that are described elsewhere.
    strictRequired: false,
    allowUnionTypes: true,
    discriminator: true,
    // The schemas only limit lengths to 0, 1 and 2, so code points need no counting.
    unicode: false,
    logger: false,
    // Each error carries its schema, whose title, description and examples say what was expected.
    verbose: true,
    // A fifth more code would have to be read at each start.
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  })
  addFormats.default(ajv)
  ajv.addSchema(schema, 'suite')
  return moduleOf(standalone.default(ajv, { validateSuite: 'suite' }), bannerOf(suite))
}

/** The validator of journal lines. It stops at the first mistake. */
function eventValidator() {
  const ajv = new Ajv2020({
    strict: false,
    discriminator: true,
    unicode: false,
    logger: false,
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true },
  })
  addFormats.default(ajv)
  ajv.addSchema(read(report))
  ajv.addSchema(read(journal), 'event')
  return moduleOf(standalone.default(ajv, { validateEvent: 'event' }), bannerOf(journal))
}

function eventValidatorTypes() {
  return `${bannerOf(journal)}
import type { SuiteEvent } from '../../../domain/event.js'

/** Whether a value is an event of a journal. */
export declare const validateEvent: (data: unknown) => data is SuiteEvent
`
}

/**
 * @param {string} code  What Ajv wrote.
 * @param {string} banner
 */
function moduleOf(code, banner) {
  // Ajv writes `require` for its helpers even in an ES module.
  const header = /\brequire\(/.test(code)
    ? "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\n"
    : ''
  const plain = code
    .replace(/^"use strict";?\n?/, '')
    // Engines read long JSON faster than the same as code.
    .replaceAll(/\bconst (schema\d+) = (\{.+?\});(?=\s*(?:const|function|export)\b)/g, (all, name, literal) =>
      isJson(literal) ? `const ${name} = JSON.parse('${literal.replaceAll(/['\\]/g, '\\$&')}');` : all,
    )
  return `${banner}\n${header}${plain.trim()}\n`
}

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function validatorTypes() {
  return `${bannerOf(suite)}
import type { ErrorObject } from 'ajv'
import type { Suite } from '../../../domain/generated/suite.js'

/** Whether \`data\` has the shape of a suite; if not, \`validateSuite.errors\` says why, until the next call. */
export declare const validateSuite: {
  (data: unknown): data is Suite
  errors?: ErrorObject[] | null
}
`
}
