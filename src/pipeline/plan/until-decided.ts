import type { Frequency } from '../../domain/document.js'
import type { Bar, PassRate, Thresholds, UntilDecided } from '../../domain/thresholds.js'

/** Default confidence of a pass rate. */
const usualConfidence = 0.95

/** The thresholds that apply to a case. */
export interface Above {
  readonly suite: Thresholds
  readonly entry: Thresholds | undefined
  readonly scenario: Thresholds | undefined
}

/**
 * How often a case runs at most, and what ends it earlier.
 *
 * Its bars are all rules about its own pass rate: `each_scenario`, at any level, and its scenario's `pass_rate`. Without
 * any, the `pass_rate` of its entry, or else of the suite, becomes its bar.
 */
export function repeatsOf(frequency: Frequency, above: Above): { repeats: number; untilDecided?: UntilDecided } {
  if (typeof frequency === 'number') return { repeats: frequency }
  const { min, max } = frequency
  return { repeats: max, untilDecided: { min, bars: barsOf(above) } }
}

function barsOf({ suite, entry, scenario }: Above): Bar[] {
  const alone = [
    ...barOf('suite', 'each_scenario', suite.eachScenario),
    ...barOf('entry', 'each_scenario', entry?.eachScenario),
    ...barOf('scenario', 'each_scenario', scenario?.eachScenario),
    ...barOf('scenario', 'pass_rate', scenario?.passRate),
  ]
  if (alone.length > 0) return alone
  if (entry?.passRate) return barOf('entry', 'pass_rate', entry.passRate)
  return barOf('suite', 'pass_rate', suite.passRate)
}

function barOf(of: Bar['of'], rule: Bar['rule'], rate: PassRate | undefined): Bar[] {
  return rate ? [{ of, rule, min: rate.min, confidence: rate.confidence ?? usualConfidence }] : []
}
