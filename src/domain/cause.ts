import { unreachable } from './unreachable.js'

/** What made a caller say something. */
export type Cause =
  | { readonly kind: 'first_message' }
  | StepCause
  /** A caller that follows instructions. `reason` is its model's, in a few words. */
  | { readonly kind: 'instructions'; readonly reason?: string }
  /** The agent was silent for `idle_timeout`. */
  | { readonly kind: 'idle_prompt' }

/** A step of a script. `number` is its place in the suite file, from 1; for `conditional_actions`, the condition's id. */
export interface StepCause {
  readonly kind: 'step' | 'condition'
  readonly number: number
}

/** A cause for people: `first message`, `step 2`, `condition 3`, `instructions: wants a refund`. No code decides by it. */
export function describeCause(cause: Cause): string {
  switch (cause.kind) {
    case 'first_message':
      return 'first message'
    case 'step':
    case 'condition':
      return `${cause.kind} ${cause.number}`
    case 'instructions':
      return cause.reason === undefined ? 'instructions' : `instructions: ${cause.reason}`
    case 'idle_prompt':
      return 'idle prompt'
    default:
      return unreachable(cause)
  }
}

/** Whether a step made the caller speak. */
export function isCausedBy(step: StepCause, cause: Cause | undefined): boolean {
  return cause?.kind === step.kind && cause.number === step.number
}
