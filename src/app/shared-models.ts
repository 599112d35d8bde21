import type { LanguageModel } from '../ports/language-model.js'
import { JoinedMask } from './joined-mask.js'
import type { Adapters } from './registry.js'

/**
 * Shares models between suites that run at the same time, so that a model's limits apply to all of them together. Its faults mask the
 * secrets of all.
 */
export function withSharedModels(use: Adapters): Adapters {
  const models = new Map<string, { readonly model: Promise<LanguageModel>; readonly mask: JoinedMask }>()
  return {
    ...use,
    languageModel(model, how) {
      const { at: _, ...settings } = model
      const key = JSON.stringify([settings, how.seed, how.keyName, how.concurrency])
      let shared = models.get(key)
      if (!shared) {
        const mask = new JoinedMask()
        models.set(key, (shared = { model: use.languageModel(model, { ...how, mask }), mask }))
      }
      shared.mask.add(how.mask)
      return shared.model
    },
  }
}
