import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

/** An answer as JSON, or what is wrong with it, as the end of a sentence. */
export type ReadAnswer = { readonly value: unknown } | { readonly wrong: string }

/** Reads answers, and holds them against the schemas they are to have. */
export type ReadAnswers = (content: string, schema: Readonly<Record<string, unknown>>) => ReadAnswer

/** Schemas are made once for each kind of question, or for each question: so many are kept. */
const mostKept = 500

export function createAnswerReader(): ReadAnswers {
  const wrongIn = createShapeCheck()
  return (content, schema) => {
    const found = jsonIn(content)
    if (!found) return { wrong: 'it is not JSON' }
    const wrong = wrongIn(found.value, schema)
    return wrong === undefined ? found : { wrong }
  }
}

/** Says what of an answer is not as its schema asks, as the end of a sentence. */
export function createShapeCheck(): (answer: unknown, schema: Readonly<Record<string, unknown>>) => string | undefined {
  // Schemas are ours: to hold them against the schema of schemas would take ten times as long as to compile them.
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
      validate = ajv.compile(schema)
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
 * The JSON of an answer: all of it, what stands in a fence of code, or from its first brace to its last. Models that think
 * aloud do so before it. Where there are several fences none is taken: one of them may be what the agent said.
 */
function jsonIn(content: string): { value: unknown } | undefined {
  const said = content.replace(/^[\s\S]*<\/think>/, '')
  const [fenced, another] = [...said.matchAll(/```(?:json)?\s*\n([\s\S]*?)\n\s*```/g)].map(([, text]) => text)
  const braced = said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)
  for (const text of [content, said, another === undefined ? fenced : undefined, braced]) {
    if (text === undefined) continue
    try {
      return { value: JSON.parse(text) as unknown }
    } catch {
      // the next may do
    }
  }
  return undefined
}
