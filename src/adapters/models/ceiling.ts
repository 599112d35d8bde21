/**
 * How many requests at once overloaded an endpoint. As many are not sent again before a run of answers; if the endpoint is overloaded again
 * soon after, the next run is twice as long.
 */
export interface Ceiling {
  /** The most requests at once to try now; `Infinity` if the last run is complete. */
  most(): number
  answered(): void
  /** @param requests  How many were sent at once. */
  overloaded(requests: number): void
}

/** In answers: the first run, and the longest. */
const shortestRun = 20
const longestRun = 640

export function createCeiling(): Ceiling {
  let failedAt = Infinity
  let run = shortestRun / 2
  let answers = 0
  return {
    most: () => (answers < run ? Math.max(1, failedAt - 1) : Infinity),
    answered() {
      answers += 1
    },
    overloaded(requests) {
      run = answers < 2 * run ? Math.min(2 * run, longestRun) : shortestRun
      answers = 0
      failedAt = requests
    },
  }
}
