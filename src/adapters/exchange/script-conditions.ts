import { describeCause } from '../../domain/cause.js'
import type { Scenario, Script, Step } from '../../domain/document.js'
import type { ConditionalAction, ConditionalActions } from '../../domain/generated/suite.js'
import type { Loss } from './finding.js'
import type { Path } from './path.js'
import { showUtterance } from './show-utterance.js'

/**
 * Converts a script to the API's form. Conditions that the form lacks become plain language; everything else it lacks
 * is reported.
 *
 * @param at  The place of the scenario.
 */
export function conditionsOf(scenario: Scenario, script: Script, at: Path, lose: (loss: Loss) => void): ConditionalActions {
  const { steps } = script
  const ids = idsOf(steps)
  const opening: ConditionalAction = {
    id: 0,
    condition: 'FIRST_MESSAGE',
    action: showUtterance(script.firstMessage),
    type: 'standard',
    fixed_message: true,
  }
  const later = steps.map((step, index): ConditionalAction => {
    const place = [...at, describeCause(step.cause)]
    const said = showUtterance(step.say)
    if (said === '') lose({ at: place, message: 'It says nothing; the caller is silent for a moment instead.' })
    if (step.repeat) lose({ at: place, message: 'It acts only once: the format has no repeat.' })
    const { condition, type } = triggerOf(index, { steps, ids }, place, lose)
    return {
      id: ids[index] ?? index + 1,
      condition,
      action: said === '' ? '<silence time="1s"/>' : said,
      type,
      fixed_message: step.wording === 'exact',
    }
  })
  return { role: script.role ?? `You are the caller of "${scenario.name}".`, conditions: [opening, ...later] }
}

/** The ids of the original conditional actions, or else the steps' positions. */
function idsOf(steps: readonly Step[]): number[] {
  const given = steps.map(({ cause }) => cause.number)
  const isWhole = steps.every(({ cause }) => cause.kind === 'condition') && new Set(given).size === steps.length && !given.includes(0)
  return isWhole ? given : steps.map((_, index) => index + 1)
}

interface NumberedSteps {
  readonly steps: readonly Step[]
  /** What each step is called by, in their order. */
  readonly ids: readonly number[]
}

type Trigger = Pick<ConditionalAction, 'condition' | 'type'>

function triggerOf(index: number, { steps, ids }: NumberedSteps, at: Path, lose: (loss: Loss) => void): Trigger {
  const trigger = steps[index]?.trigger
  if (trigger?.kind === 'after') return { condition: idOf(trigger.step, ids), type: 'action_followup' }
  if (trigger?.kind !== 'when') {
    // If every earlier step must come first, "whatever the agent says" is the same as a follow-up of the last one.
    if (isInLine(index, steps)) return { condition: idOf(index - 1, ids), type: 'action_followup' }
    lose({ at, message: 'when: any is now in plain language: in the format, only follow-ups act on anything the agent says.' })
    return { condition: 'The agent says anything that no other condition is about', type: 'standard' }
  }
  const { matcher, says } = trigger
  const asked = wordsOf(matcher)
  if (asked.length === 0) return { condition: says ?? '', type: 'standard' }
  const { contains } = matcher
  if (asked.length === 1 && says === undefined && contains !== undefined && !contains.includes('"')) {
    return { condition: `contains "${contains}"`, type: 'standard' }
  }
  lose({
    at,
    message:
      'Its condition is now in plain language: the format has no matches, equals or one_of, and contains cannot be combined with words.',
  })
  return {
    condition: [...(says === undefined ? [] : [says]), ...asked.map(each => `the agent's words ${each}`)].join(', and '),
    type: 'standard',
  }
}

function idOf(step: number, ids: readonly number[]): number {
  return step < 0 ? 0 : (ids[step] ?? 0)
}

/** Whether the steps from the first message up to this one can only run in order. */
function isInLine(index: number, steps: readonly Step[]): boolean {
  if (index < 0) return true
  const step = steps[index]
  if (!step || step.repeat || step.trigger.kind === 'when') return false
  if (steps.some((other, at) => at !== index && other.trigger.kind === 'after' && other.trigger.step === index - 1)) return false
  return (step.trigger.kind === 'any' || step.trigger.step === index - 1) && isInLine(index - 1, steps)
}

function wordsOf({ contains, matches, equals, oneOf }: Extract<Step['trigger'], { kind: 'when' }>['matcher']): string[] {
  return [
    ...(contains === undefined ? [] : [`contain "${contains}"`]),
    ...(matches === undefined ? [] : [`match the regular expression ${matches}`]),
    ...(equals === undefined ? [] : [`are exactly "${equals}"`]),
    ...(oneOf === undefined ? [] : [`are exactly one of ${oneOf.map(each => `"${each}"`).join(', ')}`]),
  ]
}
