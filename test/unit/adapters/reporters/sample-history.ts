import type { SuiteHistory } from '../../../../src/domain/case-history.js'
import { historyVersion, type HistoryLine } from '../../../../src/domain/history-line.js'
import type { CaseKey, ResultId } from '../../../../src/domain/ids.js'
import { historyOf } from '../../../../src/pipeline/compare/history.js'

const cases = ['smoke/cancel_appointment', 'smoke/book_appointment', 'smoke/opening_hours', 'billing/angry_refund', 'billing/late']

/** What came before the sample: one case got worse with a new agent, one goes back and forth, and another is flaky. */
export function sampleHistory(days = 12): SuiteHistory {
  const lines = Array.from({ length: days }, (_, i): HistoryLine => {
    const failures = [i > 6 ? 3 : 0, i % 3 === 1 ? 1 : 0, 0, i % 4 === 3 ? 3 : 0, 0]
    const passed = 15 - failures.reduce((sum, each) => sum + each, 0)
    return {
      version: historyVersion,
      result: `2026-11-${12 + i}T20-27-28Z-1f3a` as ResultId,
      at: `2026-11-${12 + i}T20:27:28.000Z`,
      suite: 'Clinic scheduling',
      digests: { suite: i > 2 ? '0a' : '00', bar: '0b', plan: '0f' },
      agents: [{ key: 'clinic', identity: { version: i > 6 ? '1.4.2' : '1.4.1' } }],
      verdict: passed > 12 ? 'passed' : 'failed',
      passed,
      counted: 15,
      runs: 15,
      metrics: [{ metric: 'reply_latency', mean: 400 + 7 * i + (i % 3) * 20, p50: 400, p95: 520 }],
      bar: [{ scope: 'suite', rule: 'pass_rate', required: '>= 97.0 %' }],
      cases: cases.map((key, at) => [`${key}/calm/maria` as CaseKey, 3 - (failures[at] ?? 0), 3, 0]),
      ...(i === 5 && { isRelease: true }),
      ...(i === 4 && { isPart: true }),
    }
  })
  return historyOf('Clinic scheduling', lines)
}
