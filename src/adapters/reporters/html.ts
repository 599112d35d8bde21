import { visibleText } from '../../domain/safe-text.js'
import type { Reporter } from '../../ports/reporter.js'
import { deflated } from './html/conversations.js'
import { gatherPage } from './html/gather-page.js'
import { renderScreens } from './html/generated/render.js'
import { pageText } from './html/page.js'

/** A page for people: the summary as HTML, complete without JavaScript, and all runs behind it. It fetches nothing. */
export const html: Reporter = async function* (result, how) {
  const { index, examples, chunks, audio } = await gatherPage(result, how)
  const { html: { isFolder = false } = {}, compared } = how
  yield* pageText(
    {
      title: `${visibleText(index.title)}: ${result.report.gate.verdict.replaceAll('_', ' ')}`,
      screens: renderScreens(index, examples, compared),
      index: deflated(index),
      chunks,
      audio,
      hasSound: index.runs.marks.some(({ sound }) => sound),
    },
    isFolder,
  )
}
