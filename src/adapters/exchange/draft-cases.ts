import type { ConditionalAction, ConditionalActions, Scenario } from '../../domain/generated/suite.js'
import { placeholderNames } from '../../domain/placeholder.js'
import { castPersonality } from './draft-personality.js'
import { castTestProfile, templateName } from './draft-test-profile.js'
import type { Drafting, ListedCase } from './drafting.js'
import type { Path } from './path.js'
import { freeKey, isNonEmpty } from './suite-draft.js'
import type { TextUse } from './tidy.js'

/** Adds cases to a suite. @param at  The place of the list of cases. */
export function draftCases(cases: readonly ListedCase[], at: Path, drafting: Drafting): void {
  for (const [index, each] of cases.entries()) draftCase(each, [...at, index], drafting)
}

function draftCase(each: ListedCase, at: Path, drafting: Drafting): void {
  const { draft, lose } = drafting
  const key = freeKey(each.key ?? each.name.toLowerCase(), draft.scenarios, 'scenario')
  if (each.key !== undefined && key !== each.key) {
    lose({ at: [...at, 'key'], message: `A key must be unique and may have only letters, digits, - and _. This one is now ${key}.` })
  }
  const read = textReader(at, drafting)
  const behaviour = behaviourOf(each, at, read, drafting)
  const personality = castPersonality(each.personality, each.language, at, drafting)
  const testProfile = castTestProfile(each.test_profile, { scenario: key, at, named: read }, drafting)
  const outcome = read.text(each.expected_outcome?.trim() ? each.expected_outcome : undefined, 'words', 'expected_outcome')
  const metrics = metricsOf(each, key, at, drafting)
  const tags = [...new Set(each.tags?.map(tag => tag.trim()).filter(tag => tag !== ''))]

  const scenario: Scenario = {
    ...(each.id !== undefined && { id: each.id }),
    ...(each.name !== key && { name: each.name }),
    ...(each.description?.trim() && { description: each.description }),
    ...(each.folder !== undefined && { folder: each.folder }),
    ...(tags.length > 0 && { tags }),
    ...(personality !== undefined && { personality }),
    ...(testProfile !== undefined && { test_profile: testProfile }),
    ...behaviour,
    ...(outcome !== undefined && { expected_outcome: outcome }),
    ...(isNonEmpty(metrics) && { metrics }),
    ...(each.frequency !== undefined && each.frequency !== 1 && { frequency: atMost('frequency', each.frequency, at, lose) }),
    ...(each.max_duration !== undefined && { max_duration: duration(atMost('max_duration', each.max_duration, at, lose)) }),
  }
  draft.scenarios.set(key, outcome === undefined ? { ...scenario, expect: askSomething(key, at, drafting) } : scenario)
  nameTheRest(each, at, lose)
}

interface TextReader {
  text<Text extends string | undefined>(text: Text, use: TextUse, ...field: Path): Text
  /** The test profile variables used in the texts read so far. */
  readonly templates: ReadonlySet<string>
  /** Those of them that are keyed in. */
  readonly keyed: ReadonlySet<string>
}

function textReader(at: Path, { tidy, lose }: Drafting): TextReader {
  const templates = new Set<string>()
  const keyed = new Set<string>()
  return {
    templates,
    keyed,
    text(text, use, ...field) {
      if (text === undefined) return text
      const tidied = tidy(text, use)
      for (const message of tidied.lost) lose({ at: [...at, ...field], message })
      for (const name of placeholderNames(tidied.text)) {
        const variable = templateName(name)
        if (variable !== undefined) templates.add(variable)
      }
      for (const [digits] of tidied.text.matchAll(/<dtmf\b[^<>]*>/g)) {
        for (const name of placeholderNames(digits)) keyed.add(templateName(name) ?? '')
      }
      return tidied.text as typeof text
    },
  }
}

function behaviourOf(each: ListedCase, at: Path, read: TextReader, drafting: Drafting) {
  const { lose } = drafting
  if (each.type === 'conditional_actions' && each.conditional_actions) {
    for (const field of ['instructions', 'first_message'] as const) {
      if (each[field]) lose({ at: [...at, field], message: 'Left out: conditional_actions decide everything the caller does.' })
    }
    return { conditional_actions: conditionsOf(each.conditional_actions, at, read, drafting) }
  }
  if (each.conditional_actions) {
    lose({ at: [...at, 'conditional_actions'], message: 'Left out: the case has another type, which uses its instructions.' })
  }
  const first = read.text(each.first_message, 'utterance', 'first_message')
  return {
    instructions: read.text(each.instructions ?? '', 'words', 'instructions'),
    ...(first !== undefined && { first_message: first }),
  }
}

