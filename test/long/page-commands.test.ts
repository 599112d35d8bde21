import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkplace, until, type Workplace } from '../cli/workplace.js'
import { inBrowsers, openWatched } from '../support/browsers.js'
import { root } from '../suites/callsheet.js'

// The commands that pages and reports print, each given to a shell as it is printed.

const key = 'k-0123456789abcdef'
/** Says no to complaints. Its suite has a name that a shell takes for more than a word. */
const suite = `version: 1
suite: { name: Shop }
agents: { shop: { id: 12, name: Corner shop, connection: { type: module, path: agent.mjs } } }
scenarios:
  buys: { id: 101, script: { first_message: Bread, steps: [{ when: any, say: 'Bye <endcall/>' }] }, expect: [{ agent_says: { contains: bread } }] }
  complains: { id: 102, script: { first_message: Hm, steps: [{ when: any, say: 'Bye <endcall/>' }] }, expect: [{ agent_says: { contains: sorry } }] }
`

let place: Workplace
let base: string
beforeAll(async () => {
  place = await openWorkplace()
  place.write("ada's suite.yaml", suite)
  place.write('agent.mjs', `export default message => 'You said: ' + message\n`)
  mkdirSync(join(place.path, 'bin'))
  const binary = `#!/bin/sh\nexec ${process.execPath} ${join(root, 'bin/callsheet.js')} "$@"\n`
  writeFileSync(join(place.path, 'bin/callsheet'), binary, { mode: 0o755 })
  for (const name of ['ci', 'lead']) await place.run(['key', '--sign', '--out', name])
  place.write(
    'keys.yaml',
    'keys:\n  - { name: CI, public: ci.pub.pem, roles: [ci] }\n  - { name: Ada, public: lead.pub.pem, roles: [qa] }\n',
  )
  const server = place.start(['serve', "ada's suite.yaml", '--port', '0', '--rate-limit', '0'], { CALLSHEET_API_KEY: key })
  await until('the server listens', () => server.stdout().includes('http://'))
  base = /http:\S+/.exec(server.stdout())![0]
})
afterAll(async () => place?.[Symbol.asyncDispose]())

interface Done {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

function inShell(command: string): Done {
  const env = { ...process.env, PATH: `${join(place.path, 'bin')}:${process.env['PATH']}`, NO_COLOR: '1', CALLSHEET_API_KEY: key }
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: place.path, env, encoding: 'utf8', timeout: 60_000 })
  return { exit: status, stdout, stderr }
}

/** A command that cannot work exits with 2. @param expected  Of each command, in order. */
function expectExits(commands: readonly string[], expected: readonly number[]): void {
  const done = commands.map(command => ({ command, ...inShell(command) }))
  expect(done).toMatchObject(commands.map((command, i) => ({ command, exit: expected[i] })))
}

async function recordCommands(page: Page, address: string): Promise<string[]> {
  // From one address of a page to another it is not read again.
  await page.goto('about:blank')
  await page.goto(`${address}#/record`)
  await page.waitForSelector('nav')
  return page.$$eval('.commands code', codes => codes.map(code => code.textContent ?? ''))
}

/** The command of a run's page; `undefined` if it has none. */
async function commandOf(page: Page, address: string, run: string): Promise<string | undefined> {
  await page.goto(`${address}#/run/${run.replace('#', '%23')}`)
  await page.waitForFunction(`document.querySelector('.panel article')?.getAttribute('aria-label') === 'Run ${run}'`)
  const titles = await page.$$eval('.panel .actions button[title]', buttons => buttons.map(button => button.getAttribute('title') ?? ''))
  return titles[0]
}

