import type { Places } from './places.js'
import type { Problems } from './problems.js'

/** What all parts of a suite are read with. */
export interface Context {
  readonly places: Places
  readonly problems: Problems
  /** Whether a pattern is found even in the empty text. Throws a SyntaxError, with the reason, for what is no RE2. */
  readonly tryPattern: (pattern: string) => boolean
  /** Which models the suite has. */
  readonly models: { readonly caller: boolean; readonly judge: boolean }
}

/**
 * Plain language: a model has to speak or to judge. This version has neither, so it is an error with and without one.
 */
export function reportPlainLanguage(
  model: 'caller' | 'judge',
  container: object,
  key: string,
  { places, problems, models }: Context,
) {
  problems.report(
    models[model] ? 'PLAIN_LANGUAGE_NOT_YET' : 'MODEL_MISSING',
    { key, model },
    places.key(container, key),
  )
}
