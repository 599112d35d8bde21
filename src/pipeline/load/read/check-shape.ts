import { addAll } from '../../../domain/add-all.js'
import type { ErrorObject } from 'ajv'
import type { Suite } from '../../../domain/generated/suite.js'
import type { SourceFile } from '../../../domain/source.js'
import { validateSuite } from '../generated/validate-suite.js'
import type { Loose } from '../loose.js'
import { nearest } from '../nearest.js'
import type { Places } from '../places.js'
import type { Problems } from '../problems.js'
import { unreadable } from './unreadable.js'
import { reportShape } from './report-shape.js'
import type { SchemaWords, ShapeMistake } from './report-shape.js'

/**
 * Checks a file's value against the suite schema, and reports mistakes.
 *
 * @returns The same value without its mistakes, so that the rest can be checked further: a wrong value becomes `undefined`,
 *   an unknown key is dropped. `undefined` if the file is not a map.
 */
export function checkShape(value: unknown, file: SourceFile, places: Places, problems: Problems): Loose<Suite> | undefined {
  // A file with only comments adds nothing.
  if (value === null || value === unreadable) return {}
  if (validateSuite(value)) return value
  if (!isContainer(value) || Array.isArray(value)) {
    problems.report('FILE_NOT_MAP', {}, { file, start: 0, end: 0 })
    return undefined
  }
  const located = reduce(validateSuite.errors ?? []).map(error => locate(error, value))
  const mistakes = withoutMisspelt(located)
  // Reported before any is removed: one may be inside another.
  for (const mistake of mistakes) {
    if (mistake.error.data !== unreadable) reportShape(mistake, places, problems)
  }
  for (const mistake of mistakes) takeOut(mistake)
  return value
}

type Located = ShapeMistake & { readonly holder: Container }

type Container = Record<string, unknown>

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

/**
 * Reduces errors to one per mistake. If no alternative fits, ajv reports errors for each of them. Only the alternative of
 * the value's own type counts.
 */
function reduce(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept: ErrorObject[] = []
  for (const error of errors) {
    // `propertyNames` already reports the wrong form of a key, and `required` a missing tag.
    if (error.propertyName !== undefined && error.keyword !== 'propertyNames') continue
    if (error.keyword === 'discriminator' && error.params['tagValue'] === undefined) continue
    if (error.keyword === 'anyOf') {
      const from = kept.findLastIndex(({ instancePath }) => !isWithin(instancePath, error.instancePath)) + 1
      const alternatives = kept.splice(from)
      const meant = alternatives.filter(
        ({ keyword, instancePath }) => instancePath !== error.instancePath || (keyword !== 'type' && keyword !== 'const'),
      )
      addAll(kept, meant.length > 0 ? meant : [error])
    } else kept.push(error)
  }
  return kept
}

function isWithin(path: string, of: string): boolean {
  return path === of || path.startsWith(`${of}/`)
}

function locate(error: ErrorObject, file: Container): Located {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const key = path.pop() ?? ''
  let holder = file
  for (const part of path) holder = holder[part] as Container
  if (error.keyword !== 'additionalProperties') return { error, holder, key }
  const known = Object.keys((error.parentSchema as SchemaWords).properties ?? {})
  return { error, holder, key, meant: nearest(error.params['additionalProperty'], known) }
}

/** Drops missing keys that are only misspelt. */
function withoutMisspelt(mistakes: readonly Located[]): readonly Located[] {
  const meantIn = new Map<unknown, Set<string>>()
  for (const { error, meant } of mistakes) {
    if (meant !== undefined) meantIn.set(error.data, (meantIn.get(error.data) ?? new Set()).add(meant))
  }
  return mistakes.filter(({ error }) => error.keyword !== 'required' || !meantIn.get(error.data)?.has(error.params['missingProperty']))
}

function takeOut({ error, holder, key, meant }: Located) {
  const { keyword, params, data } = error
  if (keyword === 'additionalProperties') {
    const map = data as Container
    delete map[params['additionalProperty']]
    // The misspelt key is present but unreadable; otherwise its correct form would be reported as missing.
    if (meant !== undefined && !(meant in map)) map[meant] = undefined
  } else if (!harmless.has(keyword)) holder[key] = undefined
}

/** Mistakes of a map or list as a whole, whose contents are still valid. */
const harmless: ReadonlySet<string> = new Set(['required', 'uniqueItems', 'propertyNames', 'minProperties', 'maxProperties'])