async function request(path: string, body: object): Promise<number> {
  const headers = { 'x-cekura-api-key': key, 'content-type': 'application/json' }
  const url = `${base}/test_framework/v1`
  const answer = await fetch(`${url}/scenarios/${path}/`, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(text)
  const { id } = JSON.parse(text) as { id: number }
  for (;;) {
    const { status } = (await (await fetch(`${url}/results/${id}/`, { headers })).json()) as { status: string }
    if (!['pending', 'running'].includes(status)) return id
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

inBrowsers(['chromium'], 'commands', tested => {
  test.each([
    { form: 'file', html: 'page.html', file: 'page.html' },
    { form: 'folder', html: 'page/', file: 'page/index.html' },
  ])(
    'of a page in the form of a $form work, before and after somebody has signed',
    async ({ form, html, file }) => {
      const out = `the result (${form})`
      await place.run(['run', "ada's suite.yaml", '--out', out, '--html', html, '--reporter', 'none'])
      await using watched = await openWatched(tested.browser, place.path)
      const { page } = watched
      const address = `file://${join(place.path, file)}`
      const unsigned = await recordCommands(page, address)
      expect(unsigned.map(command => command.split(' ')[1])).toEqual(['report', 'report', 'report', 'attest', 'rescore', 'run'])
      expectExits(unsigned, [0, 0, 0, 0, 1, 1])
      const again = await commandOf(page, address, 'shop/complains#1')
      const { exit, stdout } = inShell(again!)
      expect([exit, stdout]).toEqual([1, expect.stringContaining('0 of 1 run passed')])

      const rejects = ['signoff', out, '--key', 'lead.key.pem', '--name', 'Ada', '--role', 'QA', '--reject', '--reason', 'no', '--yes']
      expect((await place.run(rejects)).exit).toBe(0)
      await place.run(['report', out, '--html', html, '--reporter', 'none'])
      const signed = await recordCommands(page, address)
      expect(signed.map(command => command.split(' ')[1])).toEqual(['report', 'report', 'report', 'verify', 'rescore', 'run'])
      // It was rejected.
      expectExits(signed.slice(3, 4), [1])
    },
    120_000,
  )

  test('of the page that leaves conversations out, and of the one that was not compared, work', async () => {
    await place.run(['run', "ada's suite.yaml", '--out', 'short', '--html', 'short.html', '--html-content', 'none', '--reporter', 'none'])
    const words = readFileSync(join(place.path, 'short.html'), 'utf8').replaceAll(/<script[^]*?<\/script>|<[^>]*>/g, '')
    const [, all = ''] = /The result itself has them: (callsheet .*?--html-content all)/.exec(words) ?? []
    const [, compared = ''] = /To compare it: (callsheet .*? --baseline), and/.exec(words) ?? []
    expectExits([all, `${compared} short`], [0, 0])
    expect(existsSync(join(place.path, 'compared.html'))).toBe(true)
    expect(readFileSync(join(place.path, 'all.html')).length).toBeGreaterThan(readFileSync(join(place.path, 'short.html')).length)
  }, 60_000)

  test('of a page of the server work on another machine, and those that the saved result prints', async () => {
    const id = await request('run_scenarios', { agent_id: 12, scenarios: 'all', frequency: 2, name: 'Nightly' })
    await using watched = await openWatched(tested.browser, base)
    const { page } = watched
    await page.goto(`${base}/ui/`)
    await page.type('#key', key)
    await Promise.all([page.waitForNavigation(), page.click('.sign-in button')])
    const address = `${base}/ui/results/${id}/`
    const commands = await recordCommands(page, address)
    expect(commands.map(command => command.split(' ')[1])).toEqual(['watch', 'report', 'report', 'report', 'attest'])
    expectExits(commands, [1, 0, 0, 0, 0])
    const again = inShell((await commandOf(page, address, 'nightly/complains#1'))!)
    expect([again.exit, again.stdout]).toEqual([1, expect.stringContaining('0 of 1 run passed')])

    const { stdout } = inShell(`callsheet report result-${id}`)
    const printed = [...stdout.matchAll(/^(?:Run one again|Read them all|Report again): +(callsheet .*)$/gm)].map(
      ([, command = '']) => command,
    )
    expect(printed.map(command => command.split(' ')[1])).toEqual(['run', 'show', 'report'])
    expectExits(printed, [1, 0, 0])
    // The address that a browser shows is one, too.
    expect(inShell(`callsheet watch ${address} --out shown`).exit).toBe(1)
    const file = await page.evaluate(async own => await (await fetch(`${own}report.html`)).text(), address)
    expect(file).toContain(`callsheet watch ${base}/results/${id} --out result-${id}`)
    expect(file).toContain('Choose it and another in the list of results.')
  }, 120_000)

  test('that cannot work are not printed: of what a request brought itself', async () => {
    const conditions = [{ id: 0, condition: 'FIRST_MESSAGE', action: 'Hello <endcall/>', type: 'standard', fixed_message: true }]
    const own = { name: 'Own', type: 'conditional_actions', conditional_actions: { role: 'You are Maria.', conditions }, language: 'en' }
    const id = await request('run_scenarios_json', { agent_id: 12, spec: { version: '1', scenarios: [own] } })
    const saved = inShell(`callsheet watch ${base}/results/${id} --out brought && callsheet report brought`)
    expect(saved.stdout).toContain('Report again:')
    expect(saved.stdout).not.toContain('Run one again:')
  }, 120_000)
})
