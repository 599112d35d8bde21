import { createHash } from 'node:crypto'
import { safeHtml } from '../../../domain/safe-html.js'
import { notice, script, style } from './generated/page-assets.js'
import type { StaticScreens } from '../../../view/model/static-screens.js'

/** The parts of a page, in their order. */
export interface PageParts {
  readonly title: string
  readonly screens: StaticScreens
  /** Base64. */
  readonly index: string
  readonly chunks: readonly string[]
}

/** The names of the files beside the page in the form of a folder. */
export const besidePage = { style: 'report.css', script: 'report.js' } as const

/** What the files beside a page hold. */
export const pageFiles: Readonly<Record<(typeof besidePage)[keyof typeof besidePage], string>> = {
  [besidePage.style]: style,
  [besidePage.script]: script,
}

/** The text of a page. @param isFolder  Whether style and script are files beside it. */
export function* pageText({ title, screens, index, chunks }: PageParts, isFolder: boolean): Generator<string> {
  const { head, summary, tested, examples, record, history } = screens
  yield `${headText(title, isFolder)}<body>
<div id="nav"></div>
<main class="summary">
<div data-screens="summary record">${head}</div>
<div data-screens="summary">${summary}</div>
<div data-screens="summary record">${tested}</div>
${examples}
${optionalScreen('history', history, 'No earlier result of this suite is known.')}<div data-screens="record">${record}</div>
<div id="screen"></div>
</main>
`
  yield `<script type="application/octet-stream" id="index">${index}</script>\n`
  for (const [i, chunk] of chunks.entries()) yield `<script type="application/octet-stream" id="chunk-${i}">${chunk}</script>\n`
  yield isFolder ? `<script src="${besidePage.script}"></script>` : `<script>${script}</script>`
  yield `\n<!-- ${notice} -->\n</body>\n</html>\n`
}

/** A screen, or what an address says that leads to it in vain. */
function optionalScreen(name: string, screen: string, otherwise: string): string {
  return `<div data-screens="${name}"${screen === '' ? ` hidden><p>${otherwise}</p>` : `>${screen}`}</div>\n`
}

/** A page without script. @param body  As HTML. */
export function documentText(title: string, body: string): string {
  return `${headText(title, false)}<body>\n<main>\n${body}\n</main>\n<!-- ${notice} -->\n</body>\n</html>\n`
}

function headText(title: string, isFolder: boolean): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(isFolder)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="Callsheet">
<title>${safeHtml(title)}</title>
${isFolder ? `<link rel="stylesheet" href="${besidePage.style}">` : `<style>${style}</style>`}
</head>
`
}

/** Nothing is fetched, and nothing runs but what was built with us. */
function policy(isFolder: boolean): string {
  return [
    "default-src 'none'",
    `script-src ${isFolder ? "'self'" : hashOf(script)}`,
    `style-src ${isFolder ? "'self'" : hashOf(style)}`,
    'img-src data:',
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
