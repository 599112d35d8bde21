/** How many parts a recording is drawn in. */
const parts = 400

/** The loudest sample of each of 400 parts of a recording, of both tracks. */
export class Peaks {
  readonly #frames: number
  readonly #loudest = [new Int32Array(parts), new Int32Array(parts)] as const
  #seen = 0

  /** @param frames  Pairs of samples in the whole recording. */
  constructor(frames: number) {
    this.#frames = frames
  }

  /** @param block  Caller and agent by turns. */
  add(block: Int16Array): void {
    const [caller, agent] = this.#loudest
    for (let i = 0; i < block.length; i += 2, this.#seen += 1) {
      const part = Math.floor((this.#seen * parts) / this.#frames)
      const [left, right] = [Math.abs(block[i]!), Math.abs(block[i + 1]!)]
      if (left > caller[part]!) caller[part] = left
      if (right > agent[part]!) agent[part] = right
    }
  }

  peaks(): readonly [caller: readonly number[], agent: readonly number[]] {
    const [caller, agent] = this.#loudest
    return [shares(caller), shares(agent)]
  }
}

function shares(loudest: Int32Array): number[] {
  return Array.from(loudest, sample => Math.round((sample / 32_768) * 1000) / 1000)
}
