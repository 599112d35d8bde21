import type { Script, Step } from '../../domain/document.js'
import type { RunSpec } from '../../domain/plan.js'
import type { Utterance } from '../../domain/utterance.js'
import { textMatches } from '../../domain/text-matcher.js'
import type { Caller, CallerMove, Heard, Patience } from '../../ports/caller.js'
import type { Random } from '../../ports/clock.js'
import type { Patterns } from '../../ports/patterns.js'
import { fillInScript, renderFor, valuesOf } from './fill-in-script.js'
import { ScriptProgress } from './script-progress.js'

/** A caller that decides its moves without waiting. */
export interface ScriptedCaller extends Caller {
  open(): CallerMove
  answer(heard: Heard): CallerMove
}

interface ScriptUse {
  readonly patterns: Patterns
  /** The attempt's own source, for a call: in which turns the caller cuts in. */
  readonly random?: Random
}

/** A caller that does not wait for the end of the agent's turn. */
const cutsIn: Patience = { quietMs: 0, givesWay: false }
const cutsInUnheard: Patience = { ...cutsIn, needsNoWords: true }
/** One that does: how long a turn's end takes is a matter of the call. */
const hearsOut: Patience = { quietMs: 1, givesWay: false }

/**
 * A caller that follows its script. A due follow-up comes first, whatever the agent said. Otherwise the first unused
 * step that matches answers. Otherwise the caller waits.
 *
 * @throws {Error} when the scenario has no script, when a text refers to something that has no value, or when a value
 *   to key in has no telephone keys.
 */
export function scriptedCaller(spec: RunSpec, use: ScriptUse): ScriptedCaller {
  const { behaviour, idlePrompt, key } = spec.case.scenario
  if (behaviour.kind !== 'script') throw new Error(`Scenario "${key}" has no script.`)
  const render = renderFor(spec)
  const script = fillInScript(behaviour.script, render, () => valuesOf(spec))
  return new ByScript(script, render(idlePrompt), use, spec.case.call?.turns.cutInShare ?? 0)
}

class ByScript implements ScriptedCaller {
  readonly idlePrompt: string
  readonly #script: Script
  readonly #patterns: Patterns
  readonly #progress: ScriptProgress
  /** Only where the caller may cut in. */
  readonly patience?: () => Patience
  /** Whether it cuts in on the turn in progress, once that is drawn. */
  #cuts: boolean | undefined

  constructor(script: Script, idlePrompt: string, { patterns, random }: ScriptUse, cutInShare: number) {
    this.idlePrompt = idlePrompt
    this.#script = script
    this.#patterns = patterns
    this.#progress = new ScriptProgress(script.steps)
    if (!random || cutInShare === 0) return
    this.patience = () => {
      this.#cuts ??= random() < cutInShare
      if (!this.#cuts || !this.#progress.hasNext()) return hearsOut
      return this.#progress.needsWords() ? cutsIn : cutsInUnheard
    }
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
    this.#cuts = undefined
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
