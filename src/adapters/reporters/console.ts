import type { Reporter } from '../../ports/reporter.js'
import { casesSection } from './console/cases.js'
import { durationsSection } from './console/durations.js'
import { gateSection, nextSteps, verdictLine } from './console/gate.js'
import { judgeLine } from './console/judge.js'
import { metricsSection } from './console/metrics.js'
import { callersLine } from './console/callers.js'
import { replayLine, usageLines } from './console/usage.js'
import { collectTrouble, troubleSections } from './console/trouble.js'
import { warningLines } from './warning-lines.js'
import { paintWith } from './paint.js'
import { wrapText } from './wrapped-text.js'

/**
 * The report for people, 80 columns wide: one line per case, failed runs with their conversations, inconclusive runs,
 * metrics, the gate rule by rule, the verdict, and what to do next.
 */
export const consoleReport: Reporter = async function* (result, { colour, durations = 0 }) {
  const paint = paintWith(colour)
  yield* casesSection(result, paint)
  const trouble = await collectTrouble(result)
  yield* troubleSections(trouble, result, paint)
  yield metricsSection(result.report.metrics, paint)
  if (durations > 0) yield durationsSection(result, durations, paint)
  const { plan, cassette } = result.started
  const ofModels = [
    replayLine(cassette),
    judgeLine(plan.judge, result.report),
    callersLine(result.report),
    usageLines(result.report.usage),
  ].join('')
  if (ofModels !== '') yield `\n${ofModels}`
  const warnings = warningLines(result.report)
  if (warnings.length > 0) yield `\n${warnings.map(line => `${wrapText(line, 80, '  ')}\n`).join('')}`
  yield gateSection(result.report, paint)
  yield `\n${verdictLine(result, paint)}\n`
  yield nextSteps(result)
}
