import { createHash } from 'node:crypto'
import { gzipSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { html } from '../../../../src/adapters/reporters/html.js'
import { historyPage } from '../../../../src/adapters/reporters/html/history-page.js'
import { pageFiles } from '../../../../src/adapters/reporters/html/page.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import type { HtmlOptions } from '../../../../src/ports/reporter.js'
import { type Packed, unpack } from '../../../../src/view/model/pack.js'
import type { RunView } from '../../../../src/view/model/run-view.js'
import { createRows } from '../../../../src/view/model/rows.js'
import { chunkRuns, type ViewIndex } from '../../../../src/view/model/view-index.js'
import { hostile, hostileResult } from './hostile-result.js'
import { plantedResult } from './planted.js'
import { textOf } from './report-text.js'
import { sampleHistory } from './sample-history.js'
import { failed, passed, resultOf, runsWith, sampleResult, startedWith, transcriptOf } from './sample-result.js'

function dataOf(page: string, id: string): unknown {
  const [, base64 = ''] = new RegExp(`<script type="application/octet-stream" id="${id}">([A-Za-z0-9+/=]*)</script>`).exec(page) ?? []
  return unpack(JSON.parse(inflateRawSync(Buffer.from(base64, 'base64')).toString()) as Packed)
}

function indexOf(page: string): ViewIndex {
  return dataOf(page, 'index') as ViewIndex
}

function runsOf(page: string): (RunView | null)[] {
  const { runs } = indexOf(page)
  const chunks = Math.ceil(runs.outcomes.length / chunkRuns)
  return Array.from({ length: chunks }, (_, i) => dataOf(page, `chunk-${i}`) as (RunView | null)[]).flat()
}

function sha256Of(text = ''): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

function kibOf(name: keyof typeof pageFiles): number {
  return gzipSync(pageFiles[name], { level: 9 }).length / 1024
}

const hostileWords = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '</script>',
        '<script>alert(1)</script>',
        '<!--',
        '-->',
        '<img src=x onerror=alert(1)>',
        '</template>',
        '</title>',
        '<a href="',
      ),
      fc.constantFrom(
        '"',
        "'",
        '&lt;',
        '&',
        '>',
        '\u202E',
        '\u2066',
        '\0',
        '\uD800',
        '\uDC00',
        '\u2028',
        '\x1b[31m',
        'javascript:alert(1)',
        ']]>',
        '`',
        '\n',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map(parts => `|${parts.join('')}|`)

async function pageWith(words: string): Promise<string> {
  const [result, how] = await plantedResult(words)
  return textOf(html, result, how)
}

/** What is before each character that should not be in a page as it is. */
function unseenIn(page: string): string[] {
  // oxlint-disable-next-line no-control-regex -- they are what it looks for
  return [...page.matchAll(/.{0,60}[\0-\x08\x0B\x0C\x0E-\x1F\u061C\u202A-\u202E\u2066-\u2069\p{Surrogate}]/gu)].map(([found]) => found)
}

/** The tags of a page, in their order. */
function tagsOf(page: string): string[] {
  return [...page.matchAll(/<(\/?[a-z!][a-z0-9-]*)/gi)].map(([, name = '']) => name)
}

/** What is seen without JavaScript. */
function staticPart(page: string): string {
  return /<main[^]*<\/main>/.exec(page)?.[0] ?? ''
}

function manyRuns(count: number, outcomeOf: (index: number) => Outcome) {
  const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'a.yaml', line: 1 }
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, count]] }])
  return resultOf(
    started,
    runsWith(
      started,
      Array.from({ length: count }, (_, i) => outcomeOf(i)),
    ),
  )
}

