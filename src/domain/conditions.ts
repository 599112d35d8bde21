import type { ConditionChange } from './comparison.js'
import type { JudgeSummary, ModelSummary, SpeechSummary, SuiteStarted } from './event.js'

/** What differs between two results besides their agents. */
export function conditionChanges(base: SuiteStarted, next: SuiteStarted): ConditionChange[] {
  return changesBetween(conditionsOf(base), conditionsOf(next))
}

/** What a result was made under besides its agents, in a few words each. */
export type Conditions = Readonly<Record<ConditionChange['what'], string>>

export function changesBetween(before: Conditions, after: Conditions): ConditionChange[] {
  return (Object.keys(before) as ConditionChange['what'][]).flatMap(what => {
    const [then, now] = [before[what], after[what]]
    return then === now ? [] : [{ what, base: then, new: now }]
  })
}

export function conditionsOf({ digests, plan, context, callsheet }: SuiteStarted): Conditions {
  return {
    suite: digests.suite,
    thresholds: digests.bar,
    judge: judgeText(plan.judge),
    caller: modelText(plan.caller),
    speech: [speechText(plan.tts), speechText(plan.stt)].filter(text => text !== '').join(', ') || 'none',
    seed: String(plan.seed),
    environment: context?.environment ?? 'not named',
    callsheet,
  }
}

function modelText(model: ModelSummary | undefined): string {
  if (!model) return 'none'
  return model.temperature === undefined ? model.model : `${model.model}, temperature ${model.temperature}`
}

function judgeText(judge: JudgeSummary | undefined): string {
  return judge && judge.votes > 1 ? `${modelText(judge)}, ${judge.votes} votes` : modelText(judge)
}

function speechText(speech: SpeechSummary | undefined): string {
  return [speech?.engine, speech?.model, speech?.voice].filter(part => part !== undefined).join(' ')
}

/** `Not the same conditions: the suite changed; seed 1 -> 2.` */
export function conditionsText(changes: readonly ConditionChange[]): string {
  return `Not the same conditions: ${changes.map(conditionText).join('; ')}.`
}

/** Digests say nothing to people. */
export function conditionText({ what, base, new: now }: ConditionChange): string {
  if (what === 'suite') return 'the suite changed'
  return what === 'thresholds' ? 'the thresholds changed' : `${what} ${base} -> ${now}`
}
