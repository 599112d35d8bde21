import { caseVariables, factsOf, fillIn } from '../../domain/case-variables.js'
import { describeCause } from '../../domain/cause.js'
import type { Behaviour } from '../../domain/document.js'
import { areOwnWords } from '../../domain/model-driven.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import type { ConversationCase } from '../../ports/judge.js'

/** What a caller was told, and what it made of it. */
export interface CallerSide {
  /** Its instructions, with the case's values in them. */
  readonly instructions: string
  /** Its personality's prompt. */
  readonly personality: string
  readonly facts: Readonly<Record<string, string>>
  readonly transcript: Transcript
  /** What it said in words of its own. */
  readonly own: readonly Spoken[]
}

export type Spoken = Moment & { readonly type: 'said' }

export function callerSideOf({ case: own }: ConversationCase, transcript: Transcript): CallerSide {
  const { scenario, personality } = own
  // No run in particular is meant here.
  const variables = { 'run.key': scenario.key, ...caseVariables(own) }
  return {
    instructions: fillIn(instructionsOf(scenario.behaviour), variables),
    personality: fillIn(personality?.prompt ?? '', variables),
    facts: factsOf(own),
    transcript,
    own: transcript.moments.filter(
      (moment): moment is Spoken => moment.type === 'said' && moment.by === 'caller' && areOwnWords(scenario.behaviour, moment.cause),
    ),
  }
}

/** Of a script: who the caller is, and what it is to say in its own words, step by step. */
function instructionsOf(behaviour: Behaviour): string {
  if (behaviour.kind === 'instructions') return behaviour.instructions
  const { role, steps } = behaviour.script
  const acts = steps.flatMap(({ cause, wording, say }) => {
    const texts = wording === 'own' ? say.flatMap(part => (part.type === 'text' ? part.text : [])) : []
    return texts.length === 0 ? [] : `${describeCause(cause)}: ${texts.join(' ')}`
  })
  return [...(role === undefined ? [] : [role]), ...acts].join('\n')
}
