import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { withoutBounds } from './bounds.js'
import { blanksOf } from './shape-in-words.js'

/** The JSON of an answer, or what is wrong with it, as the end of a sentence. */
export type ReadAnswer = { readonly value: unknown } | { readonly wrong: string }

/** Parses answers, and checks them against their schemas. */
export type ReadAnswers = (content: string, schema: Readonly<Record<string, unknown>>) => ReadAnswer

/** How many compiled schemas to keep. Some schemas differ for each question. */
const mostKept = 500

export function createAnswerReader(): ReadAnswers {
  const wrongIn = createShapeCheck()
  return (content, schema) => {
    const found = jsonIn(content)
    let wrong: string | undefined
    const fit = found.filter(value => {
      const problem = wrongIn(value, schema) ?? copied(value, schema)
      wrong ??= problem
      return problem === undefined
    })
    const [first] = fit
    if (first !== undefined && new Set(fit.map(value => JSON.stringify(value))).size === 1) return { value: first }
    if (fit.length > 1) return { wrong: 'it has more than one answer' }
    return { wrong: wrong ?? 'it is not JSON' }
  }
}

/** What the question shows as an example is no answer. */
function copied(value: unknown, schema: Readonly<Record<string, unknown>>): string | undefined {
  const blanks = blanksOf(schema)
  const found = textsIn(value).find(text => blanks.has(text.trim()))
  return found === undefined ? undefined : `it repeats ${JSON.stringify(found)} instead of filling it in`
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Checks an answer against a schema, lengths aside. Returns what is wrong, as the end of a sentence. */
export function createShapeCheck(): (answer: unknown, schema: Readonly<Record<string, unknown>>) => string | undefined {
  // The schemas are our own, and validating a schema takes ten times as long as compiling it.
  const ajv = new Ajv2020({ strict: false, logger: false, meta: false, validateSchema: false })
  const compiled = new Map<string, ValidateFunction>()
  const known = new WeakMap<object, ValidateFunction>()

  const validatorOf = (schema: object): ValidateFunction => {
    const own = known.get(schema)
    if (own) return own
    const text = JSON.stringify(schema)
    let validate = compiled.get(text)
    if (!validate) {
      if (compiled.size >= mostKept) {
        compiled.clear()
        ajv.removeSchema()
      }
      validate = ajv.compile(withoutBounds(schema as Readonly<Record<string, unknown>>))
      compiled.set(text, validate)
    }
    known.set(schema, validate)
    return validate
  }

  return (answer, schema) => {
    const validate = validatorOf(schema)
    if (validate(answer)) return undefined
    const [error] = validate.errors ?? []
    const { instancePath = '', message = 'is not of the shape asked for', params = {} } = error ?? {}
    const named = [params['additionalProperty'], params['allowedValues']].find(each => each !== undefined)
    return `${instancePath || 'the answer'} ${message}${named === undefined ? '' : `: ${JSON.stringify(named)}`}`
  }
}

/**
 * The JSON in an answer: the whole text, or the objects in it, wherever they stand. Models put their reasoning before their answer,
 * and some endpoints repeat the question. Of several answers none is used, because one of them may quote the agent.
 */
function jsonIn(content: string): unknown[] {
  const said = content.replace(/^[\s\S]*<\/think>/, '')
  for (const text of [content, said]) {
    const whole = parsed(text)
    if (whole) return [whole.value]
  }
  return objectsIn(said).flatMap(text => parsed(text)?.value ?? [])
}

/** After more, an answer is not looked through: braces that are never closed would take quadratic time. */
const mostTries = 50
/** In characters, all tries together. */
const mostLooked = 4_000_000

/** The texts of the outermost objects: from each `{` that is not within another to the `}` that closes it. */
function objectsIn(text: string): string[] {
  const found: string[] = []
  let from = text.indexOf('{')
  let looked = 0
  for (let tries = 0; from !== -1 && tries < mostTries && looked < mostLooked; tries += 1) {
    const to = endOf(text, from)
    looked += (to === -1 ? text.length : to) - from
    if (to !== -1) found.push(text.slice(from, to))
    from = text.indexOf('{', to === -1 ? from + 1 : to)
  }
  return found
}

/** Behind the brace that closes the one at `from`; -1 if none does. */
function endOf(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') {
      at += 1
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    } else if (sign === '{') depth += 1
    else if (sign === '}' && --depth === 0) return at + 1
  }
  return -1
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
