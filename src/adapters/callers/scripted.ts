import type { Script, Step } from '../../domain/document.js'
import type { RunSpec } from '../../domain/plan.js'
import { textMatches } from '../../domain/text-matcher.js'
import { areTelephoneKeys, type Utterance } from '../../domain/utterance.js'
import type { Caller, CallerMove, Heard } from '../../ports/caller.js'
import type { Patterns } from '../../ports/patterns.js'
import { scriptVariables } from './script-variables.js'
import { renderTemplate, type TemplateVariables } from './template.js'

/** What follow-ups call the first message, where others have a step. */
const firstMessage = -1

/** Knows its moves at once. */
export interface ScriptedCaller extends Caller {
  open(): CallerMove
  answer(heard: Heard): CallerMove
}

/**
 * A caller that keeps to its script. A follow-up of what it said last comes first, whatever it hears; else the first
 * unused step in order that matches answers; else it waits.
 *
 * @throws {Error} when the scenario has no script, a text refers to something that has no value, or a value that is to be
 *   keyed in has no keys.
 */
export function scriptedCaller(spec: RunSpec, { patterns }: { readonly patterns: Patterns }): ScriptedCaller {
  const { behaviour, idlePrompt, key } = spec.case.scenario
  if (behaviour.kind !== 'script') throw new Error(`Scenario "${key}" has no script.`)
  let variables: TemplateVariables | undefined
  const render: Render = text => (hasTemplate(text) ? renderTemplate(text, (variables ??= scriptVariables(spec))) : text)
  const script = isPlain(behaviour.script) ? behaviour.script : fillIn(behaviour.script, render)
  const { steps } = script
  const used = new Set<number>()
  let due = followUpsOf(firstMessage, steps)

  return {
    idlePrompt: render(idlePrompt),

    open() {
      if (script.firstMessage.length === 0) return { type: 'wait' }
      return { type: 'say', utterance: script.firstMessage, why: 'first message' }
    },

    answer(heard): CallerMove {
      const isFree = (index: number) => !used.has(index) || steps[index]?.repeat === true
      const index =
        due.find(isFree) ?? steps.findIndex((step, at) => isFree(at) && answersTo(step, heard.text, patterns))
      const step = steps[index]
      if (!step) return { type: 'wait' }

      used.add(index)
      // Its own follow-ups come before those that still wait: each belongs to the turn right after its step.
      due = [...followUpsOf(index, steps), ...due.filter(other => other !== index)]
      return { type: 'say', utterance: step.say, why: step.label }
    },
  }
}

/** Indices of the steps that follow a step, in order. */
function followUpsOf(index: number, steps: readonly Step[]): readonly number[] {
  return steps.flatMap(({ trigger }, at) => (trigger.kind === 'after' && trigger.step === index ? [at] : []))
}

function answersTo({ trigger }: Step, text: string, patterns: Patterns): boolean {
  switch (trigger.kind) {
    case 'any':
      return true
    case 'when':
      return textMatches(trigger.matcher, text, (pattern, within) => patterns.search(pattern, within))
    case 'after':
      return false
  }
}

/** Fills in a text. */
type Render = (text: string) => string

/** Scripts with nothing to fill in are the same in every run; whether one is so is found out once. */
const plain = new WeakMap<Script, boolean>()

function isPlain(script: Script): boolean {
  let known = plain.get(script)
  if (known === undefined) {
    const parts = [script.firstMessage, ...script.steps.map(({ say }) => say)].flat()
    known = !parts.some(part => part.type === 'dtmf' || (part.type === 'text' && hasTemplate(part.text)))
    plain.set(script, known)
  }
  return known
}

function hasTemplate(text: string): boolean {
  return text.includes('{{')
}

function fillIn(script: Script, render: Render): Script {
  return {
    firstMessage: fillInParts(script.firstMessage, render),
    steps: script.steps.map(step => ({ ...step, say: fillInParts(step.say, render) })),
  }
}

function fillInParts(utterance: Utterance, render: Render): Utterance {
  return utterance.map(part => {
    switch (part.type) {
      case 'text':
        return { ...part, text: render(part.text) }
      case 'dtmf':
        return { ...part, digits: keys(render(part.digits)) }
      default:
        return part
    }
  })
}

/** The digits as they are, where a telephone has keys for them. */
function keys(digits: string): string {
  if (areTelephoneKeys(digits)) return digits
  throw new Error(`"${digits}" cannot be keyed in: a telephone has the keys 0-9 * # A-D.`)
}
