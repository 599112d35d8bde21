import { describe, expect, test } from 'vitest'
import { markdown } from '../../../../src/adapters/reporters/markdown.js'
import { codeMarkdown, safeMarkdown } from '../../../../src/domain/safe-markdown.js'
import { textOf } from './report-text.js'
import { hostile, resultOfCases, resultWith } from './failed-checks.js'
import { sampleResult } from './sample-result.js'

describe('markdown', () => {
  test('a result with every outcome', async () => {
    await expect(await textOf(markdown, sampleResult())).toMatchFileSnapshot('expected/summary.md')
  })

  test('what others say is neither link, mention, HTML nor cell, and ends no block', async () => {
    const text = await textOf(markdown, resultWith([hostile], hostile))
    const [outside = ''] = text.split('\n```')
    expect(outside).not.toMatch(/<img|@admin|\]\(|https:|www\.|\| x/)
    expect(text.match(/^<\/details>/gm)).toHaveLength(1)
    expect(text).toContain('\n````text\n')
    expect(safeMarkdown('a_b *c* <d>')).toBe('a&#95;b &#42;c&#42; &#60;d&#62;')
  })

  test('GitHub sees no mention, reference or address of e-mail in what is shown', async () => {
    const words = 'ask @octocat, a@b.example, #12, acme/shop#12 and GH-12'
    const text = await textOf(markdown, resultWith([words], words))
    const shown = text
      .replaceAll(/^```text[^]*?^```$|<code>.*?<\/code>/gm, '')
      .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    expect(shown).toContain('octocat')
    expect(shown).not.toMatch(/[@#]\w|\bgh-\d/i)
    expect(codeMarkdown('shop/a#1')).toBe('<code>shop/a&#35;1</code>')
  })

  test('of ten thousand failed runs it stays below a megabyte, and nothing is cut inside', async () => {
    const checks = Array.from(
      { length: 10_000 },
      (_, i) => `says ${String.fromCharCode(...[i / 676, i / 26, i].map(n => 97 + (Math.floor(n) % 26)))} 🦜`,
    )
    const text = await textOf(markdown, resultWith(checks, `${'🦜`|<b>'.repeat(2000)}\uD83E`))
    const bytes = Buffer.from(text)
    expect(bytes.length).toBeLessThanOrEqual(1_000_000)
    expect(bytes.length).toBeGreaterThan(500_000)
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(text)
    expect(text).toContain('**0 of 10,000 runs passed**, true rate 0.0–0.0 %, in 12.3 s; 10,000 failed\n')
    expect(text.match(/^<details>/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length)
    expect((text.match(/^`{3,}/gm) ?? []).length % 2).toBe(0)
    const shown = text.match(/^<details>/gm)?.length ?? 0
    expect(text).toContain(`\n${(10_000 - shown).toLocaleString('en')} more causes: see the result's own report.json.\n`)
    expect(text).toContain('### What this does not show')
  })

  test.each([1, 700, 1500, 3000])('of at most %i bytes it has whole parts, and says how many are left out', async markdownLimit => {
    const text = await textOf(markdown, resultWith(['a', 'b', 'c'], 'word '.repeat(100)), { markdownLimit })
    const head = text.slice(0, text.indexOf('\n\n', text.indexOf('runs passed')))
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(Math.max(markdownLimit, Buffer.byteLength(head) + 100))
    expect(text).toMatch(/^## ✗ Failed: Clinic scheduling\n/)
    expect(text).toMatch(markdownLimit < 3000 ? /more (?:cause|part)s?: see/ : /### What this does not show/)
  })

  test('exceptions have their reason, issue, owner and end; the run of the CI service is linked', async () => {
    const waiver = { case: 'smoke/*', check: 'says *', reason: 'Known | since 4.1', issue: 'CLINIC-7', owner: 'Ada', expires: '2026-12-31' }
    const result = resultOfCases([{ key: 'a', checks: ['says hello'] }], { waivers: [waiver, { ...waiver, expires: '2026-01-01' }] })
    const url = 'https://github.com/acme/shop/actions/runs/7'
    const inCi = { ...result, started: { ...result.started, context: { ci: { provider: 'GitHub Actions', url } } } }
    const text = await textOf(markdown, inCi)
    expect(text).toContain('### Exceptions\n\n| | case | why | issue | who | until |\n|---|---|---|---|---|---|\n')
    expect(text).toContain(
      '| covers 1 run | smoke/&#42;: says &#42; | Known &#124; since 4.1 | CLINIC-7 | Ada | the end of 2026-12-31, UTC |',
    )
    expect(text).toContain('| expired | smoke/&#42;: says &#42; |')
    expect(text).toMatch(/artifacts of \[this run of GitHub Actions\]\(https:\/\/github.com\/acme\/shop\/actions\/runs\/7\)\.\n$/)
    const odd = { ...inCi, started: { ...inCi.started, context: { ci: { provider: 'x', url: 'javascript:alert(1)' } } } }
    expect(await textOf(markdown, odd)).not.toContain('](')
  })

  test('what does not fit is left out in whole causes, and told', async () => {
    const result = resultWith(
      Array.from({ length: 90 }, (_, i) => `check ${String.fromCharCode(65 + (i % 26))}${'x'.repeat(i)}`),
      'word '.repeat(300),
    )
    const text = await textOf(markdown, result, { markdownLimit: 60_000 })
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000)
    const shown = text.match(/<details>/g)?.length ?? 0
    expect(shown).toBeGreaterThan(10)
    expect(text.match(/^<\/details>/gm)).toHaveLength(shown)
    expect(text).toContain(`${90 - shown} more causes: see`)
    expect(text).toContain('### What this does not show')
  })
})
