import { expect, test } from 'vitest'
import { withSharedModels } from '../../../src/app/shared-models.js'
import type { Adapters } from '../../../src/app/registry.js'
import { createMask, noMask, type Mask } from '../../../src/domain/mask.js'
import { Place } from '../../../src/domain/place.js'
import type { Model } from '../../../src/domain/model.js'
import type { LanguageModel } from '../../../src/ports/language-model.js'

test('a model that suites share masks the secrets of all of them before it cuts what it quotes', async () => {
  const opened: Mask[] = []
  const use = withSharedModels({
    languageModel: async (_model: unknown, { mask }: { mask: Mask }) => {
      opened.push(mask)
      return {} as LanguageModel
    },
  } as unknown as Adapters)
  const masks = [
    createMask([{ name: 'FIRST_KEY', value: 'first-secret-of-the-first-suite' }]),
    noMask,
    createMask([{ name: 'OTHER_KEY', value: 'second-secret-of-the-other-suite' }]),
  ]
  const shared = await Promise.all(masks.map(mask => use.languageModel({ baseUrl: 'http://x' } as unknown as Model, { seed: 1, mask })))
  expect(new Set(shared).size).toBe(1)
  expect(opened).toHaveLength(1)
  const quoted = new Place('x', opened[0]).quote(
    `refused: ${'.'.repeat(20)}second-secret-of-the-other-suite, first-secret-of-the-first-suite`,
    60,
  )
  expect(quoted).not.toMatch(/secret-of/)
  expect(opened[0]?.text('first-secret-of-the-first-suite')).toBe('[redacted FIRST_KEY]')
})
