import type { Step } from '../../domain/document.js'

/** The index that follow-ups use for the first message. */
const firstMessage = -1

/** A caller's progress in its script: which steps have answered, and which follow-ups are due. */
export class ScriptProgress {
  readonly #steps: readonly Step[]
  /** By step. */
  readonly #used: boolean[] = []
  #due: readonly number[]

  constructor(steps: readonly Step[]) {
    this.#steps = steps
    this.#due = followUpsOf(firstMessage, steps)
  }

  /** Index of the follow-up that is due next, whatever the agent says. */
  due(): number | undefined {
    return this.#due.find(index => this.isFree(index))
  }

  /** When the follow-up that is due next cuts in, in milliseconds after the agent began to speak; `undefined` if it does not. */
  cutInMs(): number | undefined {
    const first = this.#steps[this.due() ?? -1]?.say[0]
    return first?.type === 'interruption' ? first.ms : undefined
  }

  /** Whether there is anything left to say. */
  hasNext(): boolean {
    return this.due() !== undefined || this.#steps.some(({ trigger }, index) => trigger.kind !== 'after' && this.isFree(index))
  }

  /** Whether what comes next depends on what the agent says. */
  needsWords(): boolean {
    return (
      this.due() === undefined &&
      this.#steps.find(({ trigger }, index) => trigger.kind !== 'after' && this.isFree(index))?.trigger.kind !== 'any'
    )
  }

  /** Whether a step can still answer. */
  isFree(index: number): boolean {
    return this.#used[index] !== true || this.#steps[index]?.repeat === true
  }

  /** Marks a step as used. */
  take(index: number): void {
    this.#used[index] = true
    // The step's own follow-ups go first: each belongs right after its step.
    const own = followUpsOf(index, this.#steps)
    if (own.length + this.#due.length > 0) this.#due = [...own, ...this.#due.filter(other => other !== index)]
  }
}

const none: readonly number[] = []

/** Indices of a step's follow-ups, in order. */
function followUpsOf(index: number, steps: readonly Step[]): readonly number[] {
  if (!steps.some(({ trigger }) => trigger.kind === 'after')) return none
  return steps.flatMap(({ trigger }, at) => (trigger.kind === 'after' && trigger.step === index ? [at] : []))
}
