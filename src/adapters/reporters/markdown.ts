import { agreementText } from '../../domain/review.js'
import { count } from '../../domain/count.js'
import { limitText } from '../../domain/limit.js'
import type { Cause, Gate, GateLine } from '../../domain/report.js'
import { codeBlock, codeMarkdown, safeMarkdown } from '../../domain/safe-markdown.js'
import { shorten } from '../../domain/safe-text.js'
import { shortfallLine } from '../../domain/shortfall.js'
import { type FinishedResult, type Reporter, usualMarkdownBytes } from '../../ports/reporter.js'
import { caseStatusOf, marks } from '../../domain/case-status.js'
import { exceptionsOf } from './markdown-exceptions.js'
import { headOf } from './markdown-head.js'
import { comparisonBlocks } from './comparison-markdown.js'
import { dialogueLines } from './dialogue-lines.js'
import { type PlannedRun, plannedRuns } from './planned-runs.js'
import { transcriptLines } from './transcript-lines.js'

/** Kept for the note on what was left out. */
const keptBytes = 200
const longestTranscript = 8_000
const longestDialogue = 8_000
/** Of changes since the baseline, of each kind. */
const mostChanges = 20

/**
 * Markdown for the summary of a CI job, or a comment: verdict, rules, causes with one example each, exceptions, and what the result does
 * not show. What does not fit is left out in whole blocks, causes from the end first, and their number is told. The head always stays.
 */
export const markdown: Reporter = async function* (result, { markdownLimit = usualMarkdownBytes, compared, agreement }) {
  const { otherCauses = 0 } = result.report
  const since = compared
    ? [`### Since ${safeMarkdown(compared.comparison.base.agents)}`, ...comparisonBlocks(compared.comparison, mostChanges)]
    : []
  const head = headOf(result)
  const before = [rulesOf(result.report.gate), since.join('\n\n')].filter(isText)
  const reviewed = agreement ? `Judge reviewed blind: ${agreementText(agreement)}` : ''
  const after = [exceptionsOf(result), limitsOf(result), reviewed, artifactOf(result)].filter(isText)
  const causes = await causeBlocks(result)

  let left = markdownLimit - keptBytes - bytesOf(head)
  const fits = (block: string): boolean => {
    const rest = left - bytesOf(block) - 2
    if (rest >= 0) left = rest
    return rest >= 0
  }
  const parts = new Set([...before, ...after].filter(fits))
  const firstLeftOut = causes.findIndex(block => !fits(block))
  const shown = firstLeftOut === -1 ? causes : causes.slice(0, firstLeftOut)
  const moreCauses = causes.length - shown.length + otherCauses
  const moreParts = before.length + after.length - parts.size
  const more = [...(moreCauses > 0 ? [count(moreCauses, 'more cause')] : []), ...(moreParts > 0 ? [count(moreParts, 'more part')] : [])]
  yield `${[
    head,
    ...before.filter(block => parts.has(block)),
    ...(shown.length > 0 ? ['### What failed'] : []),
    ...shown,
    ...(more.length > 0 ? [`${more.join(', ')}: see the result's own report.json.`] : []),
    ...after.filter(block => parts.has(block)),
  ].join('\n\n')}\n`
}

function isText(block: string): boolean {
  return block !== ''
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
  const place = `${codeMarkdown(example.run)}, ${safeMarkdown(`${example.file}:${example.line}`)}`
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

/** Where the files of the result are: the only link, and of the CI service. */
function artifactOf({ started: { context } }: FinishedResult): string {
  const { url, provider } = context?.ci ?? {}
  if (url === undefined || !/^https?:\/\/[\w.~:/?#@&=+%-]+$/.test(url)) return ''
  return `Everything else is in the artifacts of [this run of ${safeMarkdown(provider ?? 'CI')}](${url}).`
}

function limitsOf({ report: { limits } }: FinishedResult): string {
  if (limits.length === 0) return ''
  return ['### What this does not show', limits.map(limit => `- ${safeMarkdown(limitText(limit))}`).join('\n')].join('\n\n')
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text)
}
