import { nearest } from '../nearest.js'
import type { Problems } from '../problems.js'
import type { Stretch } from '../places.js'
import type { Secret } from '../../../domain/document.js'
import type { Span } from '../../../domain/source.js'

/** The variables that texts may read, and what was read of them. */
export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>
  /** By name and value; defaults are no secrets. */
  readonly secrets: Map<string, Secret>
  /** A section of which nothing is needed: what is missing there is no mistake. */
  readonly spared?: string
}

/** `$${` stands for `${`; `${NAME}` and `${NAME:-default}` for what the environment says. */
const reference = /\$\$\{|\$\{([^}]*)(\})?/g
const inside = /^([A-Za-z_][A-Za-z0-9_]*)(?::-([\s\S]*))?$/

/**
 * A text with its references to the environment filled in, or `undefined` where one of them cannot be; each of those is
 * reported at its own place, unless it is spared. As in a shell, a default also stands in for a variable that is empty.
 */
export function substitute(
  text: string,
  environment: Environment,
  problems: Problems,
  locate: (stretch: Stretch) => Span,
  isSpared = false,
): string | undefined {
  let complete = true
  const filled = text.replace(
    reference,
    (whole: string, content: string | undefined, closed: string | undefined, start: number) => {
      if (content === undefined) return '${'
      const at = locate({ text, start, end: start + whole.length })
      const [, name, fallback] = (closed && inside.exec(content)) || []
      if (name === undefined || fallback?.includes('${')) {
        complete = false
        problems.report('ENV_FORM', { reference: whole }, at)
        return whole
      }
      const value = readVariable(name, environment)
      if (fallback !== undefined && !value) return fallback
      if (value !== undefined) return value
      complete = false
      if (!isSpared) problems.report('ENV_MISSING', { name, nearest: nearest(name, namesLike(name, environment)) }, at)
      return whole
    },
  )
  return complete ? filled : undefined
}

function readVariable(name: string, { variables, secrets }: Environment): string | undefined {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined
  if (value) secrets.set(`${name}=${value}`, { name, value })
  return value
}

/** Only names with the same beginning: the rest of an environment is none of the suite's business. */
function namesLike(name: string, { variables }: Environment): string[] {
  return Object.keys(variables).filter(known => known.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase())
}
