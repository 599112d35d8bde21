import type { Frequency } from '../../domain/document.js'
import type { Bar, PassRate, Thresholds, UntilDecided } from '../../domain/thresholds.js'

/** How sure one must be of a pass rate that does not say so itself. */
const usualConfidence = 0.95

/** The thresholds that a case is under. */
export interface Above {
  readonly suite: Thresholds
  readonly entry: Thresholds | undefined
  readonly scenario: Thresholds | undefined
}

/**
 * How often a case runs at the most, and what ends it before that.
 *
 * Its bars are all rules about how often it passes by itself: `each_scenario`, wherever it stands, and its scenario's own
 * `pass_rate`. Where there are none, the `pass_rate` of its entry, or else of the suite, is asked of the case by itself.
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
