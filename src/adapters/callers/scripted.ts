import type { Script, Step } from '../../domain/document.js'
import type { RunSpec } from '../../domain/plan.js'
import type { Utterance } from '../../domain/utterance.js'
import { textMatches } from '../../domain/text-matcher.js'
import type { Caller, CallerMove, Heard } from '../../ports/caller.js'
import type { Patterns } from '../../ports/patterns.js'
import { fillInScript, renderFor, valuesOf } from './fill-in-script.js'
import { ScriptProgress } from './script-progress.js'

/** A caller that decides its moves without waiting. */
export interface ScriptedCaller extends Caller {
  open(): CallerMove
  answer(heard: Heard): CallerMove
}

/**
 * A caller that follows its script. A due follow-up comes first, whatever the agent said. Otherwise the first unused
 * step that matches answers. Otherwise the caller waits.
 *
 * @throws {Error} when the scenario has no script, when a text refers to something that has no value, or when a value
 *   to key in has no telephone keys.
 */
export function scriptedCaller(spec: RunSpec, { patterns }: { readonly patterns: Patterns }): ScriptedCaller {
  const { behaviour, idlePrompt, key } = spec.case.scenario
  if (behaviour.kind !== 'script') throw new Error(`Scenario "${key}" has no script.`)
  const render = renderFor(spec)
  const script = fillInScript(behaviour.script, render, () => valuesOf(spec))
  return new ByScript(script, render(idlePrompt), patterns)
}

class ByScript implements ScriptedCaller {
  readonly idlePrompt: string
  readonly #script: Script
  readonly #patterns: Patterns
  readonly #progress: ScriptProgress

  constructor(script: Script, idlePrompt: string, patterns: Patterns) {
    this.idlePrompt = idlePrompt
    this.#script = script
    this.#patterns = patterns
    this.#progress = new ScriptProgress(script.steps)
  }

  open(): CallerMove {
    const { firstMessage } = this.#script
    if (firstMessage.length === 0) return { type: 'wait' }
    return { type: 'say', utterance: firstMessage, cause: { kind: 'first_message' } }
  }

  answer(heard: Heard): CallerMove {
    const { steps } = this.#script
    const index =
      this.#progress.due() ?? steps.findIndex((step, at) => this.#progress.isFree(at) && answersTo(step, heard.text, this.#patterns))
    const step = steps[index]
    if (!step) return { type: 'wait' }
    this.#progress.take(index)
    return { type: 'say', utterance: step.say, cause: step.cause }
  }

  cutInMs(): number | undefined {
    return this.#progress.cutInMs()
  }

  known(): Utterance[] {
    const { firstMessage, steps } = this.#script
    return [firstMessage, ...steps.map(({ say }) => say), [{ type: 'text', text: this.idlePrompt }]]
  }
}

/** Whether a step matches a text. Conditions that need a model do not match. */
export function answersTo({ trigger }: Step, text: string, patterns: Patterns): boolean {
  switch (trigger.kind) {
    case 'any':
      return true
    case 'when':
      return textMatches(trigger.matcher, text, (pattern, within) => patterns.search(pattern, within))
    case 'after':
      return false
  }
}
