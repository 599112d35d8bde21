import { agreementText } from '../../domain/review.js'
import { count } from '../../domain/count.js'
import { identityText } from '../../domain/identity.js'
import { isAtHead, limitText } from '../../domain/limit.js'
import type { Cause, Gate, GateLine } from '../../domain/report.js'
import { codeBlock, safeMarkdown } from '../../domain/safe-markdown.js'
import { shorten } from '../../domain/safe-text.js'
import { shortfallLine } from '../../domain/shortfall.js'
import { waivedText } from '../../domain/waived-text.js'
import { wilsonInterval } from '../../domain/statistics.js'
import type { FinishedResult, Reporter } from '../../ports/reporter.js'
import { caseStatusOf, marks } from '../../domain/case-status.js'
import { durationText } from '../../domain/duration.js'
import { comparisonBlocks } from './comparison-markdown.js'
import { dialogueLines } from './dialogue-lines.js'
import { type PlannedRun, plannedRuns } from './planned-runs.js'
import { transcriptLines } from './transcript-lines.js'

/** GitHub shows nothing at all of a summary over 1 MiB. */
const usualLimitBytes = 1_000_000
/** Kept for the note on what was left out. */
const keptBytes = 200
const longestTranscript = 8_000
const longestDialogue = 8_000
/** Of changes since the baseline, of each kind. */
const mostChanges = 20

/**
 * Markdown for the summary of a CI job, or a comment: verdict, rules, causes with one example each, and what the result does not show.
 * What does not fit is left out in whole blocks from the end of the causes, and their number is told.
 */
export const markdown: Reporter = async function* (result, { markdownLimit = usualLimitBytes, compared, agreement }) {
  const since = compared
    ? [`### Since ${safeMarkdown(compared.comparison.base.agents)}`, ...comparisonBlocks(compared.comparison, mostChanges)]
    : []
  const head = [headOf(result), rulesOf(result.report.gate), ...since].join('\n\n')
  const reviewed = agreement ? `Judge reviewed blind: ${agreementText(agreement)}` : ''
  const tail = [limitsOf(result), reviewed].filter(block => block !== '').join('\n\n')
  const causes = await causeBlocks(result)
  let left = markdownLimit - keptBytes - bytesOf(head) - bytesOf(tail)
  const shown = causes.findIndex(block => (left -= bytesOf(block) + 2) < 0)
  const fitting = shown === -1 ? causes : causes.slice(0, shown)
  const more = causes.length - fitting.length + (result.report.otherCauses ?? 0)
  const heading = causes.length > 0 ? ['### What failed'] : []
  const rest = more > 0 ? [`${count(more, 'more cause')}: see the result's own report.json.`] : []
  yield `${[head, ...heading, ...fitting, ...rest, tail].filter(block => block !== '').join('\n\n')}\n`
}

function headOf({ started, report }: FinishedResult): string {
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
    `**${totals.passed} of ${count(totals.runs, 'run')} passed**${range}, in ${durationText(durationMs)}${othersOf(totals)}`,
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
  const named = Object.entries(others).flatMap(([status, runs]) => (runs > 0 ? [`${runs} ${safeMarkdown(status)}`] : []))
  return named.length === 0 ? '' : `; ${named.join(', ')}`
}

/** The rules as a table, those that are not met first. */
function rulesOf({ lines }: Gate): string {
  const order: readonly GateLine['verdict'][] = ['not_met', 'could_not_tell', 'met']
  const sorted = order.flatMap(verdict => lines.filter(line => line.verdict === verdict))
  const rows = sorted.map(({ scope, rule, required, measured, because, verdict }) =>
    [ruleMarks[verdict], scope, rule, required, because === undefined || verdict === 'met' ? measured : `${measured}: ${because}`]
      .map(cell => safeMarkdown(shorten(cell, 500)))
      .join(' | '),
  )
  return ['| | scope | rule | required | measured |', '|---|---|---|---|---|', ...rows.map(row => `| ${row} |`)].join('\n')
}

const ruleMarks: Readonly<Record<GateLine['verdict'], string>> = {
  met: marks.passed,
  not_met: marks.failed,
  could_not_tell: marks.could_not_tell,
}

/** Each cause with the conversation of its example. */
async function causeBlocks(result: FinishedResult): Promise<string[]> {
  const { causes = [] } = result.report
  const wanted = new Set(causes.map(({ example }) => example.index))
  const examples = new Map<number, PlannedRun>()
  for await (const batch of plannedRuns(result)) {
    for (const planned of batch) if (wanted.has(planned.run.index)) examples.set(planned.run.index, planned)
  }
  return causes.map(cause => causeBlock(cause, examples.get(cause.example.index)))
}

function causeBlock(cause: Cause, planned: PlannedRun | undefined): string {
  const { kind, check, runs, cases, mustPass, example } = cause
  const many = `${count(runs, 'run')} of ${count(cases, 'case')}${mustPass ? ', must pass' : ''}`
  const mark = marks[caseStatusOf(kind)]
  const place = `${safeMarkdown(example.run)}, ${safeMarkdown(`${example.file}:${example.line}`)}`
  return [
    `<details><summary>${mark} <b>${many}</b>: ${safeMarkdown(check)}</summary>`,
    `${safeMarkdown(kind)}: ${safeMarkdown(shortfallLine({ what: check, ...example }))}`,
    `For example ${place}:`,
    ...(planned && 'transcript' in planned.run.outcome ? [codeBlock(transcriptOf(planned, planned.run.outcome.transcript))] : []),
    '</details>',
  ].join('\n\n')
}

function transcriptOf({ entry }: PlannedRun, transcript: Parameters<typeof transcriptLines>[0]): string {
  const text = transcriptLines(transcript, entry.agent)
    .map(line => line.text)
    .join('\n')
  const dialogue = dialogueLines(transcript, longestDialogue)
  return [shorten(text, longestTranscript), ...(dialogue.length > 0 ? ['', ...dialogue] : [])].join('\n')
}

function limitsOf({ report: { limits } }: FinishedResult): string {
  if (limits.length === 0) return ''
  return ['### What this does not show', limits.map(limit => `- ${safeMarkdown(limitText(limit))}`).join('\n')].join('\n\n')
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text)
}
