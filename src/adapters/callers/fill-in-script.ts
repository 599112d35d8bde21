import { caseVariables, fillIn } from '../../domain/case-variables.js'
import type { Scalar, Script, Step } from '../../domain/document.js'
import type { RunSpec } from '../../domain/plan.js'
import { fillInMatcher, textsIn, type Values } from '../../domain/fill-in-checks.js'
import { withText } from '../../domain/sound-tag.js'
import { unreachable } from '../../domain/unreachable.js'
import { areTelephoneKeys, withoutFormatting, wordsOf, type Utterance } from '../../domain/utterance.js'

/** Fills in a text. */
export type Render = (text: string) => string

/** Fills in the texts of a run. It collects the values only when the first text needs one. */
export function renderFor(spec: RunSpec): Render {
  let variables: Readonly<Record<string, Scalar>> | undefined
  return text => (hasTemplate(text) ? fillIn(text, (variables ??= valuesOf(spec))) : text)
}

/** The values that the texts of a run can refer to. */
export function valuesOf(spec: RunSpec): Readonly<Record<string, Scalar>> {
  return { 'run.key': spec.key, ...caseVariables(spec.case) }
}

/**
 * Fills in every text of a script.
 *
 * @throws {Error} when a text refers to something that has no value, or when a value to key in has no telephone keys.
 */
export function fillInScript(script: Script, render: Render, values: () => Values): Script {
  if (isPlain(script)) return script
  const { firstMessage, steps, role } = script
  return {
    firstMessage: fillInParts(firstMessage, render),
    steps: steps.map(step => ({ ...step, trigger: fillInTrigger(step.trigger, render, values()), say: fillInParts(step.say, render) })),
    ...(role !== undefined && { role: render(role) }),
  }
}

/** @throws {Error} as `fillInScript` does. */
export function fillInParts(utterance: Utterance, render: Render): Utterance {
  return utterance.map(part => {
    switch (part.type) {
      case 'text':
        return { ...part, text: render(part.text) }
      case 'dtmf':
        return { ...part, digits: keys(render(part.digits)) }
      case 'sound':
        return withText(part, render)
      case 'silence':
      case 'hold':
      case 'interruption':
      case 'endcall':
      case 'sound_end':
        return part
      default:
        return unreachable(part)
    }
  })
}

/** Scripts without templates are the same in every run, so each script is examined once. */
const plain = new WeakMap<Script, boolean>()

function isPlain(script: Script): boolean {
  let known = plain.get(script)
  if (known === undefined) {
    const parts = [script.firstMessage, ...script.steps.map(({ say }) => say)].flat()
    const texts = [
      script.role,
      ...script.steps.flatMap(({ trigger }) => (trigger.kind === 'when' ? [trigger.says, ...textsIn(trigger.matcher)] : [])),
    ]
    known =
      !parts.some(part => part.type === 'dtmf' || hasTemplate(wordsOf(part) ?? '')) &&
      !texts.some(text => text !== undefined && hasTemplate(text))
    plain.set(script, known)
  }
  return known
}

function hasTemplate(text: string): boolean {
  return text.includes('{{')
}

function fillInTrigger(trigger: Step['trigger'], render: Render, values: Values): Step['trigger'] {
  if (trigger.kind !== 'when') return trigger
  const { matcher, says } = trigger
  return { ...trigger, matcher: fillInMatcher(matcher, values), ...(says !== undefined && { says: render(says) }) }
}

/** @throws {Error} when a telephone has no key for one of the digits. */
function keys(digits: string): string {
  const pressed = withoutFormatting(digits)
  if (areTelephoneKeys(pressed)) return pressed
  throw new Error(`"${digits}" cannot be keyed in: a telephone has the keys 0-9 * # A-D.`)
}
