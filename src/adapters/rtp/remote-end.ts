/** Where datagrams come from and go to. */
export interface MediaAddress {
  readonly address: string
  readonly port: number
}

/** A source that has said nothing for so long, in frames of 20 ms, may have moved. */
const framesToMove = 50

/**
 * Where the other side is. Its description may name an address that only it knows: what is sent goes to where its first packet came from,
 * and nothing counts that comes from elsewhere.
 */
export class RemoteEnd {
  readonly #mayReach: (address: string) => boolean
  #described: MediaAddress | undefined
  #source: MediaAddress | undefined
  #framesSince = 0

  /** @param mayReach  Whether anything may be sent to an address, whoever names it. */
  constructor(mayReach: (address: string) => boolean) {
    this.#mayReach = mayReach
  }

  /** Their description names an address. One that is new counts until they send from another. */
  describe(described: MediaAddress): void {
    if (described.address === '') return
    if (this.#described?.address === described.address && this.#described.port === described.port) return
    this.#described = described
    this.#source = undefined
  }

  /** Where to send; nowhere if that is not known, or not allowed. */
  get target(): MediaAddress | undefined {
    const target = this.#source ?? this.#described
    return target && this.#mayReach(target.address) ? target : undefined
  }

  /** Whether a source is, or may be, the other side. */
  mayBe(from: MediaAddress): boolean {
    if (!this.#source || this.#framesSince >= framesToMove) return this.#mayReach(from.address)
    return this.#source.address === from.address && this.#source.port === from.port
  }

  /** A valid packet came from it. */
  came(from: MediaAddress): void {
    this.#source = from
    this.#framesSince = 0
  }

  tick(): void {
    this.#framesSince += 1
  }
}
