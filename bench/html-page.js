import { statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import puppeteer from 'puppeteer-core'
import { pageFiles } from '../dist/adapters/reporters/html/page.js'
import { bench, binary, folder, isQuick, measured, rounds } from './measured.js'
import { row, spread, title } from './print.js'

const chromium = process.env['CHROME_PATH'] ?? '/usr/bin/chromium'

/** How large pages are, and how long a browser takes over them. */
export async function htmlPage() {
  title('HTML page')
  for (const [name, text] of Object.entries(pageFiles)) {
    row(name, `${(gzipSync(text, { level: 9 }).length / 1024).toFixed(1)} KiB gzipped`, name === 'report.js' ? '<= 20' : '<= 6')
  }
  const shapes = [
    { runs: 2000, paintS: 0.5, rowsS: 1, heapMb: 10, sizeMb: 5, madeS: undefined },
    { runs: 10_000, paintS: 0.5, rowsS: 1.5, heapMb: 15, sizeMb: undefined, madeS: 10 },
  ]
  const browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--js-flags=--expose-gc'] })
  try {
    for (const { runs, paintS, rowsS, heapMb, sizeMb, madeS } of isQuick ? shapes.slice(0, 1) : shapes) {
      const result = join(folder, `result-${runs}`)
      const page = `${result}.html`
      measured([join(bench, 'html-result.js'), result, String(runs), '10'])
      const made = measured([binary, 'report', result, '--html', page, '--html-content', 'all', '--reporter', 'none'])
      title(`page of ${runs} runs of 10 turns`)
      row('size, MiB', (statSync(page).size / 2 ** 20).toFixed(2), sizeMb === undefined ? '' : `<= ${sizeMb}`)
      row(
        'made in',
        `${(made.wallMs / 1000).toFixed(1)} s (CPU ${(made.cpuMs / 1000).toFixed(1)} s), ${made.peakMb.toFixed(0)} MB`,
        madeS === undefined ? '' : `<= ${madeS} s, 300 MB`,
      )
      const seen = []
      for (let i = 0; i < rounds; i += 1) seen.push(await lookAt(browser, page))
      row('first paint, s', spread(seen.map(({ paintMs }) => paintMs / 1000)), `<= ${paintS}`)
      row('rows, s', spread(seen.map(({ rowsMs }) => rowsMs / 1000)), `<= ${rowsS}`)
      row('heap, MiB', spread(seen.map(({ heap }) => heap / 2 ** 20)), `<= ${heapMb}`)
    }
  } finally {
    await browser.close()
  }
}

/** @param {import('puppeteer-core').Browser} browser @param {string} file */
async function lookAt(browser, file) {
  const page = await browser.newPage()
  try {
    // When the first row of the list is there, and drawn.
    await page.evaluateOnNewDocument(`
      new MutationObserver((_, observer) => {
        if (!document.querySelector('.run-list li a')) return
        observer.disconnect()
        requestAnimationFrame(() => setTimeout(() => { globalThis.rowsMs = performance.now() }))
      }).observe(document, { childList: true, subtree: true })`)
    // Rows as soon as they can be there; the first paint is the summary's.
    await page.goto(`file://${file}#/runs`)
    const rowsMs = Number(await (await page.waitForFunction('globalThis.rowsMs')).jsonValue())
    await page.evaluate('gc()')
    const { JSHeapUsedSize: heap = NaN } = await page.metrics()
    await page.goto('about:blank')
    await page.goto(`file://${file}`)
    await page.waitForSelector('nav')
    const paintMs = Number(await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime`))
    return { rowsMs, heap, paintMs }
  } finally {
    await page.close()
  }
}
