import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inEachBrowser, openWatched } from '../support/browsers.js'
import { callsheet, temporaryFolder } from '../suites/callsheet.js'

// What a page checks by itself: the envelopes that it carries, and the page of another result.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)
const clock = { CALLSHEET_LOGICAL_CLOCK: '2026-03-09T12:00:00Z' }
const run = (...args: string[]) => callsheet(args, folder.path, clock)

beforeAll(async () => {
  writeFileSync(
    path('agent.mjs'),
    `export default (_message, { scenario: { key } }) => ({ content: process.env.BROKEN === key ? 'Pardon?' : 'Good morning.', end: true })\n`,
  )
  writeFileSync(
    path('suite.yaml'),
    `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs }, identity: { version: "\${VERSION}" } } }
scenarios:
  a: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
  b: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
runs: [{ name: All, scenarios: all, frequency: 12 }]
`,
  )
  for (const kind of ['ed25519', 'p256']) await run('key', '--sign', '--out', kind, '--kind', kind)
  const options = ['--reporter', 'none', '--html']
  await callsheet(['run', 'suite.yaml', '--out', 'good', ...options, 'good.html'], folder.path, { ...clock, VERSION: '1.0' })
  await callsheet(['run', 'suite.yaml', '--out', 'bad', ...options, 'bad.html'], folder.path, { ...clock, VERSION: '1.1', BROKEN: 'b' })
  await run('attest', 'good', '--key', 'ed25519.key.pem')
  await run('signoff', 'good', '--key', 'p256.key.pem', '--name', 'Ada Park', '--role', 'QA lead', '--yes')
  await run('report', 'good', ...options, 'signed.html')
  // One word of the sign-off is another.
  const file = path('good/result.intoto.jsonl')
  const [attestation = '', signoff = ''] = readFileSync(file, 'utf8').trim().split('\n')
  const { payload, ...rest } = JSON.parse(signoff) as { payload: string }
  const edited = Buffer.from(Buffer.from(payload, 'base64').toString().replace('Ada Park', 'Eve Park')).toString('base64')
  writeFileSync(file, `${attestation}\n${JSON.stringify({ payload: edited, ...rest })}\n`)
  await run('report', 'good', ...options, 'edited.html')
}, 120_000)

inEachBrowser('a page from disk', tested => {
  async function open(file: string, hash: string): Promise<Awaited<ReturnType<typeof openWatched>>> {
    const watched = await openWatched(tested.browser, folder.path)
    await watched.page.goto(`file://${path(file)}${hash}`)
    await watched.page.waitForSelector('nav')
    return watched
  }

  test('checks the signatures of the envelopes that it carries', async () => {
    await using watched = await open('signed.html', '#/')
    const { page, complaints } = watched
    await page.waitForFunction(`[...document.querySelectorAll('[data-signature]')].every(place => place.textContent !== '')`)
    const words = await page.$$eval('[data-signature]', places => places.map(place => place.textContent))
    expect(words).toEqual([
      expect.stringMatching(/^✓ holds: key SHA256:[0-9a-f]{12} signed “Ada Park, QA lead, approved”$/),
      expect.stringMatching(/^✓ holds: key SHA256:[0-9a-f]{12} signed “PASSED”$/),
      expect.stringContaining('Ada Park'),
    ])
    expect(complaints).toEqual([])
  })

  test('says that a signature does not hold once a word of its envelope is another', async () => {
    await using watched = await open('edited.html', '#/record')
    const { page } = watched
    await page.waitForFunction(`document.querySelector('.signed [data-signature]')?.textContent !== ''`)
    expect(await page.$eval('.signed [data-signature]', place => place.textContent)).toBe('✗ DOES NOT HOLD: envelope or page was changed')
  })

  test('compares itself with the page of another result that is chosen in it', async () => {
    await using watched = await open('bad.html', '#/compare')
    const { page, complaints } = watched
    const input = (await page.waitForSelector('input[type=file]')) as unknown as { uploadFile(path: string): Promise<void> }
    await input.uploadFile(path('good.html'))
    await page.waitForSelector('.changes li')
    const said = await page.$eval('#screen', screen => screen.textContent)
    expect(said).toContain('Since shop 1.0, 2026-03-09 12:00 UTC: 1 worse, 0 better, 0 moved within chance, 0 new, 0 gone.')
    expect(said).toContain('all/b: worse, 12/12 -> 0/12, corrected p < 0.0001')
    // As the command says, which tests the very same.
    expect((await run('compare', 'good', 'bad')).stdout).toContain('12/12 -> 0/12, p < 0.0001, corrected < 0.0001')
    await page.click('#screen .changes button')
    await page.waitForFunction(`document.querySelector('.pair')?.textContent.includes('Pardon?')`)
    const pair = await page.$eval('.pair', table => table.textContent)
    for (const part of ['Before: all/b#1', 'After: all/b#1', 'Good morning.', 'The agent first differs here.']) expect(pair).toContain(part)
    await input.uploadFile(path('suite.yaml'))
    await page.waitForSelector('[role=alert]')
    expect(await page.$eval('[role=alert]', note => note.textContent)).toContain('suite.yaml cannot be read.')
    expect(complaints).toEqual([])
  })
})
