import { changesIn } from './comparison-changes.js'
import type { Comparison } from './comparison.js'
import { count } from './count.js'

/** Of a comparison, how many cases, entries and metrics came out how, in one line. */
export function comparisonText(comparison: Comparison): string {
  const { added, gone, tooFewRuns, alpha } = comparison
  const changes = changesIn(comparison)
  const many = (verdict: string): number => changes.filter(({ finding }) => finding.verdict === verdict).length
  return [
    `${many('worse')} worse, ${many('better')} better, ${many('changed')} changed, ${many('unclear')} within chance (Holm, alpha ${Number((alpha * 100).toFixed(3))} %)`,
    ...(added.length > 0 ? [`${count(added.length, 'case')} new`] : []),
    ...(gone.length > 0 ? [`${gone.length} gone`] : []),
    ...(tooFewRuns.length > 0 ? [`${tooFewRuns.length} with too few runs`] : []),
  ].join('; ')
}

/** The keys of the cases that got worse, in their pass rate or in a metric. */
export function worseCases({ cases }: Comparison): Set<string> {
  return new Set(
    cases
      .filter(({ passRate, metrics }) => passRate?.verdict === 'worse' || metrics.some(({ finding }) => finding.verdict === 'worse'))
      .map(({ key }) => key),
  )
}
