import { visibleText } from '../../../domain/safe-text.js'
import type { FinishedResult, ReportOptions } from '../../../ports/reporter.js'
import { gatherPage } from './gather-page.js'
import { renderScreens } from './generated/render.js'
import { documentText } from './page.js'

export interface PrintOptions {
  /** With the conversations of the causes' examples. */
  readonly hasExamples: boolean
  /** SHA-256 of the journal, hexadecimal; absent if it is no file. */
  readonly journal?: string
}

/** What is printed of a result: summary and record on sheets of A4, each with the result, the digest of its journal and its number. */
export async function printPage(result: FinishedResult, how: ReportOptions, { hasExamples, journal }: PrintOptions): Promise<string> {
  const content = hasExamples ? 'all' : 'none'
  const { index, examples } = await gatherPage(result, { ...how, html: { ...how.html, content } })
  // A sheet of paper leaves out no conversation that it could have.
  const { leftOutNote: _, ...own } = index
  const shown = { ...own, content: { of: content, leftOut: 0 } } as const
  const { head, summary, tested, examples: folded, record } = renderScreens(shown, examples, how.compared)
  const body = [head, summary, tested, ...(hasExamples ? [folded] : []), record].join('\n')
  const foot = [result.started.result, ...(journal === undefined ? [] : [`journal sha256:${journal}`])].join('   ')
  // Of paper nothing can be unfolded. A tag is meant: in words, `<` is written otherwise.
  return documentText(
    `${visibleText(index.title)}: ${result.report.gate.verdict.replaceAll('_', ' ')}`,
    body.replaceAll('<details', '<details open'),
    sheet(foot),
  )
}

/** The style of a sheet. @param foot  At the foot of each, as far as its signs mean nothing in CSS. */
function sheet(foot: string): string {
  const safe = foot.replaceAll(/[^\w.:/ -]/g, '?')
  return `@page { size: A4; margin: 14mm 14mm 18mm; font: 8px system-ui, sans-serif;
@bottom-left { content: "${safe}"; } @bottom-right { content: counter(page) " of " counter(pages); } }
body { font-size: 11px; } main { padding: 0; } .verdict h1 { font-size: 1.6rem; }`
}
