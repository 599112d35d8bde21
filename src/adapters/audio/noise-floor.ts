/** The background is never taken to be quieter than this, so that a faint hiss after digital silence is no speech. */
export const lowestFloorDbfs = -65
/** The background is never taken to be louder than this, so that a tone or a voice without pauses does not become the background. */
export const highestFloorDbfs = -33

/** What is louder than the quietest moment of so many frames may be speech; the background of 3 s is heard at some time in them. */
const windowFrames = 150
const buckets = 6
const framesPerBucket = windowFrames / buckets
/** How fast it follows a background that becomes louder, and one that becomes quieter. */
const rise = 0.05
const fall = 0.2

/**
 * Follows the level of the background and how much it wanders, by the frames that are no speech. If for 3 s everything is taken for speech, the
 * quietest moment of them is the background.
 */
export class NoiseFloor {
  readonly #quietest = new Float64Array(buckets).fill(Number.POSITIVE_INFINITY)
  #frames = 0
  #bucket = 0
  #dbfs = lowestFloorDbfs
  #spreadDb = 0

  get dbfs(): number {
    return this.#dbfs
  }

  /** How far the background is from its level on average, in dB. */
  get spreadDb(): number {
    return this.#spreadDb
  }

  /** @param dbfs  The level of the next 20 ms. @param isSpeech  Whether they are taken for speech. */
  hear(dbfs: number, isSpeech: boolean): void {
    if (!isSpeech) {
      const level = Math.max(lowestFloorDbfs, dbfs)
      const distance = level - this.#dbfs
      this.#dbfs = clamped(this.#dbfs + distance * (distance > 0 ? rise : fall))
      this.#spreadDb += (Math.abs(distance) - this.#spreadDb) * rise
    }
    this.#escape(dbfs)
  }

  /** Remembers the quietest moment, and takes it for the background if that is thought to be far below. */
  #escape(dbfs: number): void {
    const quietest = this.#quietest
    if (dbfs < quietest[this.#bucket]!) quietest[this.#bucket] = dbfs
    this.#frames += 1
    if (this.#frames % framesPerBucket !== 0) return
    let lowest = quietest[0]!
    for (let i = 1; i < buckets; i += 1) if (quietest[i]! < lowest) lowest = quietest[i]!
    // A window that is not full yet says nothing about what was before the call.
    if (this.#frames >= windowFrames && lowest > this.#dbfs) this.#dbfs = clamped(lowest)
    this.#bucket = (this.#bucket + 1) % buckets
    quietest[this.#bucket] = Number.POSITIVE_INFINITY
  }
}

function clamped(dbfs: number): number {
  return Math.max(lowestFloorDbfs, Math.min(highestFloorDbfs, dbfs))
}
