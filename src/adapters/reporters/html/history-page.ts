import type { History } from '../../../domain/case-history.js'
import { visibleText } from '../../../domain/safe-text.js'
import { renderHistory } from './generated/render.js'
import { documentText } from './page.js'

/** The history of a folder of results as a page, without script. */
export function historyPage(history: History): string {
  return documentText(`History of ${history.suites.map(({ suite }) => visibleText(suite)).join(', ')}`, renderHistory(history))
}
