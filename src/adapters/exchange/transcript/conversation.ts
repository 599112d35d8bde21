import type { Loss, Problem } from '../finding.js'
import type { Path } from '../path.js'

/** A conversation that was held, as far as a scenario can be made of it. */
export interface Conversation {
  readonly name?: string
  readonly moments: readonly Moment[]
  /** Who hung up, where that is known; `limit`: neither. */
  readonly endedBy?: 'agent' | 'caller' | 'limit'
}

/** One thing that happened; `at` is where the input says so. */
export type Moment = { readonly at: Path } & (
  | { readonly type: 'said'; readonly by: 'agent' | 'caller'; readonly text: string }
  | { readonly type: 'dtmf'; readonly digits: string }
  | { readonly type: 'tool_called'; readonly name: string; readonly arguments: unknown }
)

export interface ReadTranscripts {
  readonly conversations: readonly Conversation[]
  readonly problems: readonly Problem[]
  /** Of several, those that hold no conversation. */
  readonly losses: readonly Loss[]
}

/** Whether the caller says anything, so that it can say it again. */
export function isSpoken({ moments }: Conversation): boolean {
  return moments.some(moment => moment.type === 'dtmf' || (moment.type === 'said' && moment.by === 'caller'))
}
