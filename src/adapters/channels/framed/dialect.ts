import type { Place } from '../../../domain/place.js'
import type { AgentEvent, Said } from '../../../ports/channel.js'

/** What the frames of one conversation mean. It reads and sends them, in order. */
export interface FrameDialect {
  /** Sends what a conversation begins with. Default: nothing. */
  begin?(): void
  /** What the agent does by a frame. A frame that cannot be read becomes `broke`. */
  read(frame: string, atS: number): AgentEvent[]
  say(part: Said): void
  /** Hangs up, with any last words. */
  end(lastWords: string): void
  /** Words that came without their end; they are taken for whole after a pause. Default: there are none. */
  readonly unfinished?: {
    readonly isThere: boolean
    /** Takes them for whole. */
    finish(): AgentEvent[]
  }
}

/** Makes the dialect of a conversation. */
export type MakeDialect = (use: DialectUse) => FrameDialect

export interface DialectUse {
  /** The agent, for messages. */
  readonly place: Place
  send(frame: string): void
}
