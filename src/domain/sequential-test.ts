import type { Certainty } from './thresholds.js'

/** Passed and failed repeats so far. */
export interface Tried {
  readonly passed: number
  readonly failed: number
}

/** `undecided`: more repeats are needed. */
export type Decision = 'met' | 'not_met' | 'undecided'

/**
 * Whether the repeats so far show that the true pass rate is above `min`, or below it. It may be asked after every repeat,
 * and the first answer counts:
 *
 * - an agent with a rate of `min` or lower is ever called `met` with a probability of at most (1 - confidence) / 2;
 * - an agent with a rate of `min` or higher is ever called `not_met` with a probability of at most (1 - confidence) / 2.
 *
 * This is true for any number of repeats and any stopping rule, by Ville's inequality on the evidence below. (Ville, "Étude
 * critique de la notion de collectif", 1939; Robbins, "Statistical methods related to the law of the iterated logarithm",
 * Annals of Mathematical Statistics 41, 1970; Ramdas, Grünwald, Vovk & Shafer, "Game-theoretic statistics and safe
 * anytime-valid inference", Statistical Science 38, 2023.)
 */
export function decide({ passed, failed }: Tried, { min, confidence }: Certainty): Decision {
  if (isEnough(evidence(passed, failed, min), confidence)) return 'met'
  return isEnough(evidence(failed, passed, 1 - min), confidence) ? 'not_met' : 'undecided'
}

/**
 * The rates that {@link decide} leaves undecided: it calls a bar below them `met`, and one above them `not_met`. Over all
 * repeats together, the true rate is ever outside with a probability of at most 1 - confidence.
 */
export function undecidedRates({ passed, failed }: Tried, confidence: number): { lower: number; upper: number } {
  return { lower: lowerEnd(passed, failed, confidence), upper: 1 - lowerEnd(failed, passed, confidence) }
}

/** More repeats than any suite has. */
const endless = 1_000_000

/** How many repeats give `met` if all of them pass; `undefined` if more than a million. */
export function leastRepeats(bar: Certainty): number | undefined {
  let most = 1
  while (decide({ passed: most, failed: 0 }, bar) !== 'met') {
    if (most > endless) return undefined
    most *= 2
  }
  let fewest = most / 2
  while (most - fewest > 1) {
    const middle = Math.floor((fewest + most) / 2)
    if (decide({ passed: middle, failed: 0 }, bar) === 'met') most = middle
    else fewest = middle
  }
  return most
}

/**
 * The growth of a bet, from 1, that the rate is above `rate`: half of it on 1, the other half spread evenly over the rates
 * from `rate` to 1. At a true rate of `rate` or lower its expected growth is none, so it seldom grows large.
 *
 * The even half is the integral of (p / rate)^hits ((1 - p) / (1 - rate))^misses over p, by repeated partial integration:
 * every term is positive, and falls as `rate` rises.
 */
function evidence(hits: number, misses: number, rate: number): number {
  const odds = (1 - rate) / rate
  let term = 1 / (misses + 1)
  let spread = term
  for (let i = 0; i < hits; i += 1) {
    term *= ((hits - i) / (misses + 2 + i)) * odds
    spread += term
  }
  const never = misses === 0 ? rate ** -hits : 0
  return (never + spread) / 2
}

function isEnough(grown: number, confidence: number): boolean {
  return grown >= 2 / (1 - confidence)
}

/** The highest rate that the evidence shows to be exceeded; 0 if there is none. */
function lowerEnd(hits: number, misses: number, confidence: number): number {
  let [lower, upper] = [0, 1]
  for (let halving = 0; halving < 40; halving += 1) {
    const middle = (lower + upper) / 2
    if (isEnough(evidence(hits, misses, middle), confidence)) lower = middle
    else upper = middle
  }
  return lower
}
