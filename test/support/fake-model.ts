import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { withoutBounds } from '../../src/adapters/models/bounds.js'
import type { LanguageModel, ModelRequest } from '../../src/ports/language-model.js'

/** Answers in memory; what does not fit the schema asked for is refused, as it would be on the way. */
export interface FakeModel extends LanguageModel {
  readonly requests: readonly ModelRequest[]
}

const ajv = new Ajv2020({ allErrors: true })
const validators = new Map<string, ValidateFunction>()

/** Schemas of the same text share a validator: to compile one takes longer than a test. */
function validatorOf(schema: ModelRequest['answer']['schema']): ValidateFunction {
  const text = JSON.stringify(schema)
  const known = validators.get(text) ?? ajv.compile(withoutBounds(schema))
  validators.set(text, known)
  return known
}

/** @param answer  What it says to a request, counted from 0; a promise takes its time. */
export function fakeModel(answer: (request: ModelRequest, nth: number) => unknown): FakeModel {
  const requests: ModelRequest[] = []
  return {
    requests,
    async ask(request, { signal, spent }) {
      signal.throwIfAborted()
      const nth = requests.push(request) - 1
      spent({ role: 'caller', model: 'fake', requests: 1, inputTokens: 1, outputTokens: 1 })
      const said = await answer(request, nth)
      signal.throwIfAborted()
      const isValid = validatorOf(request.answer.schema)
      if (!isValid(said)) throw new Error(`${JSON.stringify(said).slice(0, 500)} ${ajv.errorsText(isValid.errors)}`)
      return said
    },
  }
}

/** The text of a request that is neither the first nor of the model: what it was asked last. */
export function questionOf({ messages }: ModelRequest): string {
  return messages.at(-1)?.content ?? ''
}
