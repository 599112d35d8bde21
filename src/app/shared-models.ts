import type { LanguageModel } from '../ports/language-model.js'
import type { Adapters } from './registry.js'

/** Where many suites run at once: a model that several of them ask is one, and keeps its limits for all of them together. */
export function withSharedModels(use: Adapters): Adapters {
  const models = new Map<string, Promise<LanguageModel>>()
  return {
    ...use,
    languageModel(model, how) {
      const { at: _, ...settings } = model
      const key = JSON.stringify([settings, how])
      let shared = models.get(key)
      if (!shared) models.set(key, (shared = use.languageModel(model, how)))
      return shared
    },
  }
}
