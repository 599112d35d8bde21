import type { JudgeSummary } from '../../../domain/event.js'
import type { Report } from '../../../domain/report.js'
import { count } from '../../../domain/count.js'
import { wordJudge } from '../model-words.js'
import { safeLine } from '../../../domain/safe-text.js'
import { wrapText } from '../wrapped-text.js'

/** The judge, and how often its votes disagreed; empty without a judge. */
export function judgeLine(judge: JudgeSummary | undefined, { votes: cast }: Pick<Report, 'votes'>, width: number): string {
  if (!judge) return ''
  const votes = cast ? `; votes disagreed on ${cast.split} of ${count(cast.answers, 'answer')}` : ''
  return `${wrapText(`Judge: ${safeLine(wordJudge(judge))}${votes}`, width, '  ')}\n`
}