describe('a page', () => {
  test('of a result with every outcome, without JavaScript', async () => {
    const page = await textOf(html, sampleResult())
    await expect(
      `${staticPart(page).replaceAll(/(<\/(?:section|li|tr|details|header|dl|ol|ul|table|div|p)>)/g, '$1\n')}\n`,
    ).toMatchFileSnapshot('expected/page.html')
  })

  test('says for what there are exceptions, and which of them are none any more', async () => {
    const waiver = { case: 'smoke/*', reason: 'Known since 4.1', issue: 'CLINIC-7', owner: 'lead', expires: '2026-12-31' }
    const { started, report, place, runs } = sampleResult()
    const waived = {
      verdict: 'passed',
      allowed: false,
      runs: 2,
      waivers: [
        { ...waiver, state: 'applied', runs: 2 },
        { ...waiver, check: 'says *', state: 'expired', runs: 0 },
      ],
    } as const
    const seen = staticPart(await textOf(html, { started, report: { ...report, waived }, place, runs }))
    for (const part of [
      '>covers 2 runs<',
      '>expired<',
      'smoke/*',
      'CLINIC-7',
      '2026-12-31</bdi>, UTC (38 days from the start of the result)',
      'by itself: failed. The gate with exceptions: passed with 1 exception.',
    ])
      expect(seen).toContain(part)
    expect(seen).toContain('Not fit to release')
    const allowed = { ...waived, allowed: true }
    expect(staticPart(await textOf(html, { started, report: { ...report, waived: allowed }, place, runs }))).toContain(
      'Fit to release, with exceptions',
    )
  })

  test('says what came before, and a page of its own says it of several suites', async () => {
    const history = sampleHistory()
    const page = await textOf(html, sampleResult(), { html: { history } })
    const seen = staticPart(page)
    expect(seen).toContain('12 results</a>: 2 cases fail, 1 of them since this result.')
    const single = { ...history, cases: history.cases.filter(({ failingSince }) => failingSince).slice(0, 1) }
    expect(staticPart(await textOf(html, sampleResult(), { html: { history: single } }))).toMatch(
      /12 results<\/a>: 1 case fails, (?:1|none) of them/,
    )
    expect(seen).toContain('Since the release of 2026-11-17 20:27 UTC, 2 cases are newly failing.')
    expect(seen).toContain('failing since 2026-11-19 20:27 (clinic 1.4.2); new since the release')
    expect(seen).toContain('2 cases always passed.')
    expect(indexOf(page).history).toEqual(history)
    const of = (suite: string) => ({ ...history, suite })
    const own = historyPage({
      folder: '.callsheet',
      suites: [of(hostile), of('B')],
      unreadable: [{ place: 'x', because: `${hostile} is cut` }],
    })
    expect(own).not.toContain('<script')
    expect(own).toMatch(/<\/main>/)
    expect(own.match(/<h1>/g)).toHaveLength(2)
    expect(own).toContain('is cut')
  })

  test('says who signed in what words, and not whose key that is', async () => {
    const waiver = { case: 'smoke/*', reason: 'Known', issue: 'CLINIC-7', owner: 'lead', expires: '2026-12-31' }
    const signoff = {
      kind: 'signoff',
      keys: ['1f'.repeat(32)],
      isOfResult: true,
      decision: 'approved_with_exceptions',
      meaning: 'approval',
      signedAt: '2026-11-29T09:12:00.000Z',
      reason: 'Only the known one.',
      validUntil: '2026-12-31',
      exceptions: [waiver],
      signer: { name: 'Ada Park', role: 'QA lead' },
    } as const
    const attestation = { kind: 'attestation', keys: ['2e'.repeat(32)], isOfResult: true, result: 'FAILED' } as const
    const seen = staticPart(await textOf(html, sampleResult(), { html: { signatures: [attestation, signoff] } })).replaceAll(/<[^>]*>/g, '')
    expect(seen).toContain(
      'Signed: Ada Park, QA lead, approves the result with 1 exception (approval), 2026-11-29 09:12 UTC, key SHA256:1f1f1f1f1f1f. Excepted: smoke/* until 2026-12-31. Says so; check with callsheet verify.',
    )
    expect(seen).toContain(`whose key that is, only you can know. Check with: callsheet verify.`)
    expect(seen).toContain('Reason: Only the known one.')
    expect(seen).not.toMatch(/approved by/i)
    expect(seen).toContain('Signed2026-11-29 09:12 UTC, Ada Park, QA lead, approves the result with 1 exception (approval)')
    const attested = staticPart(await textOf(html, sampleResult(), { html: { signatures: [attestation] } }))
    expect([attested, seen].map(text => text.includes('callsheet signoff '))).toEqual([true, false])
    const other = { ...signoff, isOfResult: false, signer: { name: hostile, role: hostile } }
    const page = await textOf(html, sampleResult(), { html: { signatures: [other] } })
    expect(staticPart(page)).toContain('another result than this one')
    expect(staticPart(await textOf(html, sampleResult()))).toContain('Signed: nobody yet.')
  })

  test('answers what people ask who release by it, on its first screen alone', async () => {
    const [result, how] = await plantedResult('')
    const page = await textOf(html, result, how)
    // Up to the examples: the rest is other screens.
    const summary =
      /<main[^]*?<section id="examples"/
        .exec(page)?.[0]
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ') ?? ''
    const answers = {
      'may it ship': 'Not fit to release',
      'what was tested': 'Agent clinic Clinic · version 1.4.2',
      'which rule failed, and by how much': /not met .{0,60}(?:pass_rate|coverage).{0,80}%/,
      'what failed most': /What failed ✗ failed \d+ runs?/,
      'an example of it': /smoke\/[a-z_/]+#\d , turn \d/,
      'is it new': /2 cases fail, 1 of them since this result/,
      'what was excepted, and until when': /smoke\/\* : says Known CLINIC-7 · lead · until the end of 2026-12-31/,
      'what was not covered': 'What this does not show',
      'who signed': 'Signed: Ada , QA lead , approves',
      'how to check it': 'check with callsheet verify',
    }
    for (const [question, answer] of Object.entries(answers))
      expect({ question, summary }).toEqual({ question, summary: expect.stringMatching(answer) })
  })

  test('has every run, its rows, and its conversation', async () => {
    const result = sampleResult()
    const page = await textOf(html, result)
    const index = indexOf(page)
    const runs = runsOf(page)
    const rows = createRows(index)
    let at = 0
    for await (const batch of result.runs()) {
      for (const run of batch) {
        expect(rows.at(at).key).toBe(run.run)
        expect(rows.statusAt(at)).toBe(run.outcome.status)
        expect(runs[at]?.attempts).toHaveLength(run.earlier.length + 1)
        expect(runs[at]?.attempts.at(-1)?.status).toBe(run.outcome.status)
        at += 1
      }
    }
    expect(at).toBe(rows.length)
    expect(index.report).toEqual(JSON.parse(JSON.stringify(result.report)))
  })

  test('of the same result has the same bytes', async () => {
    expect(await textOf(html, sampleResult())).toBe(await textOf(html, sampleResult()))
  })

  test('allows what it was built with, and nothing else', async () => {
    const page = await textOf(html, sampleResult())
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? []
    const [, style] = /<style>([^]*?)<\/style>/.exec(page) ?? []
    const [, script] = /<script>([^]*?)<\/script>/.exec(page) ?? []
    expect(policy).toBe(
      `default-src 'none'; script-src ${sha256Of(script)}; style-src ${sha256Of(style)}; img-src data:; media-src 'self' blob:; base-uri 'none'; form-action 'none'`,
    )
    expect(staticPart(page)).not.toMatch(/ style=| on[a-z]+=|<script|javascript:/)
    // Nothing but these is a script, and the page links to nothing outside.
    expect(page.match(/<script/g)?.length).toBe(
      page.match(/<script (type="application\/octet-stream" id="(index|chunk-\d+)")?|<script>/g)?.length,
    )
    expect(page.replaceAll('http://www.w3.org', '')).not.toMatch(/(?:src|href)="(?!#)/)
  })

  test('carries little of its own', () => {
    // With calls too.
    expect(kibOf('report.js') + kibOf('report-sound.js')).toBeLessThanOrEqual(20)
    expect(kibOf('report.css')).toBeLessThanOrEqual(6)
  })

  test('in a folder names the files beside it', async () => {
    const page = await textOf(html, sampleResult(), { html: { isFolder: true } })
    expect(page).toContain("script-src 'self'; style-src 'self'")
    expect(page).toContain('<link rel="stylesheet" href="report.css">')
    expect(page).toContain('<script src="report.js"></script>')
    expect(page).not.toMatch(/<style>|<script>/)
  })
})

describe('hostile words', () => {
  test('are seen, and mean nothing', async () => {
    const page = await textOf(html, hostileResult(), { html: { title: hostile } })
    expect(page.match(/<script/g)).toHaveLength(3)
    expect(page).not.toMatch(/<img|alert\(1\)<\/script>/)
    for (const character of ['\u202E', '\0']) {
      const at = page.indexOf(character)
      expect(at === -1 ? '' : page.slice(Math.max(at - 300, 0), at)).toBe('')
    }
    const seen = staticPart(page)
    expect(seen).toContain('&lt;/script>')
    expect(seen).toContain('&lt;U+202E>gnp.exe ␀ \uFFFD javascript:alert(1)')
    expect(page).toMatch(/<title>[^<]*&lt;\/script&gt;/)
  })

  test('do not change what a page consists of, wherever they stand', async () => {
    const harmless = tagsOf(await pageWith('x'))
    expect(harmless.length).toBeGreaterThan(1000)
    await fc.assert(
      fc.asyncProperty(hostileWords, async words => {
        const page = await pageWith(words)
        expect(tagsOf(page)).toEqual(harmless)
        expect(unseenIn(page)).toEqual([])
        expect(page.match(/(?:src|href)="(?!#).{0,40}/g)).toBeNull()
      }),
      { numRuns: 25 },
    )
  })

  test('are all there, to the last character', async () => {
    const [run] = runsOf(await textOf(html, hostileResult()))
    const texts = run?.attempts[0]?.conversation?.lines.flatMap(line => (line.kind === 'said' ? [line.text] : []))
    expect(texts).toContain(hostile)
    expect(texts).toContain('x'.repeat(1 << 20))
  })

  test('the part without JavaScript has the beginning of a long turn, and how much there is more', async () => {
    const seen = staticPart(await textOf(html, hostileResult()))
    expect(seen.length).toBeLessThan(100_000)
    expect(seen).toContain('1,046,576 more characters')
  })
})

/** Words that cannot be packed much smaller. */
function noise(index: number): string {
  return Array.from({ length: 40 }, (_, i) => createHash('sha256').update(`${index} ${i}`).digest('base64')).join(' ')
}

/** Every tenth run fails. */
function noisyRun(index: number): Outcome {
  const outcome = index % 10 === 0 ? failed : passed()
  return 'transcript' in outcome ? { ...outcome, transcript: transcriptOf(noise(index)) } : outcome
}

function noisyPage(how: HtmlOptions): Promise<string> {
  return textOf(html, manyRuns(200, noisyRun), { html: how })
}

/** What the page has of each run. */
function shownIn(page: string): string[] {
  return runsOf(page).map(run => (run === null ? 'none' : run.attempts[0]?.isSilent ? 'silent' : 'all'))
}

describe('conversations', () => {
  test('are all there where they fit', async () => {
    const text = await noisyPage({})
    expect(new Set(shownIn(text))).toEqual(new Set(['all']))
    expect(indexOf(text).content).toEqual({ of: 'all', leftOut: 0 })
  })

  test('above the limit are those of failed runs, and the page says so', async () => {
    const text = await noisyPage({ limitBytes: 100_000 })
    const shown = shownIn(text)
    expect(shown.map(what => what === 'all')).toEqual(Array.from({ length: 200 }, (_, i) => i % 10 === 0))
    expect(indexOf(text).content).toEqual({ of: 'failed', leftOut: 180, because: 'limit' })
    expect(staticPart(text)).toContain(
      'The conversations of 180 runs are not on this page, because the page would be larger than --html-limit.',
    )
  })

  test('of failed runs that do not fit are left out too: their checks stay', async () => {
    const text = await noisyPage({ limitBytes: 5000 })
    const shown = shownIn(text)
    expect(shown.filter(what => what === 'all')).toHaveLength(5)
    expect(shown.filter(what => what === 'silent')).toHaveLength(15)
    expect(indexOf(text).content).toEqual({ of: 'failed', leftOut: 195, because: 'limit' })
  })

  test('are all there where that is asked for, whatever their size', async () => {
    expect(indexOf(await noisyPage({ content: 'all', limitBytes: 10 })).content).toEqual({ of: 'all', leftOut: 0 })
  })

  test('of none are there where that is asked for, on no part of the page', async () => {
    const text = await noisyPage({ content: 'none' })
    expect(new Set(shownIn(text))).toEqual(new Set(['none', 'silent']))
    expect(staticPart(text)).not.toContain(noise(0).slice(0, 40))
    expect(indexOf(text).content).toEqual({ of: 'none', leftOut: 200, because: 'asked' })
  })
})
