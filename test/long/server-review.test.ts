import { cpSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startModelServer } from '../agents/model-server.js'
import { rules } from '../agents/orders-model.js'
import { openWorkplace, until, type Workplace } from '../cli/workplace.js'
import { inBrowsers, openVisit } from '../support/browsers.js'
import { freePort, root } from '../suites/callsheet.js'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const key = 'k-0123456789abcdef'
const environment = { CALLSHEET_API_KEY: key }

let place: Workplace
let models: Awaited<ReturnType<typeof startModelServer>>
let base: string
let result: number

beforeAll(async () => {
  models = await startModelServer({ rules })
  place = await openWorkplace()
  cpSync(join(root, 'suites/orders'), place.path, { recursive: true })
  const server = place.start(['serve', 'suite.yaml', '--port', '0', '--rate-limit', '0'], {
    ...environment,
    LLM_URL: models.url,
    PORT: await freePort(),
  })
  await until('the server listens', () => server.stdout().includes('http://'))
  base = /http:\S+/.exec(server.stdout())![0]
  const scenarios = ((await (await call('scenarios/')).json()) as { results: { id: number }[] }).results.map(({ id }) => id)
  const agents = ((await (await call('aiagents/')).json()) as { results: { id: number }[] }).results
  const body = JSON.stringify({ agent_id: agents[0]!.id, scenarios, frequency: 1 })
  result = ((await (await call('scenarios/run_scenarios/', { method: 'POST', body })).json()) as { id: number }).id
  let state: string
  do {
    await new Promise(resolve => setTimeout(resolve, 200))
    state = ((await (await call(`results/${result}/`)).json()) as { status: string }).status
  } while (['pending', 'running'].includes(state))
}, 120_000)
afterAll(async () => {
  await place?.[Symbol.asyncDispose]()
  await models?.close()
})

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${base}/test_framework/v1/${path}`, { ...init, headers: { 'x-cekura-api-key': key, 'content-type': 'application/json' } })
}

inBrowsers(['chromium'], 'the review of a result of a server', tested => {
  test('asks a person blind, shows the judge then, and every page of the result says who said what', async () => {
    await using visit = await openVisit(tested.browser, base)
    const { page, complaints } = visit
    await signIn(page)
    complaints.length = 0
    await page.goto(`${base}/ui/results/${result}/`)
    await page.waitForSelector('nav')
    await clickLink(page, 'Review the judge')
    await page.type('#by', 'Ada <b>Park</b>')
    await press(page, 'Begin')
    expect(await text(page, 'h1')).toContain('Review the judge of')
    const [first = '', of = ''] = /(\d+) of (\d+)/.exec(await text(page, '#asked-title'))?.slice(1) ?? []
    expect([first, Number(of) > 5]).toEqual(['1', true])
    expect(await text(page, 'main .conversation')).toContain('Caller')
    expect(await text(page, 'main')).not.toMatch(/The judge said|✓|✗/)
    expect(await problemsOf(page)).toEqual([])

    const reason = 'It never <img src=x onerror=alert(1)> says so.'
    let disagreed: string | undefined
    const explain = async (run: string): Promise<string> => {
      const about = await text(page, '#answered-title')
      await page.type('input[name=reason]', reason)
      await press(page, 'Add the reason')
      const said = await text(page, '.answered')
      // Sent twice, an answer counts once.
      const kept = (await lines(page)).length
      await page.reload()
      explained = { about, said, more: (await lines(page)).length - kept }
      return run
    }
    let explained = {}
    const seen: string[] = []
    for (let nth = 1; nth <= Number(of); nth += 1) {
      const [nthOf = '', run = ''] = (await text(page, '#asked-title')).split(': ')
      seen.push(nthOf)
      const isYesOrNo = (await page.$('button[value=no]')) !== null
      if (nth === 2) await press(page, 'Unclear')
      else if (isYesOrNo) await press(page, 'No')
      else {
        await page.type('input[name=typed]', '1')
        await press(page, 'Answer')
      }
      if (disagreed === undefined && isYesOrNo && nth !== 2) disagreed = await explain(run)
    }
    expect(seen).toEqual(Array.from({ length: Number(of) }, (_, i) => `${i + 1} of ${of}`))
    expect(explained).toEqual({
      about: 'You disagree with the judge',
      said: expect.stringMatching(/The judge said yes.*Your reason: It never <img src=x onerror=alert\(1\)> says so\./s) as string,
      more: 0,
    })
    expect(disagreed).toBeDefined()
    expect(await text(page, 'main')).toContain(`has reviewed all ${of} answers`)
    expect(await text(page, 'main')).toMatch(/1 person agreed with \d+ of \d+ answers/)

    await page.goto(`${base}/ui/results/${result}/`)
    await page.waitForSelector('nav')
    expect(await text(page, 'main')).toMatch(/Reviewed blind: 1 person agreed/)
    await page.goto(`${base}/ui/results/${result}/#/run/${encodeURIComponent(disagreed!).replaceAll('%2F', '/')}`)
    await page.waitForFunction(
      `document.querySelector('.panel .checks')?.textContent.includes('Ada <b>Park</b> disagrees and says no: It never')`,
    )
    // What the judge quotes leads to the turn that has it.
    await page.$eval('.checks a[href] q', quote => (quote as unknown as { click(): void }).click())
    await page.waitForFunction(`/turn=\\d/.test(location.hash) && document.querySelector('.moment.target')`)
    expect(complaints).toEqual([])

    // Whoever has only a link sees no names.
    await page.goto(`${base}/ui/results/${result}/`)
    await press(page, 'Make a link')
    const link = await page.$eval('.link', field => field.getAttribute('value'))
    await page.goto(`${link}#/run/${encodeURIComponent(disagreed!).replaceAll('%2F', '/')}`)
    await page.waitForSelector('.panel .checks')
    expect(await text(page, 'body')).not.toContain('Park')
  })

  test('can be downloaded, and is saved beside the journal', async () => {
    await using visit = await openVisit(tested.browser, base)
    await signIn(visit.page)
    const saved = await lines(visit.page)
    expect(saved.length).toBeGreaterThan(5)
    const watched = await place.run(['watch', `${base}/test_framework/v1/results/${result}/`, '--out', 'saved'], environment)
    expect(watched.stdout).toContain('Saved to saved, with reviews.jsonl.')
    expect(readFileSync(join(place.path, 'saved/reviews.jsonl'), 'utf8')).toBe(saved.map(line => `${line}\n`).join(''))
    const { exit, stdout } = await place.run(['report', 'saved', '--with-reviews'])
    expect(exit).toBe(0)
    expect(stdout).toContain('1 person agreed with')
  })

  test('takes nothing from another site, and no answer that is none', async () => {
    await using visit = await openVisit(tested.browser, base)
    const { page } = visit
    await signIn(page)
    const before = (await lines(page)).length
    await page.goto(`${base}/ui/results/${result}/review?by=Ben`)
    const token = await page.$eval('.question input[name=token]', field => field.getAttribute('value'))
    const item = await page.$eval('.question input[name=item]', field => field.getAttribute('value'))
    const send = (fields: Record<string, string>): Promise<{ status: number; body: string }> =>
      page.evaluate(
        async (url: string, body: string) => {
          const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
          return { status: answer.status, body: await answer.text() }
        },
        `${base}/ui/results/${result}/review`,
        new URLSearchParams({ token: token!, by: 'Ben', item: item!, answer: 'perhaps', ...fields }).toString(),
      )
    // The policy of the page allows no request of a script, as it has none.
    await page.setBypassCSP(true)
    await page.reload()
    expect(await send({})).toMatchObject({ status: 200, body: expect.stringContaining('is no answer here') as string })
    expect((await send({ item: '0' })).status).toBe(400)
    expect((await send({ item: '' })).status).toBe(400)
    expect((await send({ by: ' ' })).status).toBe(400)
    expect((await send({ by: 'x'.repeat(101) })).status).toBe(400)
    expect((await send({ token: 'forged', answer: 'yes' })).status).toBe(403)
    expect(await lines(page)).toHaveLength(before)
  })
})

async function lines(page: Page): Promise<string[]> {
  const cookies = (await page.browserContext().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const answer = await fetch(`${base}/ui/results/${result}/reviews.jsonl`, { headers: { cookie: cookies } })
  return (await answer.text()).split('\n').filter(line => line !== '')
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${base}/ui/`)
  await page.type('#key', key)
  await press(page, 'Sign in')
}

async function press(page: Page, label: string): Promise<void> {
  const button = await page.waitForSelector(`xpath/.//button[normalize-space()="${label}"]`)
  await Promise.all([page.waitForNavigation(), button!.evaluate(element => (element as unknown as { click(): void }).click())])
}

async function clickLink(page: Page, label: string): Promise<void> {
  const link = await page.waitForSelector(`xpath/.//a[normalize-space()="${label}"]`)
  await Promise.all([page.waitForNavigation(), link!.evaluate(element => (element as unknown as { click(): void }).click())])
}

const text = (page: Page, selector: string): Promise<string> => page.$eval(selector, element => element.textContent ?? '')

async function problemsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return await page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    const { violations } = await run.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 200)}`))
  })
}
