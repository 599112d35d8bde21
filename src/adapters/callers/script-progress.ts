import type { Step } from '../../domain/document.js'

/** The index that follow-ups use for the first message. */
const firstMessage = -1

/** A caller's progress in its script: which steps have answered, and which follow-ups are due. */
export interface ScriptProgress {
  /** Index of the follow-up that is due next, whatever the agent says. */
  due(): number | undefined
  /** Whether a step can still answer. */
  isFree(index: number): boolean
  /** Marks a step as used. */
  take(index: number): void
}

export function createScriptProgress(steps: readonly Step[]): ScriptProgress {
  const used = new Set<number>()
  let due = followUpsOf(firstMessage, steps)
  const isFree = (index: number): boolean => !used.has(index) || steps[index]?.repeat === true

  return {
    due: () => due.find(isFree),
    isFree,
    take(index) {
      used.add(index)
      // The step's own follow-ups go first: each belongs right after its step.
      due = [...followUpsOf(index, steps), ...due.filter(other => other !== index)]
    },
  }
}

/** Indices of a step's follow-ups, in order. */
function followUpsOf(index: number, steps: readonly Step[]): readonly number[] {
  return steps.flatMap(({ trigger }, at) => (trigger.kind === 'after' && trigger.step === index ? [at] : []))
}