function conditionsOf(raw: ConditionalActions, at: Path, read: TextReader, drafting: Drafting): ConditionalActions {
  const { lose } = drafting
  const place = [...at, 'conditional_actions']
  nameUnknown(raw, ['role', 'conditions'], place, lose)
  const [first, ...later] = raw.conditions.map((condition, index): ConditionalAction => {
    const field = ['conditional_actions', 'conditions', index] as const
    nameUnknown(condition, ['id', 'condition', 'action', 'type', 'fixed_message'], [...at, ...field], lose)
    const { id, condition: when, action, type, fixed_message } = condition
    const use = type === 'action_followup' ? 'follow_up' : 'utterance'
    return {
      id,
      condition: typeof when === 'string' ? read.text(when, 'words', ...field, 'condition') : when,
      action: spoken(read.text(inTurn(action, index, [...at, ...field, 'action'], drafting), use, ...field, 'action'), index),
      type,
      fixed_message,
    }
  })
  if (!first) throw new RangeError('Conditional actions without conditions.')
  return { role: read.text(raw.role, 'words', 'conditional_actions', 'role'), conditions: [first, ...later] }
}

/** Adapts an action for an agent that only answers: the caller speaks first and cannot interrupt. */
function inTurn(action: string, index: number, at: Path, { canGreet, lose }: Drafting): string {
  if (canGreet) return action
  if (index === 0 && action.trim() === '') {
    lose({ at, message: 'The agent should speak first, but over HTTP it only answers, so the caller says Hello.' })
    return 'Hello.'
  }
  const patient = action.replaceAll(/<interruption\b[^<>]*>/g, '')
  if (patient !== action) lose({ at, message: 'The <interruption> is left out: over HTTP an agent cannot be interrupted.' })
  return patient
}

/** Only the first condition can be silent. If an action of any other becomes empty, the caller pauses instead. */
function spoken(action: string, index: number): string {
  return index > 0 && action.trim() === '' ? '<silence time="1s"/>' : action
}

function nameUnknown(value: object, known: readonly string[], at: Path, lose: Drafting['lose']): void {
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) lose({ at: [...at, name], message: 'Left out: a suite does not support it.' })
  }
}

/** A document only names metrics; their definitions stay in the service. */
function metricsOf(each: ListedCase, key: string, at: Path, { draft, lose, isKnownMetric }: Drafting): string[] {
  const known: string[] = []
  const unknown: string[] = []
  for (const [index, metric] of each.metrics?.entries() ?? []) {
    const place = [...at, 'metrics', index]
    // The judge scores it for every expected outcome.
    if (metric === 'expected_outcome') continue
    if (typeof metric === 'string' && isKnownMetric(metric)) known.push(metric)
    else {
      unknown.push(String(metric))
      lose({ at: place, message: `Left out: the document only names metric ${metric}. Define it under metrics:, then list it.` })
    }
  }
  const note = unknown.length > 0 && `Measured before, but not declared here: ${unknown.join(', ')}`
  if (note) draft.notes.set(`scenarios.${key}`, { before: note })
  return [...new Set(known)]
}

/** A suite refuses a scenario without checks, because passing it would prove nothing. */
function askSomething(key: string, at: Path, { draft, lose }: Drafting): NonNullable<Scenario['expect']> {
  draft.notes.set(`scenarios.${key}.expect`, {
    before: 'The case expected nothing, so this expects only that either side ends the call. Add what the agent must do.',
  })
  lose({
    at: [...at, 'expected_outcome'],
    message: 'It is missing, but every scenario of a suite must expect something. Add what the agent must do.',
  })
  return [{ not: { ended_by: 'limit' } }]
}

/** Reports what text conversations do not have, and what every caller has anyway. */
function nameTheRest(each: ListedCase, at: Path, lose: Drafting['lose']): void {
  for (const [index, tool] of each.tools?.entries() ?? []) {
    // Every caller can hang up, press keys and wait.
    if (['end_call', 'dtmf', 'call_hold'].includes(tool)) continue
    lose({
      at: [...at, 'tools', index],
      message: `Left out: callers do not support ${tool}. They can speak, press keys, wait and hang up.`,
    })
  }
  if (each.phone_number !== undefined) {
    lose({ at: [...at, 'phone_number'], message: 'Left out: a text conversation has no telephone number.' })
  }
  if (each.type === 'real_world_smart' || each.type === 'real_world_fixed') {
    lose({ at: [...at, 'type'], message: `${each.type} is not supported, so the case uses its instructions.` })
  }
}

/** Limits of the suite format: repeats, and seconds. */
const limits = { frequency: 1_000_000, max_duration: 24 * 86_400 } as const

function atMost(field: keyof typeof limits, value: number, at: Path, lose: Drafting['lose']): number {
  const most = limits[field]
  if (value > most) lose({ at: [...at, field], message: `Now ${most}, the most a suite allows.` })
  return Math.min(most, value)
}

/** @param seconds  A whole number. */
function duration(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}
