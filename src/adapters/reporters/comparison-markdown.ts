import { marks } from '../../domain/case-status.js'
import { changesIn, pText } from '../../domain/comparison-changes.js'
import { comparisonText } from '../../domain/comparison-text.js'
import type { Comparison, DifferenceFinding } from '../../domain/comparison.js'
import { comparisonWarnings } from '../../domain/compared-limits.js'
import { safeMarkdown } from '../../domain/safe-markdown.js'
import { shorten } from '../../domain/safe-text.js'

/** Longer lists are cut, and their number is told. */
const mostLines = 200
const longest = 500

/** A comparison as Markdown, for summaries of jobs and comments. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { base, new: now, verdict } = comparison
  return `${[
    `## ${verdicts[verdict]}: ${safeMarkdown(now.suite)}`,
    [base, now]
      .map((side, i) => `- ${i === 0 ? 'base' : 'new'}: ${safeMarkdown(`${side.agents} · ${side.result} · ${side.startedAt}`)}`)
      .join('\n'),
    ...comparisonBlocks(comparison, mostLines),
  ].join('\n\n')}\n`
}

/** What changed, without a head. @param most  Lines of each kind. */
export function comparisonBlocks(comparison: Comparison, most: number): string[] {
  const { added, gone } = comparison
  return [
    ...comparisonWarnings(comparison).map(text => `${marks.could_not_tell} ${safeMarkdown(text)}`),
    `${safeMarkdown(comparisonText(comparison))}.`,
    ...changesOf(comparison, 'worse', marks.failed, most),
    ...changesOf(comparison, 'better', marks.passed, most),
    ...changesOf(comparison, 'changed', '≠', most),
    ...namesOf('Only in the new result', added, most),
    ...namesOf('Only in the base', gone, most),
  ]
}

const verdicts: Readonly<Record<Comparison['verdict'], string>> = {
  regressed: `${marks.failed} Regressed`,
  no_regression: `${marks.passed} No regression found`,
  nothing_compared: `${marks.could_not_tell} Nothing to compare`,
}

function changesOf(comparison: Comparison, verdict: DifferenceFinding['verdict'], mark: string, most: number): string[] {
  const changes = changesIn(comparison).filter(({ finding }) => finding.verdict === verdict)
  if (changes.length === 0) return []
  const lines = changes
    .slice(0, most)
    .map(({ about, what, finding }) => `- ${mark} ${verdict}: ${safeMarkdown(shorten(`${about}: ${what}, ${pText(finding)}`, longest))}`)
  return [[...lines, ...(changes.length > most ? [`- and ${changes.length - most} more`] : [])].join('\n')]
}

function namesOf(title: string, keys: readonly string[], most: number): string[] {
  if (keys.length === 0) return []
  const shown = keys.slice(0, most).map(key => `- ${safeMarkdown(shorten(key, longest))}`)
  return [[`${title}:`, '', ...shown, ...(keys.length > most ? [`- and ${keys.length - most} more`] : [])].join('\n')]
}
