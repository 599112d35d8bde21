import type { ModelRole } from '../../domain/model.js'
import type { Places } from './places.js'
import type { Problems } from './problems.js'
import type { Territory } from './read/find-included.js'

/** What all parts of a suite are read with. */
export interface Context {
  readonly places: Places
  readonly problems: Problems
  /** Whether a pattern is found even in the empty text. Throws a SyntaxError, with the reason, for what is no RE2. */
  readonly tryPattern: (pattern: string) => boolean
  /** Where files that the suite names may lie. */
  readonly territory: Territory
  /** Which models the suite has. */
  readonly models: Readonly<Record<ModelRole, boolean>>
}

/** What is written in plain language needs a model, to speak or to judge: reported where the suite has none. */
export function requireModel(model: ModelRole, container: object, key: string, { places, problems, models }: Context) {
  if (!models[model]) problems.report('MODEL_MISSING', { key, model }, places.key(container, key))
}
