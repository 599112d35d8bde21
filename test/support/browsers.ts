import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe } from 'vitest'

/** A browser of this machine. */
export interface InstalledBrowser {
  readonly name: 'chromium' | 'firefox'
  readonly path: string
}

const programs = { chromium: ['chromium', 'chromium-browser', 'google-chrome'], firefox: ['firefox-esr', 'firefox'] } as const

/** `undefined` if it is not there: its tests are skipped. */
export function installed(name: InstalledBrowser['name']): InstalledBrowser | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const paths = programs[name].flatMap(program => folders.map(folder => join(folder, program)))
  const path = paths.find(each => existsSync(each))
  return path === undefined ? undefined : { name, path }
}

/** @param scheme  What its pages are told that people prefer. */
export async function launch({ name, path }: InstalledBrowser, scheme: 'light' | 'dark' = 'light'): Promise<Browser> {
  if (name === 'firefox') {
    const extraPrefsFirefox = { 'layout.css.prefers-color-scheme.content-override': scheme === 'dark' ? 0 : 1 }
    return await puppeteer.launch({ browser: 'firefox', executablePath: path, headless: true, extraPrefsFirefox })
  }
  const args = [
    '--disable-gpu',
    '--disable-background-networking',
    `--blink-settings=preferredColorScheme=${scheme === 'dark' ? 0 : 1}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
  return await puppeteer.launch({ executablePath: path, headless: true, args })
}

/** A page of a browser, and what nobody should see of it: what its console said, and what it asked for besides files of its own. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page
  readonly complaints: string[]
}

/** @param folder  The only place that it may read. */
export async function openWatched(browser: Browser, folder: string): Promise<WatchedPage> {
  const page = await browser.newPage()
  return { page, complaints: complaintsOf(page, `file://${folder}/`), [Symbol.asyncDispose]: () => page.close() }
}

/** A page with cookies of its own. @param base  Of the only server that it may ask. */
export async function openVisit(browser: Browser, base: string): Promise<WatchedPage> {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  return { page, complaints: complaintsOf(page, `${base}/`), [Symbol.asyncDispose]: () => context.close() }
}

/** @param own  How the addresses begin that the page may ask for. */
function complaintsOf(page: Page, own: string): string[] {
  const complaints: string[] = []
  page.on('console', message => complaints.push(`console ${message.type()}: ${message.text()}`))
  page.on('pageerror', error => complaints.push(`error: ${String(error)}`))
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', request => {
    // Of memory: fonts that Firefox brings along, the buttons that Chromium draws for sound, and recordings within a page.
    if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(own)) complaints.push(`request: ${request.url()}`)
  })
  return complaints
}

/** A browser that tests work with, from its start to its end. */
export interface TestedBrowser extends InstalledBrowser {
  readonly browser: Browser
}

/** Tests in each browser; they are skipped where it is not installed. @param what  Is tested. */
export function inEachBrowser(what: string, tests: (tested: TestedBrowser) => void): void {
  inBrowsers(['chromium', 'firefox'], what, tests)
}

/** Tests in some browsers. */
export function inBrowsers(names: readonly InstalledBrowser['name'][], what: string, tests: (tested: TestedBrowser) => void): void {
  describe.each(names)('in %s, if it is installed', name => {
    const found = installed(name)
    let browser: Browser | undefined

    // oxlint-disable-next-line vitest/valid-title -- it is a text, whatever its name is
    describe.skipIf(found === undefined)(what, () => {
      beforeAll(async () => {
        if (found) browser = await launch(found)
      })
      afterAll(() => browser?.close())
      tests({
        name,
        path: found?.path ?? '',
        get browser() {
          if (!browser) throw new Error(`${name} has not started`)
          return browser
        },
      })
    })
  })
}
