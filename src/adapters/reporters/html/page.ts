import { createHash } from 'node:crypto'
import type { EmbeddedAudio } from './page-sound.js'
import { safeHtml } from '../../../domain/safe-html.js'
import { quietHtml } from '../../../domain/safe-text.js'
import { notice, script, sound, style } from './generated/page-assets.js'
import type { StaticScreens } from '../../../view/model/static-screens.js'

/** The parts of a page, in their order. */
export interface PageParts {
  readonly title: string
  readonly screens: StaticScreens
  /** Base64. */
  readonly index: string
  readonly chunks: readonly string[]
  /** Recordings in the page. */
  readonly audio: readonly EmbeddedAudio[]
  /** Whether any run was a call. */
  readonly hasSound: boolean
}

/** The names of the files beside the page in the form of a folder. */
export const besidePage = { style: 'report.css', script: 'report.js', sound: 'report-sound.js' } as const

/** What the files beside a page hold. */
export const pageFiles: Readonly<Record<(typeof besidePage)[keyof typeof besidePage], string>> = {
  [besidePage.style]: style,
  [besidePage.script]: script,
  [besidePage.sound]: sound,
}

/** The text of a page. @param isFolder  Whether style and script are files beside it. */
export function* pageText({ title, screens, index, chunks, audio, hasSound }: PageParts, isFolder: boolean): Generator<string> {
  const scripts = isFolder ? [] : hasSound ? [sound, script] : [script]
  yield `${headText(title, isFolder, scripts)}<body>\n${quietHtml(screensText(screens))}`
  yield `<script type="application/octet-stream" id="index">${index}</script>\n`
  for (const [i, chunk] of chunks.entries()) yield `<script type="application/octet-stream" id="chunk-${i}">${chunk}</script>\n`
  for (const { id, base64 } of audio) yield `<script type="application/octet-stream" id="${id}">${base64}</script>\n`
  if (isFolder && hasSound) yield `<script src="${besidePage.sound}"></script>\n`
  yield isFolder ? `<script src="${besidePage.script}"></script>` : scripts.map(each => `<script>${each}</script>`).join('\n')
  yield `\n<!-- ${notice} -->\n</body>\n</html>\n`
}

/** Where the script shows its screens, and those that are there without it. */
export function screensText({ nav, head, summary, tested, examples, cases, record, compare, notCompared, history }: StaticScreens): string {
  return `<div id="nav"><template>${nav}</template></div>
<main class="summary">
<div data-screens="summary record">${head}</div>
<div data-screens="summary">${summary}</div>
<div data-screens="summary record">${tested}</div>
${examples}
<div data-screens="cases">${cases}</div>
${optionalScreen('compare', compare, notCompared)}${optionalScreen('history', history, '<p>No earlier result of this suite is known.</p>')}<div data-screens="record">${record}</div>
<div id="screen"></div>
</main>
`
}

/** A screen, or what an address says that leads to it in vain, as HTML. */
function optionalScreen(name: string, screen: string, otherwise: string): string {
  return `<div data-screens="${name}"${screen === '' ? ` hidden>${otherwise}` : `>${screen}`}</div>\n`
}

/** A page without script. @param body  As HTML. @param more  Further style. */
export function documentText(title: string, body: string, more = ''): string {
  return `${headText(title, false, [], style + more)}<body>\n<main>\n${body}\n</main>\n<!-- ${notice} -->\n</body>\n</html>\n`
}

function headText(title: string, isFolder: boolean, scripts: readonly string[], own = style): string {
  const policyText = `<meta http-equiv="Content-Security-Policy" content="${policy(isFolder, scripts, own)}">\n`
  return pageHead(title, policyText, isFolder ? `<link rel="stylesheet" href="${besidePage.style}">` : `<style>${own}</style>`)
}

/** @param first  HTML that comes before anything that is fetched. */
export function pageHead(title: string, first: string, styled: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${first}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="generator" content="Callsheet">
<title>${quietHtml(safeHtml(title))}</title>
${styled}
</head>
`
}

/** Nothing is fetched, and nothing runs but what was built with us. */
function policy(isFolder: boolean, scripts: readonly string[], own: string): string {
  return [
    "default-src 'none'",
    ...(isFolder ? ["script-src 'self'"] : scripts.length > 0 ? [`script-src ${scripts.map(hashOf).join(' ')}`] : []),
    `style-src ${isFolder ? "'self'" : hashOf(own)}`,
    'img-src data:',
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** As a policy names it. */
export function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
