import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

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
    if (!found) return { wrong: 'it is not JSON' }
    const wrong = wrongIn(found.value, schema)
    return wrong === undefined ? found : { wrong }
  }
}

/** Checks an answer against a schema. Returns what is wrong, as the end of a sentence. */
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
 * Finds the JSON in an answer: the whole text, a code fence, or the first to the last brace. Models put their reasoning
 * before it. With several fences none is used, because one of them may quote the agent.
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
      // Try the next one.
    }
  }
  return undefined
}
