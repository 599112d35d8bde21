import type { LanguageModel } from '../ports/language-model.js'
import type { Adapters } from './registry.js'

/** Shares models between suites that run at the same time, so that a model's limits apply to all of them together. */
export function withSharedModels(use: Adapters): Adapters {
  const models = new Map<string, Promise<LanguageModel>>()
  return {
    ...use,
    languageModel(model, how) {
      const { at: _, ...settings } = model
      const key = JSON.stringify([settings, how.seed, how.keyName, how.concurrency])
      let shared = models.get(key)
      if (!shared) models.set(key, (shared = use.languageModel(model, how)))
      return shared
    },
  }
}
