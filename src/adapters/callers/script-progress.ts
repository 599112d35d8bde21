import type { Step } from '../../domain/document.js'

/** What follow-ups call the first message, where others have a step. */
const firstMessage = -1

/** How far a caller is with its script: which steps have answered, and which follow what it said last. */
export interface ScriptProgress {
  /** The follow-up whose turn it is, whatever was heard: its index. */
  due(): number | undefined
  /** Whether a step may answer. */
  isFree(index: number): boolean
  /** A step has answered. */
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
      // Its own follow-ups come before those that still wait: each belongs to the turn right after its step.
      due = [...followUpsOf(index, steps), ...due.filter(other => other !== index)]
    },
  }
}

/** Indices of the steps that follow a step, in order. */
function followUpsOf(index: number, steps: readonly Step[]): readonly number[] {
  return steps.flatMap(({ trigger }, at) => (trigger.kind === 'after' && trigger.step === index ? [at] : []))
}
