import type { ModelRole } from '../../domain/model.js'
import type { Places } from './places.js'
import type { Problems } from './problems.js'
import type { Territory } from './read/find-included.js'

/** The context for reading all parts of a suite. */
export interface Context {
  readonly places: Places
  readonly problems: Problems
  /**
   * Whether a pattern matches even the empty text.
   *
   * @throws {SyntaxError} when the pattern is not RE2 syntax; the message says why.
   */
  readonly tryPattern: (pattern: string) => boolean
  /** Where files that the suite names may be. */
  readonly territory: Territory
  /** Which models the suite has. */
  readonly models: Readonly<Record<ModelRole, boolean>>
}

/** Reports plain language in a suite without the model that it needs, to speak or to judge. */
export function requireModel(model: ModelRole, container: object, key: string, { places, problems, models }: Context) {
  if (!models[model]) problems.report('MODEL_MISSING', { key, model }, places.key(container, key))
}
