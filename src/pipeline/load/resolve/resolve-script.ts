import { describeCause } from '../../../domain/cause.js'
import type { Script, Step } from '../../../domain/document.js'
import type { Condition, Script as RawScript, Step as RawStep } from '../../../domain/generated/suite.js'
import { requireModel } from '../context.js'
import type { Context } from '../context.js'
import { given, isWhole, readable } from '../loose.js'
import type { Loose } from '../loose.js'
import { readMatcher } from './read-matcher.js'
import { checkTemplates, readUtterance } from '../utterance/read-utterance.js'
import type { SoundingSpeaker } from '../utterance/read-utterance.js'

/** A step, and its index in the list. */
interface ListedStep {
  readonly raw: Loose<RawStep>
  readonly index: number
  readonly steps: readonly unknown[]
}

/** A scenario's `script`. */
export function resolveScript(raw: Loose<RawScript>, context: Context, speaker: SoundingSpeaker): Script {
  const { places, problems } = context
  const steps = raw.steps ?? []
  if (isWhole(raw) && !raw.first_message && steps.length === 0) problems.report('SCRIPT_EMPTY', {}, places.whole(raw))
  return {
    firstMessage: readUtterance(raw, 'first_message', context, speaker),
    steps: [...readable(steps)].map(([index, step]) => resolveStep({ raw: step, index, steps }, context, speaker)),
  }
}

function resolveStep(listed: ListedStep, context: Context, speaker: SoundingSpeaker): Step {
  const { raw, index, steps } = listed
  const { places, problems } = context
  const cause = { kind: 'step', number: index + 1 } as const
  const label = describeCause(cause)
  const at = places.value(steps, index)
  if ('when' in raw && 'after' in raw) problems.report('STEP_TRIGGER', { label, has: 'both' }, places.key(raw, 'after'))
  if (!('when' in raw) && !('after' in raw)) problems.report('STEP_TRIGGER', { label, has: 'neither' }, at)

  const isOwn = 'act' in raw
  if (isOwn && 'say' in raw) problems.report('STEP_WORDS', { label, has: 'both' }, places.key(raw, 'act'))
  if (!isOwn && !('say' in raw)) problems.report('STEP_WORDS', { label, has: 'neither' }, at)
  const key = isOwn ? 'act' : 'say'
  const say = readUtterance(raw, key, context, { ...speaker, followUp: 'after' in raw })
  if (raw[key] !== undefined && say.length === 0) problems.report('SAY_EMPTY', { label }, places.value(raw, key))
  if (isOwn) requireModel('caller', raw, 'act', context)
  return {
    cause,
    trigger: triggerOf(listed, context, speaker),
    say,
    wording: isOwn ? 'own' : 'exact',
    repeat: raw.repeat ?? false,
    at,
  }
}

function triggerOf({ raw, index, steps }: ListedStep, context: Context, speaker: SoundingSpeaker): Step['trigger'] {
  const { places, problems } = context
  const { when, after } = raw
  if (after !== undefined) {
    if (after > steps.length) problems.report('STEP_AFTER_UNKNOWN', { after, count: steps.length }, places.value(raw, 'after'))
    else if (after === index + 1) {
      problems.report('STEP_AFTER_ITSELF', { label: `step ${after}` }, places.value(raw, 'after'))
    }
    return { kind: 'after', step: after - 1 }
  }
  if (when === undefined || when === 'any') return { kind: 'any' }
  return { kind: 'when', ...readCondition(when, context, speaker) }
}

function readCondition(when: Loose<Exclude<Condition, 'any'>>, context: Context, speaker: SoundingSpeaker) {
  const matcher = readMatcher(when, context, false)
  if (!('says' in when)) return { matcher }
  requireModel('caller', when, 'says', context)
  if (when.says?.trim() === '') context.problems.report('TEXT_BLANK', { key: 'says' }, context.places.value(when, 'says'))
  checkTemplates(when, 'says', context, speaker)
  return { matcher, ...given({ says: when.says }) }
}
