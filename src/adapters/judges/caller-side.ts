import { caseVariables, factsOf, fillIn } from '../../domain/case-variables.js'
import { describeCause } from '../../domain/cause.js'
import type { Behaviour } from '../../domain/document.js'
import { areOwnWords } from '../../domain/model-driven.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import { heardByTurn, transcriptAsRead } from '../../domain/turn-text.js'
import type { ConversationCase } from '../../ports/judge.js'

/** A caller's instructions, and what it said. */
export interface CallerSide {
  /** The instructions, with the case's values filled in. */
  readonly instructions: string
  /** The personality's prompt. */
  readonly personality: string
  readonly facts: Readonly<Record<string, string>>
  readonly transcript: Transcript
  /** What the agent said, message by message. By turn. */
  readonly heard: ReadonlyMap<number, readonly string[]>
  /** Whether it follows instructions, and so decides itself when to speak. A script's steps decide that. */
  readonly isInstructed: boolean
  /** The words that a model found for it. */
  readonly own: readonly CallerSpeech[]
  /** The words that the suite gave it, idle prompts aside. */
  readonly given: readonly CallerSpeech[]
}

export type CallerSpeech = Moment & { readonly type: 'said' }

export function callerSideOf({ case: own, entry }: ConversationCase, transcript: Transcript): CallerSide {
  const { scenario, personality } = own
  const read = transcriptAsRead(transcript, entry.agent.messages.join)
  const said = transcript.moments.filter((moment): moment is CallerSpeech => moment.type === 'said' && moment.by === 'caller')
  const areOwn = ({ cause }: CallerSpeech): boolean => areOwnWords(scenario.behaviour, cause)
  // The audit does not depend on the run, so any key will do.
  const variables = { 'run.key': scenario.key, ...caseVariables(own) }
  return {
    instructions: fillIn(instructionsOf(scenario.behaviour), variables),
    personality: fillIn(personality?.prompt ?? '', variables),
    facts: factsOf(own),
    transcript: read,
    heard: heardByTurn(read.moments),
    isInstructed: scenario.behaviour.kind === 'instructions',
    own: said.filter(areOwn),
    given: said.filter(each => !areOwn(each) && !isIdlePrompt(each)),
  }
}

/** What the agent said in a turn, message by message. */
export function heardIn({ heard }: CallerSide, turn: number): readonly string[] {
  return heard.get(turn) ?? []
}

export function isIdlePrompt(moment: Moment): boolean {
  return moment.type === 'said' && moment.cause?.kind === 'idle_prompt'
}

/** For a script: the caller's role, and what it expresses in its own words, step by step. */
function instructionsOf(behaviour: Behaviour): string {
  if (behaviour.kind === 'instructions') return behaviour.instructions
  const { role, steps } = behaviour.script
  const acts = steps.flatMap(({ cause, wording, say }) => {
    const texts = wording === 'own' ? say.flatMap(part => (part.type === 'text' ? part.text : [])) : []
    return texts.length === 0 ? [] : `${describeCause(cause)}: ${texts.join(' ')}`
  })
  return [...(role === undefined ? [] : [role]), ...acts].join('\n')
}
