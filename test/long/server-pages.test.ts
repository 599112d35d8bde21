import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkplace, until, type Workplace } from '../cli/workplace.js'
import { inBrowsers, installed, launch, openVisit, type WatchedPage } from '../support/browsers.js'
import { shop } from '../unit/server/shop.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const key = 'k-0123456789abcdef'

let place: Workplace
let base: string
/** Results that are over. */
const over: number[] = []

beforeAll(async () => {
  place = await openWorkplace()
  place.write('suite.yaml', shop.suite + slowScenario)
  place.write('agent.mjs', slowAgent)
  const server = place.start(['serve', 'suite.yaml', '--port', '0', '--rate-limit', '0'], { ...shop.environment, CALLSHEET_API_KEY: key })
  await until('the server listens', () => server.stdout().includes('http://'))
  base = /http:\S+/.exec(server.stdout())![0]
  for (let i = 0; i < 2; i += 1) {
    const id = await begin([101, 102, 104], 20)
    await ended(id)
    over.push(id)
  }
})
afterAll(async () => place?.[Symbol.asyncDispose]())

/** Answers that take their time. */
const slowScenario = `
  chats:
    id: 106
    name: Chats
    script: { first_message: Slowly please, steps: [{ when: any, say: 'Bye <endcall/>' }] }
    expect: [{ agent_says: { contains: slow } }]
`
const slowAgent = shop.agent.replace(
  `if (message === 'Wait')`,
  `if (message.startsWith('Slowly')) { await wait(400); return 'slow <img src=x onerror=alert(2)>' }\n  if (message === 'Wait')`,
)

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { 'x-cekura-api-key': key, 'content-type': 'application/json' }
  return fetch(`${base}/test_framework/v1/${path}`, { ...init, headers })
}

async function begin(scenarios: readonly number[], frequency: number, atOnce = 100): Promise<number> {
  const body = JSON.stringify({ agent_id: 12, scenarios, frequency, concurrency_limit: atOnce })
  return ((await (await call('scenarios/run_scenarios/', { method: 'POST', body })).json()) as { id: number }).id
}

async function resultOf(id: number): Promise<{ status: string; success_runs_count: number; failed_runs_count: number }> {
  return (await (await call(`results/${id}/`)).json()) as Awaited<ReturnType<typeof resultOf>>
}

async function countResults(): Promise<number> {
  return ((await (await call('results/')).json()) as { count: number }).count
}

async function ended(id: number): Promise<void> {
  while (['pending', 'running'].includes((await resultOf(id)).status)) await new Promise(resolve => setTimeout(resolve, 100))
}

/** In Firefox they take minutes: `npm run soak` tries them there too. */
const names = process.env['BROWSERS'] === 'whole' ? (['chromium', 'firefox'] as const) : (['chromium'] as const)

