import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { keyTwiceIn } from '../../domain/json-value.js'
import type { ModelRequest } from '../../ports/language-model.js'
import { withoutBounds } from './bounds.js'
import { jsonIn, type FoundJson } from './json-in.js'
import { quoted } from './quoted.js'
import { blanksOf } from './shape-in-words.js'
import { showsAnswer } from './shown-answer.js'
import { textsIn } from './texts-in.js'

/** The JSON of an answer, or what is wrong with it, as the end of a sentence. */
export type ReadAnswer = { readonly value: unknown } | { readonly wrong: string }

/**
 * Finds the answer in what a model said, and checks it against its schema. The answer is all that it said, or the object at its end: what
 * stands before other words may be a draft, or a quotation. Of several objects that fit, none is used unless they are alike. Where the question
 * shows such an answer, only an object that stands alone counts: other words may report what the agent said.
 */
export type ReadAnswers = (said: ModelWords, request: Pick<ModelRequest, 'messages' | 'answer'>) => ReadAnswer

/** What a model said. */
export interface ModelWords {
  readonly content: string
  /** Whether it was cut off. */
  readonly isCut: boolean
}

/** How many compiled schemas to keep. Some schemas differ for each question. */
const mostKept = 500

export function createAnswerReader(): ReadAnswers {
  const wrongIn = createShapeCheck()
  return ({ content, isCut }, { messages, answer: { schema } }) => {
    const problemOf = ({ text, value }: FoundJson): string | undefined =>
      wrongIn(value, schema) ?? copied(value, schema) ?? saidTwice(text) ?? quoted(text, value, messages)
    let wrong: string | undefined
    const fit = jsonIn(content, isCut).filter(each => {
      const problem = problemOf(each)
      wrong ??= problem
      return problem === undefined
    })
    const last = fit.at(-1)
    if (!last) return { wrong: wrong ?? 'it is not JSON' }
    if (new Set(fit.map(({ value }) => JSON.stringify(value))).size > 1) return { wrong: 'it has more than one answer' }
    if (!last.isLast) return { wrong: 'other words follow its JSON' }
    if (!last.isAlone && showsAnswer(messages, schema)) return { wrong: 'other words stand before its JSON' }
    return { value: last.value }
  }
}

/** A key that is given twice has two values, and either may be meant. */
function saidTwice(text: string): string | undefined {
  const key = keyTwiceIn(text)
  return key === undefined ? undefined : `it has ${JSON.stringify(key)} twice in one object`
}

/** What the question shows as an example is no answer. */
function copied(value: unknown, schema: Readonly<Record<string, unknown>>): string | undefined {
  const blanks = blanksOf(schema)
  const found = textsIn(value).find(text => blanks.has(text.trim()))
  return found === undefined ? undefined : `it repeats ${JSON.stringify(found)} instead of filling it in`
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
