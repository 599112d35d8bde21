import type { CallMedia } from './call-media.js'

/** The session descriptions of one call: one exchange of offer and answer at a time (RFC 3264, RFC 6337). */
export class Negotiation {
  #open: 'ours' | 'theirs' | undefined
  #accepted = ''
  /** The answer of a 200 right behind that of a 183 waits its turn. */
  #last: Promise<void> = Promise.resolve()

  constructor(private readonly media: CallMedia) {}

  /** Whose offer waits for its answer. */
  get open(): 'ours' | 'theirs' | undefined {
    return this.#open
  }

  /** Our offer. The exchange is open until `take` or `drop`. */
  async offer(how?: { readonly hold?: boolean }): Promise<string> {
    this.#open = 'ours'
    this.#accepted = ''
    return await this.media.offer(how)
  }

  /**
   * Takes an answer to our offer. One that came before already, in a provisional response or again, changes nothing.
   *
   * @param isFinal  Whether it closes the exchange: no answer of another branch may follow.
   * @throws {NoCommonMedia}
   */
  async take(answer: string, isFinal: boolean): Promise<void> {
    if (isFinal) this.#open = undefined
    if (answer !== this.#accepted) {
      this.#accepted = answer
      this.#last = this.#last.then(() => this.media.accept(answer))
      // Whoever waits for this very answer is told; the next one is none the worse for it.
      const taken = this.#last
      this.#last = taken.catch(() => {})
      return await taken
    }
    await this.#last
  }

  /** Whether an answer to our last offer came. */
  get isAnswered(): boolean {
    return this.#accepted !== ''
  }

  /** Our offer was refused. */
  drop(): void {
    this.#open = undefined
  }

  /** @throws {NoCommonMedia} */
  async answer(offer: string): Promise<string> {
    this.#open = 'theirs'
    try {
      return await this.media.answer(offer)
    } finally {
      this.#open = undefined
    }
  }
}
