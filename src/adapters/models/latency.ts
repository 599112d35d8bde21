/** How long answers of one kind take, recently and at best. */
export interface Latency {
  /** Whether recent answers take clearly longer than the best ones did. */
  add(ms: number): boolean
}

/** The weight of the newest answer in the recent average. */
const weight = 0.3
/** Recent answers may take this many times as long as the best. */
const mostTimesSlower = 1.7
/** Differences below this are noise. */
const noiseMs = 30

export function createLatency(): Latency {
  let best = Infinity
  let recent: number | undefined
  return {
    add(ms) {
      recent = recent === undefined ? ms : recent + weight * (ms - recent)
      best = Math.min(best, recent)
      return recent > best * mostTimesSlower && recent - best > noiseMs
    },
  }
}
