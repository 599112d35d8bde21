import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { PlannedEntry } from '../../domain/plan.js'
import type { Thresholds } from '../../domain/thresholds.js'

/** Reports cases that run less often than an `all_of` over them requires: their gate would always be inconclusive. */
export function* checkRepeats(entries: readonly PlannedEntry[], suite: Thresholds): Generator<Diagnostic> {
  for (const { entry, cases } of entries) {
    for (const { key, scenario, untilDecided, ...planned } of cases) {
      const repeats = untilDecided?.min ?? planned.repeats
      const asked = [suite.allOf, entry.thresholds?.allOf, scenario.thresholds?.allOf]
      const allOf = Math.max(...asked.map(each => each ?? 0))
      if (repeats < allOf) yield diagnose('ALL_OF_TOO_FEW', { key, allOf, repeats }, scenario.at)
    }
  }
}