inBrowsers(names, 'the pages of a server', tested => {
  test('ask for a key first, and then lead to where one wanted to go', async () => {
    await using visit = await openVisit(tested.browser, base)
    const { page, complaints } = visit
    await page.goto(`${base}/results/${over[0]}`)
    expect(await page.$eval('h1', title => title.textContent)).toBe('Sign in')
    await submit(page, 'wrong')
    expect(await page.$eval('[role=alert]', note => note.textContent)).toBe('No project has this key.')
    await submit(page, key)
    expect(page.url()).toBe(`${base}/ui/results/${over[0]}/`)
    await page.waitForSelector('nav')
    expect(await page.evaluate('document.cookie')).toBe('')
    await page.click('.site button')
    await page.waitForFunction(`document.querySelector('h1')?.textContent === 'Signed out'`)
    await page.goto(`${base}/ui/`)
    expect(await page.$eval('h1', title => title.textContent)).toBe('Sign in')
    // The browser says so of the two answers with a status of 401 and 403.
    expect(complaints.filter(each => !/status of 40[13]/.test(each))).toEqual([])
  })

  test('show a result while it is in progress, and its report when it is over, with nothing to do for that', async () => {
    await using visit = await openVisit(tested.browser, base)
    const { page, complaints } = visit
    await signIn(visit)
    // So few at once that it takes ten seconds: browsers need some to show a page.
    const id = await begin([106, 104], 300, 12)
    await page.goto(`${base}/ui/results/${id}/`)
    await page.evaluate('globalThis.isSamePage = true')
    const ends = (): Promise<number> => page.$eval('progress', bar => Number(bar.getAttribute('value')))
    await page.waitForFunction(`document.querySelector('.under-way .agent, .under-way .caller') !== null`)
    await page.waitForFunction(`Number(document.querySelector('progress')?.getAttribute('value')) > 0`)
    const first = await ends()
    await page.waitForFunction(`Number(document.querySelector('progress')?.getAttribute('value')) > ${first} || !globalThis.isSamePage`)
    await page.waitForFunction(`document.querySelector('#live-causes')?.textContent.includes('nothing of this') || !globalThis.isSamePage`)
    await page.waitForSelector('nav')
    const seen = await page.$eval('.figures', figures => figures.textContent)
    const { success_runs_count: passed, failed_runs_count: failed } = await resultOf(id)
    expect(seen).toContain(`${passed} of ${passed + failed} runs`)
    expect(page.url()).toBe(`${base}/ui/results/${id}/`)
    expect(complaints).toEqual([])
  })

  test('end a result, and run it again', async () => {
    await using visit = await openVisit(tested.browser, base)
    const { page } = visit
    await signIn(visit)
    const id = await begin([105], 3)
    await page.goto(`${base}/ui/results/${id}/`)
    await press(page, 'End all calls')
    await page.waitForSelector('nav')
    expect(await page.$eval('.verdict', head => head.textContent)).toContain('Stopped early')
    await press(page, 'Run again')
    await page.waitForFunction(`location.pathname !== '/ui/results/${id}/'`)
    const again = /results\/(\d+)\//.exec(page.url())![1]
    await call(`results/${again}/end_calls/`, { method: 'POST' })
    await ended(Number(again))
  })

  test('lead through a result as its report does, from one conversation to another', async () => {
    await using visit = await openVisit(tested.browser, base)
    const { page, complaints } = visit
    await signIn(visit)
    await page.goto(`${base}/ui/results/${over[1]}/`)
    await page.waitForSelector('nav')
    await page.click('.causes a[href*="#/run/"]')
    await page.waitForSelector('.moment.wrong.target')
    await page.goto(`${base}/ui/results/${over[1]}/#/run/corner-shop/attacks%231`)
    await page.waitForFunction(`document.querySelector('.panel')?.textContent.includes('attacks#1')`)
    await page.waitForSelector('.panel .conversation')
    expect(await page.$eval('.panel', panel => panel.textContent)).toContain('</dd><script>alert("said")</script>')
    await page.goto(`${base}/ui/results/${over[1]}/#/runs?q=is:passed`)
    await page.waitForSelector('.panel .conversation')
    await page.keyboard.press('j')
    await page.waitForFunction(`location.hash.includes('%232')`)
    await page.goto(`${base}/ui/results/${over[1]}/runs/corner-shop/complains%233`)
    await page.waitForSelector('.panel .conversation')
    expect(await page.$eval('.panel', panel => panel.textContent)).toContain('complains#3')
    expect(complaints).toEqual([])
  })

  test('compare two results of the list, and share one with who has no key', async () => {
    await using visit = await openVisit(tested.browser, base)
    const { page, complaints } = visit
    await signIn(visit)
    await page.goto(`${base}/ui/`)
    await page.click(`input[name=base][value="${over[0]}"]`)
    await page.click(`input[name=new][value="${over[1]}"]`)
    await press(page, 'Compare the two')
    await page.waitForFunction(`document.querySelector('h1')?.textContent.includes('No regression found')`)
    await page.goto(`${base}/ui/results/${over[1]}/`)
    await press(page, 'Make a link')
    const link = await (await page.waitForSelector('.link'))!.evaluate(field => field.getAttribute('value'))
    await using other = await openVisit(tested.browser, base)
    await other.page.goto(link!)
    await other.page.waitForSelector('nav')
    expect(await other.page.$eval('nav ul', tabs => tabs.textContent)).toBe('Summary Failed 40Cases 3Runs 60'.replace(' Failed', 'Failed'))
    await other.page.click('.causes a[href*="#/run/"]')
    await other.page.waitForSelector('.moment.wrong.target')
    expect(other.complaints).toEqual([])
    expect(complaints).toEqual([])
  })

  test('cannot be acted on by another site, however much the browser is signed in', async () => {
    await using visit = await openVisit(tested.browser, base)
    const { page } = visit
    await signIn(visit)
    const before = await countResults()
    await page.goto(`data:text/html,<form method=post action="${base}/ui/results/${over[0]}/rerun"><button>x</button></form>`)
    await page.click('button')
    await page.waitForFunction(`location.protocol === 'http:'`)
    expect(await page.$eval('h1', title => title.textContent)).toBe('Not signed in')
    expect(await countResults()).toBe(before)
  })

  test.each([
    { scheme: 'light', width: 1280 },
    { scheme: 'dark', width: 360 },
  ] as const)(
    'axe finds nothing in $scheme at $width px, and nothing is wider than the window',
    async ({ scheme, width }) => {
      const own = await launch(tested, scheme)
      try {
        await using visit = await openVisit(own, base)
        const { page } = visit
        await page.setViewport({ width, height: 800 })
        const expectSound = async (path: string): Promise<void> => {
          expect({ path, problems: await problemsOf(page) }).toEqual({ path, problems: [] })
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
        }
        await page.goto(`${base}/ui/`)
        await expectSound('sign-in')
        await signIn(visit)
        const live = await begin([105, 104], 2)
        for (const path of ['', `results/${over[0]}/`, `compare?base=${over[0]}&new=${over[1]}`, 'history', 'results/999/']) {
          await page.goto(`${base}/ui/${path}`)
          await expectSound(path)
        }
        await page.goto(`${base}/ui/results/${live}/`)
        await page.waitForSelector('.under-way li')
        await expectSound('live')
        await call(`results/${live}/end_calls/`, { method: 'POST' })
        await page.goto(`${base}/ui/results/${over[0]}/#/runs`)
        await page.waitForSelector(width > 900 ? '.panel .conversation' : '.run-list li')
        await expectSound('runs')
      } finally {
        await own.close()
      }
    },
    180_000,
  )
})

