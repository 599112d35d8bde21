import { marks } from '../../domain/case-status.js'
import { count, grouped } from '../../domain/count.js'
import { durationText } from '../../domain/duration.js'
import { identityText } from '../../domain/identity.js'
import { isAtHead, limitText } from '../../domain/limit.js'
import type { Gate } from '../../domain/report.js'
import { safeMarkdown } from '../../domain/safe-markdown.js'
import { wilsonInterval } from '../../domain/statistics.js'
import { waivedText } from '../../domain/waived-text.js'
import type { FinishedResult } from '../../ports/reporter.js'

/** Verdict, what was tested, how much of it passed, and what the result is not. */
export function headOf({ started, report }: FinishedResult): string {
  const { totals, gate, durationMs } = report
  const excepted = waivedText(report.waived)
  const { suite, plan, context } = started
  const counted = totals.passed + totals.failed + totals.agent_error
  const range = counted === 0 ? '' : `, true rate ${rangeText(wilsonInterval(totals.passed, counted, 0.95))}`
  const agents = [...new Map(plan.entries.map(({ agent }) => [agent.key, agent])).values()]
  const facts = [
    ...agents.map(({ key, identity, channel }) => `${identityText(key, identity)} over ${channel}`),
    ...(context?.environment === undefined ? [] : [context.environment]),
    started.result,
  ]
  return [
    `## ${verdicts[gate.verdict]}${excepted === undefined ? '' : `; ${excepted}`}: ${safeMarkdown(suite.name)}`,
    facts.map(safeMarkdown).join(' · '),
    `**${grouped(totals.passed)} of ${count(totals.runs, 'run')} passed**${range}, in ${durationText(durationMs)}${othersOf(totals)}`,
    ...report.limits.filter(isAtHead).map(limit => `${marks.could_not_tell} ${safeMarkdown(limitText(limit))}`),
  ].join('\n\n')
}

const verdicts: Readonly<Record<Gate['verdict'], string>> = {
  passed: `${marks.passed} Passed`,
  failed: `${marks.failed} Failed`,
  could_not_tell: `${marks.could_not_tell} Inconclusive`,
}

function rangeText({ lower, upper }: { readonly lower: number; readonly upper: number }): string {
  return `${(lower * 100).toFixed(1)}–${(upper * 100).toFixed(1)} %`
}

function othersOf({ runs: _, passed: _passed, ...others }: FinishedResult['report']['totals']): string {
  const named = Object.entries(others).flatMap(([status, runs]) => (runs > 0 ? [`${grouped(runs)} ${safeMarkdown(status)}`] : []))
  return named.length === 0 ? '' : `; ${named.join(', ')}`
}
