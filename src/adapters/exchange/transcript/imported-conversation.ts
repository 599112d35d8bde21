import type { Moment } from '../../../domain/transcript.js'
import type { Loss, Problem } from '../finding.js'
import type { Path } from '../path.js'

/** A conversation to turn into a scenario. */
export interface ImportedConversation {
  readonly name?: string
  readonly moments: readonly PlacedMoment[]
  /** Who hung up; absent if neither side did, or that is not known. */
  readonly endedBy?: 'agent' | 'caller'
}

/** A moment, and its place in the input. */
export type PlacedMoment = Moment & { readonly at: Path }

export interface ReadTranscripts {
  readonly conversations: readonly ImportedConversation[]
  readonly problems: readonly Problem[]
  /** Everything left out: conversations in which nobody speaks, and parts of messages that are not understood. */
  readonly losses: readonly Loss[]
}

/** The moments a scenario can reproduce. Idle prompts are left out, because the caller adds them itself. */
export function placeMoments(moments: readonly Moment[], placeOf: (index: number) => Path): PlacedMoment[] {
  return moments.flatMap((moment, index) =>
    moment.type === 'said' && moment.cause?.kind === 'idle_prompt' ? [] : { ...moment, at: placeOf(index) },
  )
}

/** Whether the caller does anything that it can repeat. */
export function isSpoken({ moments }: ImportedConversation): boolean {
  return moments.some(({ by }) => by === 'caller')
}
