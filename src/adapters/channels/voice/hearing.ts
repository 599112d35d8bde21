import type { Fault } from '../../../domain/fault.js'
import { engineFault } from './engine-fault.js'
import type { AgentEvent } from '../../../ports/channel.js'
import type { Samples } from '../../../domain/samples.js'
import type { Heard, SpeechToText, SpeechUse } from '../../../ports/speech.js'

/** A stretch of the agent's speech, or a piece of one that is too long for the ears. */
export interface HeardPiece {
  readonly segment: number
  readonly startS: number
  readonly endS: number
  readonly sound: Samples
}

/** Makes words of what the agent says, piece by piece, and passes them on in the order in which they were said. */
export class Hearing {
  readonly #ears: SpeechToText
  readonly #use: SpeechUse
  readonly #hear: (event: Extract<AgentEvent, { type: 'said' }>) => void
  readonly #fail: (fault: Fault) => void
  /** What is left for after the call; absent if words are needed while it goes on. */
  readonly #left: HeardPiece[] | undefined
  #last: Promise<void> = Promise.resolve()
  #pending = 0

  constructor(
    { ears, when }: { readonly ears: SpeechToText; readonly when: 'live' | 'after' },
    use: SpeechUse,
    on: { readonly heard: (event: Extract<AgentEvent, { type: 'said' }>) => void; readonly failed: (fault: Fault) => void },
  ) {
    this.#ears = ears
    this.#left = when === 'after' ? [] : undefined
    this.#use = use
    this.#hear = on.heard
    this.#fail = on.failed
  }

  /** Whether words are still missing that somebody waits for. */
  get isBehind(): boolean {
    return this.#pending > 0
  }

  take(piece: HeardPiece): void {
    if (this.#left) this.#left.push(piece)
    else this.#hearNow(piece)
  }

  /** Resolves once everything that was taken has its words. */
  done(): Promise<void> {
    for (const piece of this.#left?.splice(0) ?? []) this.#hearNow(piece)
    return this.#last
  }

  #hearNow(piece: HeardPiece): void {
    const words = this.#ears.hear(piece.sound, this.#use)
    // Its failure comes in its turn.
    words.catch(() => undefined)
    this.#pending += 1
    this.#last = this.#tell(piece, words, this.#last)
  }

  async #tell({ segment, startS, endS }: HeardPiece, words: Promise<Heard>, before: Promise<void>): Promise<void> {
    await before
    try {
      const { text } = await words
      if (text.trim() !== '') this.#hear({ type: 'said', text: text.trim(), startS, endS, segment })
    } catch (cause) {
      if (!this.#use.signal.aborted) this.#fail(engineFault(cause))
    } finally {
      this.#pending -= 1
    }
  }
}
