import type { LivePart } from '../../../domain/live-part.js'
import type { StaticScreens } from '../../../view/model/static-screens.js'
import { fetched, live, notice, script, servedStyle, sound, style } from './generated/page-assets.js'
import { hashOf, pageHead, screensText } from './page.js'

/** A page of a server. */
export interface ServedPage {
  readonly html: string
  /** For its `Content-Security-Policy`: nothing runs but what was built with us, and nothing is asked of another server. */
  readonly policy: string
}

export interface ServedParts {
  /** As text. */
  readonly title: string
  /** What comes before the screens, as HTML. */
  readonly head: string
}

const ownStyle = style + servedStyle

/** @param body  As HTML. */
export function servedPage({ title, head }: ServedParts, body: string): ServedPage {
  return pageWith(title, `${head}<main>\n${body}\n</main>\n`, [])
}

/** The page of a report, which fetches its parts from `view/` beside it. @param hasSound  Whether any run was a call. */
export function servedReport({ title, head }: ServedParts, screens: StaticScreens, hasSound: boolean): ServedPage {
  // On the screens with a list, the window is for that alone.
  const above = `<div data-screens="summary cases case compare history record">${head}</div>\n`
  return pageWith(title, above + screensText(screens), [fetched, ...(hasSound ? [sound] : []), script])
}

/** The page of a result in progress, which is sent news from `live` beside it. */
export function servedLive({ title, head }: ServedParts, parts: readonly LivePart[]): ServedPage {
  const places = parts.map(({ id, html }) => `<div id="${id}">${html}</div>`).join('\n')
  const note = `<p id="live-note" class="note" role="status"></p>
<noscript><p class="note">Without JavaScript this page does not change by itself. Open it again to see more.</p></noscript>`
  return pageWith(title, `${head}<main>\n${note}\n${places}\n</main>\n`, [live])
}

/** A page that asks for itself again at once: then the browser sends what it keeps from requests that begin on other sites. */
export function servedAgain(): ServedPage {
  const html = `${pageHead('Opening …', '<meta http-equiv="refresh" content="0">\n', '')}<body>\n</body>\n</html>\n`
  return { html, policy: policyOf([], '') }
}

function pageWith(title: string, body: string, scripts: readonly string[]): ServedPage {
  const run = scripts.map(each => `<script>${each}</script>\n`).join('')
  const licence = scripts.includes(script) ? `<!-- ${notice} -->\n` : ''
  const head = pageHead(title, '<link rel="icon" href="data:,">\n', `<style>${ownStyle}</style>`)
  return { html: `${head}<body>\n${body}${run}${licence}</body>\n</html>\n`, policy: policyOf(scripts, ownStyle) }
}

function policyOf(scripts: readonly string[], styleText: string): string {
  return [
    "default-src 'none'",
    ...(scripts.length > 0 ? [`script-src ${scripts.map(hashOf).join(' ')}`, "connect-src 'self'"] : []),
    ...(styleText === '' ? [] : [`style-src ${hashOf(styleText)}`]),
    'img-src data:',
    ...(scripts.includes(sound) ? ["media-src 'self' blob:"] : []),
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
