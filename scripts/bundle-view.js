// Bundles src/view/: what a page runs, and what renders its summary when a report is made. Preact goes into both, so it is no dependency
// of those who install Callsheet.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const pagePreact = join(root, 'src/view/sound/page-preact.ts')
const banner = '// Generated from src/view/ by npm run generate; do not edit'

/**
 * As texts: the page's script and style, the script that pages with calls have besides, those of a server's pages of results that are
 * over and in progress, and what the licence of Preact asks to be said beside them.
 */
export function pageAssets() {
  const script = bundled('src/view/app.tsx', { format: 'iife', target: 'es2022' })
  const sound = `globalThis.callsheetSound=callsheetView=>{${bundled('src/view/sound/sound.ts', {
    format: 'iife',
    target: 'es2022',
    alias: { 'preact/jsx-runtime': pagePreact, 'preact/hooks': pagePreact },
  })}}`
  const style = bundled('src/view/app.css', { target: 'es2022' })
  const fetched = bundled('src/view/served/fetched-text.ts', { format: 'iife', target: 'es2022' })
  const live = bundled('src/view/served/live.ts', { format: 'iife', target: 'es2022' })
  const servedStyle = bundled('src/view/served/served.css', { target: 'es2022' })
  const texts = { script, sound, fetched, live, style, servedStyle, notice: notice() }
  return `${banner}\n${Object.entries(texts)
    .map(([name, text]) => `export const ${name} = ${JSON.stringify(text)}\n`)
    .join('')}`
}

/** What renders the screens that need no JavaScript. */
export function render() {
  const code = bundled('src/view/render.tsx', { format: 'esm', target: 'node20', platform: 'node' })
  return `${banner}\n/* ${notice()} */\n${code}`
}

export const renderTypes = `${banner}
import type { History } from '../../../../domain/case-history.js'
import type { ShownComparison } from '../../../../domain/comparison.js'
import type { SuiteStarted } from '../../../../domain/event.js'
import type { ResultListing } from '../../../../domain/listed-result.js'
import type { LivePart } from '../../../../domain/live-part.js'
import type { Report } from '../../../../domain/report.js'
import type { SignPage } from '../../../../domain/signoff-form.js'
import type { Site, UnderWay } from '../../../../domain/site.js'
import type { ReviewPage } from '../../../../view/model/review-page.js'
import type { RunView } from '../../../../view/model/run-view.js'
import type { StaticScreens } from '../../../../view/model/static-screens.js'
import type { ViewIndex } from '../../../../view/model/view-index.js'

/** @param examples  Of causes, by the index of the run. */
export declare function renderScreens(index: ViewIndex, examples: ReadonlyMap<number, RunView>, shown?: ShownComparison): StaticScreens

export declare function renderComparison(shown: ShownComparison): string

/** The histories of several suites. */
export declare function renderHistory(history: History, addressOf?: (result: string) => string): string

/** The parts of the page of a result in progress, in their order. */
export declare function renderLive(started: SuiteStarted, report: Report, runs: readonly UnderWay[]): readonly LivePart[]

export declare function renderResults(listing: ResultListing): string

export declare function renderSiteHead(site: Site): string

/** What people can do with a result; nothing for those who may only read. */
export declare function renderActions(id: number, of: { readonly isOver: boolean; readonly hasJudge: boolean }, site: Site): string

export declare function renderReview(page: ReviewPage): string

export declare function renderSign(page: SignPage): string

/** @param to  Path that signing in leads to. @param wrong  Why it failed before. */
export declare function renderSignIn(to: string, wrong: string | undefined): string

export declare function renderMessage(title: string, text: string, link: string | undefined): string
`

/**
 * @param {string} entry
 * @param {import('esbuild').BuildOptions} how
 */
function bundled(entry, how) {
  const { outputFiles } = buildSync({
    entryPoints: [join(root, entry)],
    tsconfig: join(root, 'src/view/tsconfig.json'),
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'warning',
    ...how,
    define: { isRenderedAhead: String(how.platform === 'node') },
  })
  return outputFiles?.[0]?.text ?? ''
}

function notice() {
  const licence = readFileSync(join(root, 'node_modules/preact/LICENSE'), 'utf8').trim()
  return `Includes Preact and parts of preact-render-to-string.\n\n${licence}`
}
