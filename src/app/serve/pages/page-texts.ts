import {
  renderActions,
  renderComparison,
  renderHistory,
  renderMessage,
  renderResults,
  renderReview,
  renderSign,
  renderSignIn,
  renderSiteHead,
} from '../../../adapters/reporters/html/generated/render.js'
import type { ReviewPage } from '../../../adapters/reporters/html/review-page.js'
import { servedLive, servedPage, servedReport, type ServedPage } from '../../../adapters/reporters/html/served-page.js'
import type { History } from '../../../domain/case-history.js'
import type { ShownComparison } from '../../../domain/comparison.js'
import type { ResultListing } from '../../../domain/listed-result.js'
import type { LivePart } from '../../../domain/live-part.js'
import { visibleText } from '../../../domain/safe-text.js'
import type { SignPage } from '../../../domain/signoff-form.js'
import type { Site } from '../../../domain/site.js'
import type { ReportPage } from './report-pages.js'

export { servedAgain, type ServedPage } from '../../../adapters/reporters/html/served-page.js'

/** @param site  Absent for visitors who have only a link. */
export function reportText(id: number, { title, screens, hasSound, hasJudge }: ReportPage, site: Site | undefined): ServedPage {
  const head = site ? renderSiteHead(site) + renderActions(id, { isOver: true, hasJudge }, site) : ''
  return servedReport({ title: visibleText(title), head }, screens, hasSound)
}

/** @param site  Absent for visitors who have only a link. */
export function liveText(id: number, name: string, parts: readonly LivePart[], site: Site | undefined): ServedPage {
  const head = site ? renderSiteHead(site) + renderActions(id, { isOver: false, hasJudge: false }, site) : ''
  return servedLive({ title: `${visibleText(name)}: in progress`, head }, parts)
}

export function reviewText(page: ReviewPage, site: Site): ServedPage {
  return servedPage({ title: `Review of ${visibleText(page.name)}`, head: renderSiteHead(site) }, renderReview(page))
}

export function signText(page: SignPage, site: Site): ServedPage {
  return servedPage({ title: `Sign off ${visibleText(page.name)}`, head: renderSiteHead(site) }, renderSign(page))
}

export function listText(listing: ResultListing, site: Site): ServedPage {
  return servedPage({ title: 'Results', head: renderSiteHead(site) }, renderResults(listing))
}

export function comparisonText(shown: ShownComparison, site: Site): ServedPage {
  const { base, new: now } = shown.comparison
  const title = `${visibleText(now.suite)}: ${base.result} and ${now.result}`
  return servedPage({ title, head: renderSiteHead(site) }, renderComparison(shown))
}

export function historyText(history: History, site: Site): ServedPage {
  const head = renderSiteHead(site)
  if (history.suites.length === 0)
    return servedPage({ title: 'History', head }, renderMessage('History', 'No result is over yet.', undefined))
  return servedPage(
    { title: 'History', head },
    renderHistory(history, result => `/ui/results/${result}/`),
  )
}

/** @param to  Path that signing in leads to. @param wrong  Why it failed before. */
export function signInText(to: string, wrong?: string): ServedPage {
  return servedPage({ title: 'Sign in', head: '' }, renderSignIn(to, wrong))
}

/** @param link  An address to copy. @param site  Absent for visitors who are not signed in. */
export function messageText(
  title: string,
  text: string,
  { link, site }: { readonly link?: string; readonly site?: Site | undefined } = {},
): ServedPage {
  return servedPage({ title, head: site ? renderSiteHead(site) : '' }, renderMessage(title, text, link))
}