/** `npm run soak` watches twice as many. */
const watchedRuns = process.env['BROWSERS'] === 'whole' ? 2000 : 1000
test.skipIf(installed('chromium') === undefined)(
  `the page of ${watchedRuns} runs, of which a hundred end each second, takes less than a third of a core, and ends as the report does`,
  async () => {
    const browser = await launch(installed('chromium')!)
    try {
      await using visit = await openVisit(browser, base)
      const { page } = visit
      await signIn(visit)
      // Each conversation takes 0.4 s.
      const body = JSON.stringify({ agent_id: 12, scenarios: [106, 104], frequency: watchedRuns / 2, concurrency_limit: 40 })
      const { id } = (await (await call('scenarios/run_scenarios/', { method: 'POST', body })).json()) as { id: number }
      await page.goto(`${base}/ui/results/${id}/`)
      await page.waitForSelector('progress')
      const busy = async (): Promise<{ taskS: number; atS: number; runs: number }> => {
        const { TaskDuration = 0, Timestamp = 0 } = await page.metrics()
        const runs = await page.$eval('progress', bar => Number(bar.getAttribute('value')))
        return { taskS: TaskDuration, atS: Timestamp, runs }
      }
      const from = await busy()
      await new Promise(resolve => setTimeout(resolve, 6000))
      const to = await busy()
      const tookS = to.atS - from.atS
      const part = (to.taskS - from.taskS) / tookS
      const rate = (to.runs - from.runs) / tookS
      console.log(`The page of a result of which ${rate.toFixed(0)} runs end a second takes ${(part * 100).toFixed(1)} % of a core.`)
      expect(part).toBeLessThanOrEqual(0.3)
      await page.waitForSelector('nav', { timeout: 120_000 })
      const { success_runs_count: passed } = await resultOf(id)
      expect(await page.$eval('.figures', figures => figures.textContent)).toContain(
        `${passed.toLocaleString('en')} of ${watchedRuns.toLocaleString('en')} runs`,
      )
      const summary = (): Promise<string> => page.$eval('main', main => main.textContent ?? '')
      const last = await summary()
      await page.goto(`${base}/ui/results/${id}/?again`)
      await page.waitForSelector('nav')
      expect(last).toBe(await summary())
    } finally {
      await browser.close()
    }
  },
  240_000,
)

async function signIn({ page, complaints }: WatchedPage): Promise<void> {
  await page.goto(`${base}/ui/`)
  await submit(page, key)
  expect(await page.$eval('h1', title => title.textContent)).toBe('Results')
  // Chromium says of the page that asks for the key that its status is 401.
  complaints.length = 0
}

async function submit(page: Page, text: string): Promise<void> {
  await page.type('#key', text)
  await Promise.all([page.waitForNavigation(), page.click('.sign-in button')])
}

async function press(page: Page, label: string): Promise<void> {
  const button = await page.waitForSelector(`xpath/.//button[text()="${label}"]`)
  await Promise.all([page.waitForNavigation(), button!.evaluate(element => (element as unknown as { click(): void }).click())])
}

async function problemsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return await page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> }
    }
    const { violations } = await run.run({ resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))
  })
}
