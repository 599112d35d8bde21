import type { AgentEvent } from '../../../ports/channel.js'
import { thoughtEvents, withoutOpeningThoughts } from '../thinking.js'

/** More than this without an end is taken for whole. */
const mostCharacters = 64 << 10

/** The words of an answer that come in pieces until one says that it is the last. */
export class WordsSoFar {
  #text = ''
  #startS = 0
  #endS = 0
  /** Of answers that the caller cut off. */
  readonly #cut: AgentEvent[] = []

  get isThere(): boolean {
    return this.#text !== '' || this.#cut.length > 0
  }

  /** Of the answer that is coming. */
  get text(): string {
    return this.#text
  }

  /** When its first piece came. */
  get startS(): number {
    return this.#startS
  }

  /** @returns What is whole now: what was cut off, and what is too long. */
  add(piece: string, atS: number): AgentEvent[] {
    const cut = this.#cut.splice(0)
    if (this.#text === '') this.#startS = atS
    this.#text += piece
    this.#endS = atS
    return this.#text.length > mostCharacters ? [...cut, ...this.take()] : cut
  }

  /** The caller speaks: what comes next is another answer. */
  cut(): void {
    this.#cut.push(...this.#whole())
  }

  /** What has come is all. */
  take(): AgentEvent[] {
    return [...this.#cut.splice(0), ...this.#whole()]
  }

  #whole(): AgentEvent[] {
    const { text, thoughts } = withoutOpeningThoughts(this.#text)
    const [startS, endS] = [this.#startS, this.#endS]
    this.#text = ''
    return [...thoughtEvents(thoughts, startS), ...(text.trim() === '' ? [] : [{ type: 'said', text, startS, endS } as const])]
  }
}
