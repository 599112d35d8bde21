import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { html } from '../../src/adapters/reporters/html.js'
import { pageFiles } from '../../src/adapters/reporters/html/page.js'
import type { FinishedResult } from '../../src/ports/reporter.js'
import { inEachBrowser, openWatched } from '../support/browsers.js'
import { textOf } from '../unit/adapters/reporters/report-text.js'
import { sampleComparison } from '../unit/adapters/reporters/sample-comparison.js'
import { sampleHistory } from '../unit/adapters/reporters/sample-history.js'
import { sampleResult } from '../unit/adapters/reporters/sample-result.js'

// Pages that a server hands out under a policy of its own, and pages without a mouse.

const policies = {
  // What Jenkins sends with archived pages: https://www.jenkins.io/doc/book/security/configuring-content-security-policy/
  jenkins: "sandbox; default-src 'none'; img-src 'self'; style-src 'self';",
  self: "default-src 'self'",
} as const
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' }

const folder = mkdtempSync(join(tmpdir(), 'callsheet-policies-'))
let server: Server
let base: string

beforeAll(async () => {
  const how = { history: sampleHistory() }
  const compared = await sampleComparison()
  mkdirSync(join(folder, 'folder'))
  writeFileSync(join(folder, 'one.html'), await textOf(html, sampleResult(), { html: how, compared }))
  writeFileSync(join(folder, 'folder/index.html'), await textOf(html, sampleResult(), { html: { ...how, isFolder: true }, compared }))
  for (const [name, text] of Object.entries(pageFiles)) writeFileSync(join(folder, 'folder', name), text)
  server = createServer(({ url = '' }, answer) => {
    const [, policy = '', ...path] = new URL(url, 'http://localhost').pathname.split('/')
    if (!Object.hasOwn(policies, policy)) return answer.writeHead(204).end()
    answer.writeHead(200, {
      'content-type': types[extname(url)] ?? 'application/octet-stream',
      'content-security-policy': policies[policy as keyof typeof policies],
    })
    return answer.end(readFileSync(join(folder, ...path)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

inEachBrowser('a page', tested => {
  async function open(address: string): Promise<Awaited<ReturnType<typeof openWatched>>> {
    const watched = await openWatched(tested.browser, folder)
    await watched.page.goto(address)
    return watched
  }

  test.each(['one.html', 'folder/index.html'])("%s shows its summary under Jenkins' default policy", async file => {
    await using watched = await open(`${base}/jenkins/${file}`)
    const { page } = watched
    const text = await page.$eval('body', body => body.innerText)
    for (const part of ['Not fit to release', 'What decides it', 'What failed', 'What this does not show', 'What was tested', 'Cases'])
      expect(text).toContain(part)
    expect(await page.$('nav')).toBeNull()
    // Its own style is allowed where it is a file.
    const width = await page.$eval('main', main => main.ownerDocument.defaultView!.getComputedStyle(main).maxWidth)
    expect(width).toBe(file === 'one.html' ? 'none' : '1120px')
  })

  test("the folder is whole under default-src 'self'", async () => {
    await using watched = await open(`${base}/self/folder/index.html`)
    const { page, complaints } = watched
    await page.waitForSelector('nav')
    for (const hash of ['#/runs', '#/cases', '#/compare', '#/history', '#/record', '#/run/smoke/cancel_appointment/calm/maria%231']) {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
      await page.waitForFunction(`!document.getElementById('screen').textContent.includes('Unpacking…')`)
      expect(await page.$eval('main', main => main.innerText.length)).toBeGreaterThan(20)
    }
    // Firefox asks for the icon of a site by itself, and says that the page forbids it.
    expect(complaints.filter(each => !each.startsWith(`request: ${base}/`) && !each.includes('/favicon.ico'))).toEqual([])
  })

  test('is used with keys alone', async () => {
    await using watched = await open(`file://${folder}/one.html`)
    const { page, complaints } = watched
    await page.waitForSelector('nav')
    await tabTo(page, 'nav a[data-tab="cases"]')
    await page.keyboard.press('Enter')
    await page.waitForFunction(`location.hash === '#/cases'`)
    expect(await page.$eval('nav [aria-current]', tab => tab.textContent)).toContain('Cases')
    await tabTo(page, '.cases-table a')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.pair select')
    await tabTo(page, '.strip a')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.panel .conversation')
    await tabTo(page, '.actions button')
    await page.keyboard.press('Enter')
    await page.waitForFunction(`document.querySelector('.copied')?.textContent !== ''`)
    await tabTo(page, '.panel details summary')
    await page.keyboard.press('Enter')
    expect(await page.$eval('.panel details', details => details.hasAttribute('open'))).toBe(true)
    await page.keyboard.press('?')
    await page.waitForSelector('dialog[open]')
    await tabTo(page, 'dialog button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog[open]', { hidden: true })
    await page.keyboard.press('/')
    await page.waitForFunction(`document.activeElement.id === 'query'`)
    await page.keyboard.type(' is:failed')
    await page.keyboard.press('Enter')
    await page.waitForFunction(`location.hash.includes('is%3Afailed')`)
    await page.waitForSelector('.run-list a')
    await tabTo(page, '.run-list a')
    await page.keyboard.press('Enter')
    await page.waitForFunction(`location.hash.startsWith('#/run/')`)
    expect(complaints).toEqual([])
  })

  test('gives what it counts as JSON', async () => {
    await using watched = await openWatched(tested.browser, folder)
    const { page } = watched
    await page.evaluateOnNewDocument(`
        const make = URL.createObjectURL
        URL.createObjectURL = blob => { globalThis.made = blob; return make.call(URL, blob) }`)
    await page.goto(`file://${folder}/one.html#/record`)
    await page.waitForSelector('[data-download][href^="blob:"]')
    const { started, report } = JSON.parse((await page.evaluate('made.text()')) as string) as FinishedResult
    const own = sampleResult()
    expect(started).toEqual(JSON.parse(JSON.stringify(own.started)))
    expect(report).toEqual(JSON.parse(JSON.stringify(own.report)))
  })
})

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) === true`)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab leads to no ${selector}.`)
}
