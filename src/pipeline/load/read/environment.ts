import { nearest } from '../nearest.js'
import type { Problems } from '../problems.js'
import type { ScalarPart } from '../places.js'
import type { Span } from '../../../domain/source.js'
import type { Environment } from '../../../domain/environment.js'

/** The variables that texts may read, and the values read so far. */
export interface SuiteEnvironment {
  readonly variables: Environment
  /** The variables read so far; not those of settings that identify a model, nor defaults. */
  readonly reads: Map<string, VariableRead>
  /** Default: `asked`. */
  readonly models?: ModelNeed
}

/**
 * How much of `models` is needed: all of it (`asked`), only what identifies the models (`replayed`), or nothing (`unused`).
 * Missing variables in the rest are not mistakes.
 */
export type ModelNeed = 'asked' | 'replayed' | 'unused'

/** A variable that the suite reads. */
export interface VariableRead {
  readonly name: string
  readonly value: string
  /** Where it is read first. */
  readonly at: Span
  readonly path: Path
}

/** The keys that lead to a text. */
export type Path = readonly string[]

/** A text of a suite file, as written. */
export interface SuiteText {
  readonly text: string
  readonly path: Path
  /** The place of a stretch of it in the file. */
  readonly locate: (part: ScalarPart) => Span
}

/** `$${` means a literal `${`; `${NAME}` and `${NAME:-default}` read the environment. */
const reference = /\$\$\{|\$\{([^}]*)(\})?/g
const inside = /^([A-Za-z_][A-Za-z0-9_]*)(?::-([\s\S]*))?$/

/**
 * Fills in a text's references to the environment; `undefined` if one of them fails. Each failing reference is reported at
 * its own place, unless it is not needed. As in a shell, a default also replaces an empty variable.
 */
export function substitute({ text, path, locate }: SuiteText, environment: SuiteEnvironment, problems: Problems): string | undefined {
  let complete = true
  const filled = text.replace(reference, (whole: string, content: string | undefined, closed: string | undefined, start: number) => {
    if (content === undefined) return '${'
    const at = locate({ text, start, end: start + whole.length })
    const [, name, fallback] = (closed && inside.exec(content)) || []
    if (name === undefined || fallback?.includes('${')) {
      complete = false
      problems.report('ENV_FORM', { reference: whole }, at)
      return whole
    }
    const value = readVariable(name, environment, { path, at })
    if (fallback !== undefined && !value) return fallback
    if (value !== undefined) return value
    complete = false
    if (isNeeded(path, environment)) problems.report('ENV_MISSING', { name, nearest: nearest(name, namesLike(name, environment)) }, at)
    return whole
  })
  return complete ? filled : undefined
}

function readVariable(
  name: string,
  { variables, reads }: SuiteEnvironment,
  { path, at }: Pick<VariableRead, 'path' | 'at'>,
): string | undefined {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined
  if (value && !saysWhichModel(path) && !reads.has(name)) reads.set(name, { name, value, at, path: [...path] })
  return value
}

function isNeeded(path: Path, { models = 'asked' }: SuiteEnvironment): boolean {
  return path[0] !== 'models' || models === 'asked' || (models === 'replayed' && saysWhichModel(path))
}

/** The settings that answers depend on: reports show them, and recorded answers are found by them. */
function saysWhichModel([section, , key = '', ...more]: Path): boolean {
  return section === 'models' && modelFacts.has(key) && more.length === 0
}

const modelFacts: ReadonlySet<string> = new Set(['model', 'temperature', 'seed'])

/** Only names with the same beginning: the rest of the environment is not the suite's business. */
function namesLike(name: string, { variables }: SuiteEnvironment): string[] {
  return Object.keys(variables).filter(known => known.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase())
}
