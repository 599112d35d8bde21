/** GitLab reads JUnit files of up to 30 MB. */
export const mostMegabytes = 30
/** Room for the file's head, its end and the tags of its testsuites. */
const kept = 64 * 1024
/** Kept free for each testcase that is still to come: that much is enough for one without details. */
const keptPerTestCase = 700

/** Keeps a file under its bound: the more it has, the fewer details its other testcases get. */
export interface Budget {
  /** The first of these texts for which there is room; the last one where there is none. */
  firstThatFits(texts: readonly (() => string)[]): string
}

/** @param testCases  How many the file will have. */
export function createBudget(testCases: number): Budget {
  const most = mostMegabytes * 1_000_000 - kept
  let left = testCases
  let spent = 0
  return {
    firstThatFits(texts) {
      left -= 1
      let chosen = ''
      for (const text of texts) {
        chosen = text()
        if (spent + Buffer.byteLength(chosen) + left * keptPerTestCase <= most) break
      }
      spent += Buffer.byteLength(chosen)
      return chosen
    },
  }
}
