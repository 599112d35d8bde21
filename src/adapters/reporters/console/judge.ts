import type { JudgeSummary } from '../../../domain/event.js'
import type { Report } from '../../../domain/report.js'
import { count } from '../../../domain/count.js'
import { type Agreement, agreementText } from '../../../domain/review.js'
import { wordJudge } from '../model-words.js'
import { safeLine } from '../../../domain/safe-text.js'
import { wrapText } from '../wrapped-text.js'

/** The judge, how often its votes disagreed, and how far people agreed with it; empty without a judge. */
export function judgeLine(
  judge: JudgeSummary | undefined,
  { votes: cast }: Pick<Report, 'votes'>,
  agreement: Agreement | undefined,
  width: number,
): string {
  const reviewed = agreement ? `${wrapText(`Reviewed blind: ${agreementText(agreement)}`, width, '  ')}\n` : ''
  if (!judge) return reviewed
  const votes = cast ? `; votes disagreed on ${cast.split} of ${count(cast.answers, 'answer')}` : ''
  return `${wrapText(`Judge: ${safeLine(wordJudge(judge))}${votes}`, width, '  ')}\n${reviewed}`
}
