import type { Pacing } from '../../../../domain/sound.js'

const bucketMs = 0.1
/** Up to 100 ms; what is later is in the last bucket. */
const buckets = 1000

/** Measures how late the frames of one call are. */
export class PaceMeter {
  readonly #counts = new Uint32Array(buckets)
  #frames = 0
  #worstMs = 0
  #late = 0
  #lost = 0

  add(lateMs: number): void {
    this.#frames += 1
    const positive = Math.max(0, lateMs)
    this.#counts[Math.min(buckets - 1, Math.floor(positive / bucketMs))]! += 1
    if (positive > this.#worstMs) this.#worstMs = positive
    if (positive > 20) this.#late += 1
  }

  lose(frames: number): void {
    this.#lost += frames
  }

  pacing(): Pacing {
    return { p99Ms: this.#percentile(0.99), worstMs: rounded(this.#worstMs), late: this.#late, lost: this.#lost, frames: this.#frames }
  }

  #percentile(share: number): number {
    if (this.#frames === 0) return 0
    const rank = Math.ceil(this.#frames * share)
    let seen = 0
    let bucket = 0
    while (bucket < buckets - 1 && (seen += this.#counts[bucket]!) < rank) bucket += 1
    return bucket === buckets - 1 ? rounded(this.#worstMs) : rounded(Math.min(this.#worstMs, (bucket + 1) * bucketMs))
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100
}
