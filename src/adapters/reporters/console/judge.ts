import type { JudgeSummary } from '../../../domain/event.js'
import type { Trouble } from './trouble.js'
import { wordJudge } from '../model-words.js'
import { safeLine } from '../../../domain/safe-text.js'
import { wrapText } from '../wrapped-text.js'

const lineWidth = 80

/** The judge, and how often its votes disagreed; empty without a judge. */
export function judgeLine(judge: JudgeSummary | undefined, { answers, disagreed }: Trouble['voted']): string {
  if (!judge) return ''
  const votes = answers === 0 ? '' : `; votes disagreed on ${disagreed} of ${answers} ${answers === 1 ? 'answer' : 'answers'}`
  return `${wrapText(`Judge: ${safeLine(wordJudge(judge))}${votes}`, lineWidth, '  ')}\n`
}
