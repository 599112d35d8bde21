import type { Mask } from '../../domain/mask.js'
import type { RunSpec } from '../../domain/plan.js'
import type { LanguageModel, ModelUse } from '../../ports/language-model.js'
import type { Patterns } from '../../ports/patterns.js'
import type { Render } from './fill-in-script.js'
import type { Manner } from './manner.js'

/** Everything a model needs to play a caller. */
export interface Cast {
  readonly spec: RunSpec
  readonly model: LanguageModel
  readonly spent: ModelUse['spent']
  readonly patterns: Patterns
  readonly render: Render
  readonly manner: Manner
  /** Masks what the transcript quotes of the model's reasons. */
  readonly mask: Mask
  /** Whether the agent can speak again unprompted, so that waiting makes sense. */
  readonly canWait: boolean
}
