import type { Secret } from '../../../domain/document.js'
import type { Model } from '../../../domain/model.js'
import type { Redact } from '../../../domain/redactor.js'
import type { Clock } from '../../../ports/clock.js'
import type { LanguageModel, ModelRequest } from '../../../ports/language-model.js'
import { samplingOf } from '../question.js'
import { digestOf, type Asked } from './tape.js'

/** What stands between a suite and its models: it records what they answer, or answers in their place. */
export interface Cassette {
  /** @param open  Opens the model itself; not called where the cassette answers. */
  model(model: Model, open: () => Promise<LanguageModel>): Promise<LanguageModel>
  /**
   * @param state  `whole` if all was asked that was to be, `unused` if no call was placed.
   * @returns What became of it, for people; nothing of a cassette that was only read.
   * @throws {CassetteError} when it could not be written.
   */
  close(state: 'whole' | 'unfinished' | 'unused'): string | undefined
}

export interface CassetteUse {
  readonly clock: Clock
  /** The plan's. */
  readonly seed: number
  /** Of the suite: they are in no cassette, so that one that was recorded elsewhere fits. */
  readonly secrets: readonly Secret[]
  readonly redact: Redact
}

/** Makes of a request what it is found by. What it is for plays no part in it. */
export function askedBy(model: Model, { seed, redact }: CassetteUse): (request: ModelRequest) => Asked {
  const digests = new WeakMap<object, string>()
  const digest = (schema: object): string => {
    let known = digests.get(schema)
    if (known === undefined) digests.set(schema, (known = digestOf(redact(schema))))
    return known
  }
  return request => ({
    model: model.model,
    ...samplingOf(request, model, seed),
    shape: { name: request.answer.name, digest: digest(request.answer.schema) },
    messages: redact(request.messages),
  })
}

/** Counts how often the same was asked. */
export function createCounter(): (key: string) => number {
  const counts = new Map<string, number>()
  return key => {
    const nth = (counts.get(key) ?? 0) + 1
    counts.set(key, nth)
    return nth
  }
}
