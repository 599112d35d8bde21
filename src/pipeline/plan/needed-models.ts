import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Document, Scenario } from '../../domain/document.js'
import { asksJudge } from '../../domain/metric.js'
import { findsWords, isModelDriven } from '../../domain/model-driven.js'
import type { PlannedModels } from '../../domain/plan.js'

/**
 * The models that runs of these scenarios need. The judge audits model-driven callers, or the caller's own model if the
 * suite has no judge.
 */
export function neededModels(
  scenarios: readonly Scenario[],
  { models: { caller, judge }, metrics, callerCheck }: Pick<Document, 'models' | 'metrics' | 'callerCheck'>,
): PlannedModels {
  const audits = callerCheck && scenarios.some(({ behaviour }) => findsWords(behaviour))
  const isCallerNeeded = scenarios.some(({ behaviour }) => isModelDriven(behaviour))
  const isJudgeNeeded = audits || scenarios.some(scenario => asksJudge(scenario, metrics))
  return {
    ...(caller && isCallerNeeded && { caller }),
    ...(judge && isJudgeNeeded && { judge }),
    audits,
  }
}

/** The engines that calls speak and hear with, as far as the suite names them. */
export function speechOf({
  models: { tts, stt },
  detector,
}: Pick<Document, 'models' | 'detector'>): Pick<PlannedModels, 'tts' | 'stt' | 'detector'> {
  return { ...(tts && { tts }), ...(stt && { stt }), ...(detector && { detector }) }
}

/**
 * Reports a cost limit on models without prices. A model whose name is not known yet (it comes from the environment, and the
 * suite is only inspected) may have some.
 */
export function checkPrices({ caller, judge, tts, stt }: PlannedModels, maxCost: number | undefined): Diagnostic[] {
  if (maxCost === undefined) return []
  const models = [caller, judge].flatMap(model => (model && model.model !== '' && !model.prices ? [model] : []))
  // Engines on this machine cost nothing.
  const engines = [tts, stt].flatMap(engine => (engine?.engine === 'openai' && engine.model !== '' && !engine.prices ? [engine] : []))
  return [
    ...models.map(({ model, role, at }) => diagnose('PRICES_MISSING', { model, role }, at)),
    ...engines.map(({ model, role, at }) => diagnose('SPEECH_PRICES_MISSING', { model, role }, at)),
  ]
}
