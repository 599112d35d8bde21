import type { Reporter } from '../../ports/reporter.js'
import { casesSection } from './console-cases.js'
import { gateSection, nextSteps, verdictLine } from './console-gate.js'
import { metricsSection } from './console-metrics.js'
import { collectTrouble, troubleSections } from './console-trouble.js'
import { paintWith } from './paint.js'

/**
 * The report for people, at 80 columns: every case in a line, the runs that failed with their conversations, what could
 * not be told, metrics, the gate rule by rule, the verdict, and what to do next.
 */
export const consoleReport: Reporter = async function* (result, { colour }) {
  const paint = paintWith(colour)
  yield* casesSection(result, paint)
  yield* troubleSections(await collectTrouble(result), result, paint)
  yield metricsSection(result.report.metrics, paint)
  yield gateSection(result.report.gate, paint)
  yield `\n${verdictLine(result, paint)}\n`
  yield nextSteps(result)
}
