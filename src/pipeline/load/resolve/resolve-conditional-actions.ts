import type { Script, Step } from '../../../domain/document.js'
import type { ConditionalAction, ConditionalActions } from '../../../domain/generated/suite.js'
import { requireModel } from '../context.js'
import type { Context } from '../context.js'
import { given, readable } from '../loose.js'
import type { Loose } from '../loose.js'
import { checkTemplates, readUtterance } from '../utterance/read-utterance.js'
import type { SoundingSpeaker } from '../utterance/read-utterance.js'

/** A condition, and its index in the list. */
interface Listed {
  readonly raw: Loose<ConditionalAction>
  readonly index: number
}

/** Reads the API's form of a script: the first condition is the caller's opening, each other condition a step. */
export function resolveConditionalActions(raw: Loose<ConditionalActions>, context: Context, speaker: SoundingSpeaker): Script {
  const conditions = raw.conditions ?? []
  const listed = [...readable(conditions)].map(([index, condition]): Listed => ({ raw: condition, index }))
  checkIds(listed, context)
  const first = listed.find(({ index }) => index === 0)
  if (first) checkFirst(first.raw, context)
  checkTemplates(raw, 'role', context, speaker)
  return {
    firstMessage: first ? readUtterance(first.raw, 'action', context, speaker) : [],
    steps: listed
      .filter(each => each !== first)
      .map(({ raw: condition, index }) => ({
        cause: { kind: 'condition', number: condition.id ?? index },
        trigger: triggerOf(condition, listed, context, speaker),
        say: sayOf(condition, context, speaker),
        wording: condition.fixed_message === false ? 'own' : 'exact',
        repeat: false,
        at: context.places.value(conditions, index),
      })),
    ...given({ role: raw.role }),
  }
}

function checkIds(listed: readonly Listed[], { places, problems }: Context) {
  const seen = new Map<number, object>()
  for (const { raw } of listed) {
    if (raw.id === undefined) continue
    const first = seen.get(raw.id)
    if (!first) seen.set(raw.id, raw)
    else {
      const related = { note: 'First used here.', at: places.value(first, 'id') }
      problems.report('ID_TWICE', { name: 'id', id: raw.id }, places.value(raw, 'id'), related)
    }
  }
}

/** The required fields of the first condition; only its words are free. */
const opening = { id: 0, condition: 'FIRST_MESSAGE', type: 'standard', fixed_message: true } as const

function checkFirst(raw: Loose<ConditionalAction>, { places, problems }: Context) {
  for (const [key, wanted] of Object.entries(opening)) {
    const found = raw[key as keyof typeof opening]
    if (found !== undefined && found !== wanted) {
      problems.report('FIRST_CONDITION', { key, wanted }, places.value(raw, key))
    }
  }
}

function triggerOf(raw: Loose<ConditionalAction>, listed: readonly Listed[], context: Context, speaker: SoundingSpeaker): Step['trigger'] {
  const { places, problems } = context
  const { condition, type } = raw
  const at = () => places.value(raw, 'condition')
  if (condition === undefined || type === undefined) return { kind: 'any' }

  if (type === 'action_followup') {
    const id = typeof condition === 'number' ? condition : /^\s*\d+\s*$/.test(condition) ? Number(condition) : undefined
    const target = listed.find(other => other.raw.id === id)
    if (id === undefined) problems.report('FOLLOW_UP_FORM', { found: condition }, at())
    else if (id === raw.id) problems.report('FOLLOW_UP_ITSELF', { id }, at())
    else if (!target) {
      problems.report('FOLLOW_UP_UNKNOWN', { id, known: listed.flatMap(other => other.raw.id ?? []) }, at())
    }
    return { kind: 'after', step: (target?.index ?? 0) - 1 }
  }

  const contains = typeof condition === 'string' ? /^\s*contains\s+"([^"]+)"\s*$/i.exec(condition)?.[1] : undefined
  if (contains?.trim()) {
    checkTemplates(raw, 'condition', context, speaker)
    return { kind: 'when', matcher: { contains } }
  }
  if (typeof condition === 'number') problems.report('CONDITION_NUMBER', { found: condition }, at())
  else if (condition.trim() === opening.condition) problems.report('FIRST_MESSAGE_NOT_FIRST', {}, at())
  else if (contains !== undefined || condition.trim() === '') problems.report('TEXT_BLANK', { key: 'condition' }, at())
  else {
    requireModel('caller', raw, 'condition', context)
    checkTemplates(raw, 'condition', context, speaker)
    return { kind: 'when', matcher: {}, says: condition }
  }
  return { kind: 'any' }
}

function sayOf(raw: Loose<ConditionalAction>, context: Context, speaker: SoundingSpeaker) {
  const { places, problems } = context
  if (raw.action !== undefined && raw.action.trim() === '') {
    problems.report('TEXT_BLANK', { key: 'action' }, places.value(raw, 'action'))
  }
  if (raw.fixed_message === false) requireModel('caller', raw, 'action', context)
  return readUtterance(raw, 'action', context, { ...speaker, followUp: raw.type === 'action_followup' })
}
