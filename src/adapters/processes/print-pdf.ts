import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A browser takes no longer than this for a few sheets. */
const longestMs = 120_000
const programs = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'chrome', 'msedge']
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
]

/** No PDF was made. The message says why, and what to do. */
export class PrintFailed extends Error {
  override readonly name = 'PrintFailed'
}

/**
 * The Chrome, Chromium or Edge of this machine.
 *
 * @throws {PrintFailed} when CHROME_PATH names none, or there is none.
 */
export function findBrowser({ CHROME_PATH: named, PATH = '' }: Readonly<Record<string, string | undefined>>): string {
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named
    throw new PrintFailed(`CHROME_PATH is ${named}, which was not found. Set it to the program of a Chrome, Chromium or Edge.`)
  }
  const places = PATH.split(delimiter).filter(folder => folder !== '')
  const found = [...programs.flatMap(program => places.map(folder => join(folder, program))), ...elsewhere].find(path => existsSync(path))
  if (found !== undefined) return found
  throw new PrintFailed(
    'No Chrome, Chromium or Edge was found to make the PDF. Set CHROME_PATH to one, or write a page with --html and print it from a browser.',
  )
}

/**
 * Prints a page as a tagged PDF.
 *
 * @param browser  The program.
 * @param html  A page without script, which needs no other file.
 * @throws {PrintFailed} when the browser does not.
 */
export async function printPdf(browser: string, html: string, file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-print-'))
  try {
    const page = join(folder, 'page.html')
    writeFileSync(page, html, { mode: 0o600 })
    const options = [
      '--headless',
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
      '--no-pdf-header-footer',
      `--user-data-dir=${join(folder, 'profile')}`,
      // Where root runs it, its sandbox refuses to start. The page is ours, and has no script.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--print-to-pdf=${resolve(file)}`,
      pathToFileURL(page).href,
    ]
    const why = await failureOf(browser, options)
    if (why !== undefined || !existsSync(file)) {
      throw new PrintFailed(
        `${browser} made no PDF${why === undefined ? '' : `: ${why}`}. Write a page with --html and print it from a browser.`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Why a program failed, in a line; `undefined` if it did not. */
function failureOf(program: string, options: readonly string[]): Promise<string | undefined> {
  return new Promise(done => {
    execFile(program, options, { timeout: longestMs, maxBuffer: 1 << 24, windowsHide: true }, (error, _out, said) => {
      if (!error) return done(undefined)
      if (error.killed) return done(`it took more than ${longestMs / 1000} s`)
      done(said.trim().split('\n').at(-1) || `it ended with ${error.signal ?? `exit code ${error.code}`}`)
    })
  })
}
