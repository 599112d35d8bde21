import { noMask } from '../../domain/mask.js'
import { isModelDriven } from '../../domain/model-driven.js'
import type { CallerFactory } from '../../ports/caller.js'
import type { LanguageModel } from '../../ports/language-model.js'
import type { Cast } from './cast.js'
import { renderFor } from './fill-in-script.js'
import { improvisingCaller } from './improvising.js'
import { instructedCaller } from './instructed.js'
import { createManner } from './manner.js'
import { scriptedCaller } from './scripted.js'
import { wordsIn } from './slip-keys.js'

/** Callers for every kind of scenario. A model helps where the scenario has `instructions`, or a script with `act` or `says`. */
export function modelCaller(model: LanguageModel): CallerFactory {
  return (spec, use) => {
    const { scenario, personality, testProfile, call } = spec.case
    const { behaviour } = scenario
    if (!isModelDriven(behaviour)) return scriptedCaller(spec, use)
    const known = wordsIn(Object.values(testProfile?.callerVariables ?? {}).map(String))
    const cast: Cast = {
      spec,
      model,
      spent: use.spent,
      patterns: use.patterns,
      render: renderFor(spec),
      mask: use.mask ?? noMask,
      manner: createManner(personality, known, use.random, call?.turns.cutInShare),
    }
    return behaviour.kind === 'script' ? improvisingCaller(behaviour.script, cast) : instructedCaller(behaviour, cast)
  }
}
