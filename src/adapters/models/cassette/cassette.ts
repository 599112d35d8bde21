import type { Mask } from '../../../domain/mask.js'
import type { Model } from '../../../domain/model.js'
import type { Secret } from '../../../domain/secret.js'
import type { Clock } from '../../../ports/clock.js'
import { maskMessages, type LanguageModel, type ModelRequest } from '../../../ports/language-model.js'
import { samplingOf } from '../question.js'
import { digestOf, type Asked } from './tape.js'

/** Sits between a suite and its models: records their answers, or replays them. */
export interface Cassette {
  /** @param open  Opens the model itself; not called during a replay. */
  model(model: Model, open: () => Promise<LanguageModel>): Promise<LanguageModel>
  /**
   * @param state  `whole` if every question was asked, `unused` if no call was made.
   * @returns A sentence about the recording for people; `undefined` after a replay.
   * @throws {CassetteError} when the cassette could not be written.
   */
  close(state: 'whole' | 'unfinished' | 'unused'): string | undefined
}

export interface CassetteUse {
  readonly clock: Clock
  /** The plan's seed. */
  readonly seed: number
  /** The suite's secrets. They are kept out of cassettes, so a cassette recorded elsewhere still matches. */
  readonly secrets: readonly Secret[]
  readonly mask: Mask
}

/** Builds the lookup key of a request. Its purpose is not part of the key. */
export function askedBy(model: Model, { seed, mask }: CassetteUse): (request: ModelRequest) => Asked {
  const digests = new WeakMap<object, string>()
  const digest = (schema: object): string => {
    let known = digests.get(schema)
    if (known === undefined) digests.set(schema, (known = digestOf(JSON.stringify(mask.json(schema)))))
    return known
  }
  return request => ({
    model: model.model,
    ...samplingOf(request, model, seed),
    shape: { name: request.answer.name, digest: digest(request.answer.schema) },
    messages: maskMessages(request.messages, mask),
  })
}

/** Counts how many times each key was asked. */
export function createCounter(): (key: string) => number {
  const counts = new Map<string, number>()
  return key => {
    const nth = (counts.get(key) ?? 0) + 1
    counts.set(key, nth)
    return nth
  }
}
