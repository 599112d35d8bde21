import type { ShownComparison } from '../../../domain/comparison.js'
import { visibleText } from '../../../domain/safe-text.js'
import { renderComparison } from './generated/render.js'
import { documentText } from './page.js'

/** A comparison as a page, without script. */
export function comparisonPage(shown: ShownComparison): string {
  const { base, new: now } = shown.comparison
  return documentText(`${visibleText(now.suite)}: ${base.result} and ${now.result}`, renderComparison(shown))
}
