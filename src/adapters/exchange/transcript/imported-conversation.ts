import type { Moment } from '../../../domain/transcript.js'
import type { Loss, Problem } from '../finding.js'
import type { Path } from '../path.js'

/** A conversation to make a scenario of. */
export interface ImportedConversation {
  readonly name?: string
  readonly moments: readonly PlacedMoment[]
  /** Who hung up, where that is known; `limit`: neither. */
  readonly endedBy?: 'agent' | 'caller' | 'limit'
}

/** A moment, and where the input says so. */
export type PlacedMoment = Moment & { readonly at: Path }

export interface ReadTranscripts {
  readonly conversations: readonly ImportedConversation[]
  readonly problems: readonly Problem[]
  /** What is left out: of several conversations, those in which nobody speaks; of a message, what is not understood. */
  readonly losses: readonly Loss[]
}

/** The moments that a scenario can be made of. What the caller only said to end a silence is left out: a caller does so by itself. */
export function placeMoments(moments: readonly Moment[], placeOf: (index: number) => Path): PlacedMoment[] {
  return moments.flatMap((moment, index) =>
    moment.type === 'said' && moment.cause?.kind === 'idle_prompt' ? [] : { ...moment, at: placeOf(index) },
  )
}

/** Whether the caller says anything, so that it can say it again. */
export function isSpoken({ moments }: ImportedConversation): boolean {
  return moments.some(({ by }) => by === 'caller')
}
