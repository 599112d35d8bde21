import { longestBackchannelS, stopsWithinS } from '../../domain/turn-taking.js'
import type { FloorState } from './floor.js'

/** An agent's stretch of speech begins or ends, in seconds of the call. */
interface Edge {
  readonly segment: number
  readonly atS: number
}

/**
 * With sound: the agent's stretches that the caller has talked over, or heard and spoken on. They answer nothing: the agent has yet to answer
 * what the caller said meanwhile.
 */
export class TalkedOver {
  readonly #segments = new Set<number>()
  /** The stretch in which the agent speaks, or has spoken last. */
  #last: Edge = { segment: -1, atS: 0 }
  /** Until when the agent is not known to talk on: until the caller's words over it are delivered, or longer. */
  #stopsUntilS = 0
  #insists = false

  agentBegins(edge: Edge): void {
    this.#last = edge
  }

  agentEnds({ segment, atS }: Edge, { callerSpeaks }: Pick<FloorState, 'callerSpeaks'>): void {
    if (callerSpeaks) {
      if (this.#insists || atS - this.#last.atS <= longestBackchannelS) this.#segments.add(segment)
    } else if (atS > this.#stopsUntilS) this.#segments.delete(segment)
  }

  /** @param insists  Whether the caller speaks on, whatever the agent says. */
  callerBegins({ agentSpeaks }: Pick<FloorState, 'agentSpeaks'>, nowS: number, insists: boolean): void {
    this.#insists = insists
    if (!agentSpeaks) return
    this.#segments.add(this.#last.segment)
    this.#stopsUntilS = nowS + stopsWithinS
  }

  callerEnds(nowS: number): void {
    this.#stopsUntilS = Math.max(this.#stopsUntilS, nowS)
  }

  /** Whether a stretch that is over was talked over. */
  has(segment: number): boolean {
    return this.#segments.has(segment)
  }

  /** Whether words of a stretch answer nothing, as far as is known: an agent that is talked over and speaks on may answer the caller yet. */
  hasWordsOf(segment: number, { callerSpeaks, agentSpeaks }: Pick<FloorState, 'callerSpeaks' | 'agentSpeaks'>): boolean {
    return this.has(segment) && (callerSpeaks || !agentSpeaks || this.#last.segment !== segment)
  }
}
