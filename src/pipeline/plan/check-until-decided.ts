import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { PlannedCase } from '../../domain/plan.js'
import { decide, leastRepeats } from '../../domain/sequential-test.js'

/** Reports cases that run until decided but can never be decided as passed. */
export function* checkUntilDecided({
  key,
  scenario,
  repeats,
  untilDecided,
}: Pick<PlannedCase, 'key' | 'scenario' | 'repeats' | 'untilDecided'>): Generator<Diagnostic> {
  if (!untilDecided) return
  const { bars } = untilDecided
  if (bars.length === 0) yield diagnose('FREQUENCY_WITHOUT_BAR', { key }, scenario.at)
  for (const bar of bars) {
    const { rule, of, min, confidence } = bar
    if (min === 1) {
      yield diagnose('FREQUENCY_UNDECIDABLE', { key, rule, of }, scenario.at)
    } else if (decide({ passed: repeats, failed: 0 }, bar) !== 'met') {
      yield diagnose('FREQUENCY_TOO_FEW', { key, rule, of, min, confidence, max: repeats, least: leastRepeats(bar) }, scenario.at)
    }
  }
}
