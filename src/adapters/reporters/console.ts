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
import { lookWith } from './look.js'
import { wrapText } from './wrapped-text.js'

/**
 * The report for people, as wide as their terminal: one line per case, failed runs with their conversations, inconclusive runs,
 * metrics, the gate rule by rule, the verdict, and what to do next.
 */
export const consoleReport: Reporter = async function* (result, { colour, width, durations = 0, agreement }) {
  const look = lookWith({ colour, width })
  yield* casesSection(result, look)
  const trouble = await collectTrouble(result)
  yield* troubleSections(trouble, result, look)
  yield metricsSection(result.report.metrics, look)
  if (durations > 0) yield durationsSection(result, durations, look)
  const { plan, cassette } = result.started
  const ofModels = [
    replayLine(cassette, look.width),
    judgeLine(plan.judge, result.report, agreement, look.width),
    callersLine(result.report),
    usageLines(result.report.usage, look.width),
  ].join('')
  if (ofModels !== '') yield `\n${ofModels}`
  const warnings = warningLines(result.report)
  if (warnings.length > 0) yield `\n${warnings.map(line => `${wrapText(line, look.width, '  ')}\n`).join('')}`
  yield gateSection(result.report, look)
  yield `\n${verdictLine(result, look)}\n`
  yield nextSteps(result)
}
