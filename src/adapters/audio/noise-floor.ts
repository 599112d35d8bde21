/** Over how long the quietest moment counts as the background: longer than a sentence without a pause. */
const windowFrames = 150
const buckets = 6
const framesPerBucket = windowFrames / buckets

/** The background is never taken to be quieter than this, so that a faint hiss after digital silence is no speech. */
export const lowestFloorDbfs = -65

/** The background is never taken to be louder than this, so that a tone or a voice without pauses does not become the background. */
export const highestFloorDbfs = -35

/** Follows the level of the background: the quietest 20 ms of the last 3 s. */
export class NoiseFloor {
  readonly #quietest = new Float64Array(buckets).fill(Number.POSITIVE_INFINITY)
  #frames = 0
  #bucket = 0
  #dbfs = lowestFloorDbfs

  get dbfs(): number {
    return this.#dbfs
  }

  /** @param dbfs  The level of the next 20 ms. */
  hear(dbfs: number): void {
    const quietest = this.#quietest
    if (dbfs < quietest[this.#bucket]!) quietest[this.#bucket] = dbfs
    this.#frames += 1
    if (dbfs < this.#dbfs) this.#dbfs = Math.max(lowestFloorDbfs, dbfs)
    if (this.#frames % framesPerBucket !== 0) return
    let lowest = quietest[0]!
    for (let i = 1; i < buckets; i += 1) if (quietest[i]! < lowest) lowest = quietest[i]!
    // A window that is not full yet says nothing about what was before the call.
    if (this.#frames >= windowFrames) this.#dbfs = Math.max(lowestFloorDbfs, Math.min(highestFloorDbfs, lowest))
    this.#bucket = (this.#bucket + 1) % buckets
    quietest[this.#bucket] = Number.POSITIVE_INFINITY
  }
}
