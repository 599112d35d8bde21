import type { Script, Step } from '../../../domain/document.js'
import type { Condition, Script as RawScript, Step as RawStep } from '../../../domain/generated/suite.js'
import { reportPlainLanguage } from '../context.js'
import type { Context } from '../context.js'
import { isWhole, readable } from '../loose.js'
import type { Loose } from '../loose.js'
import { readMatcher } from './read-matcher.js'
import { readUtterance } from '../utterance/read-utterance.js'
import type { Speaker } from '../utterance/read-utterance.js'

/** A scenario's `script`. */
export function resolveScript(raw: Loose<RawScript>, context: Context, speaker: Speaker): Script {
  const { places, problems } = context
  const steps = raw.steps ?? []
  if (isWhole(raw) && !raw.first_message && steps.length === 0) problems.report('SCRIPT_EMPTY', {}, places.whole(raw))
  return {
    firstMessage: readUtterance(raw, 'first_message', context, speaker),
    steps: [...readable(steps)].map(([index, step]) => resolveStep(step, index, steps, context, speaker)),
  }
}

function resolveStep(
  raw: Loose<RawStep>,
  index: number,
  all: readonly unknown[],
  context: Context,
  speaker: Speaker,
): Step {
  const { places, problems } = context
  const label = `step ${index + 1}`
  const at = places.value(all, index)
  if ('when' in raw && 'after' in raw) problems.report('STEP_TRIGGER', { label, has: 'both' }, places.key(raw, 'after'))
  if (!('when' in raw) && !('after' in raw)) problems.report('STEP_TRIGGER', { label, has: 'neither' }, at)

  const say = readUtterance(raw, 'say', context, { ...speaker, followUp: 'after' in raw })
  if (raw.say !== undefined && say.length === 0) problems.report('SAY_EMPTY', { label }, places.value(raw, 'say'))
  return { label, trigger: triggerOf(raw, index, all.length, context), say, repeat: raw.repeat ?? false, at }
}

function triggerOf(raw: Loose<RawStep>, index: number, count: number, context: Context): Step['trigger'] {
  const { places, problems } = context
  const { when, after } = raw
  if (after !== undefined) {
    if (after > count) problems.report('STEP_AFTER_UNKNOWN', { after, count }, places.value(raw, 'after'))
    else if (after === index + 1) {
      problems.report('STEP_AFTER_ITSELF', { label: `step ${after}` }, places.value(raw, 'after'))
    }
    return { kind: 'after', step: after - 1 }
  }
  if (when === undefined || when === 'any') return { kind: 'any' }
  return { kind: 'when', matcher: readCondition(when, context) }
}

function readCondition(when: Loose<Exclude<Condition, 'any'>>, context: Context) {
  if ('says' in when) reportPlainLanguage('caller', when, 'says', context)
  return readMatcher(when, context)
}
