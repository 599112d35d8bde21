import { describe, expect, test } from 'vitest'
import { azure } from '../../../../src/adapters/reporters/azure.js'
import { github } from '../../../../src/adapters/reporters/github.js'
import { markdown } from '../../../../src/adapters/reporters/markdown.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import { safeMarkdown } from '../../../../src/domain/safe-markdown.js'
import { textOf } from './report-text.js'
import { reportOf, runsWith, sampleResult, startedWith, transcriptOf } from './sample-result.js'

const hostile = '</details> `x` <img src=x onerror=alert(1)> @admin #1 [a](http://evil) | x\n::error::stop\n```\nhttps://evil www.evil.com'

/** Runs that each fail a check of their own. */
function resultOf(checks: readonly string[], words = 'No.') {
  const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'suites/a,b.yaml', line: 7 }
  const started = startedWith([{ name: 'Smoke', slug: 'smoke', scenarios: [[scenario, checks.length]] }])
  const runs = runsWith(
    started,
    checks.map((assertion): Outcome => {
      const check = { assertion, holds: 'no', because: 'it was not', turn: 1, line: 9 } as const
      return {
        status: 'failed',
        transcript: { ...transcriptOf(words), dialogue: words },
        verdict: { holds: 'no', checks: [check], metrics: [] },
      }
    }),
  )
  const report = reportOf(started, runs)
  return {
    started,
    report,
    place: 'r',
    async *runs() {
      yield runs
    },
  }
}

describe('markdown', () => {
  test('a result with every outcome', async () => {
    await expect(await textOf(markdown, sampleResult())).toMatchFileSnapshot('expected/summary.md')
  })

  test('what others say is neither link, mention, HTML nor cell, and ends no block', async () => {
    const text = await textOf(markdown, resultOf([hostile], hostile))
    const [outside = ''] = text.split('\n```')
    expect(outside).not.toMatch(/<img|@admin|\]\(|https:|www\.|\| x/)
    expect(text.match(/^<\/details>/gm)).toHaveLength(1)
    expect(text).toContain('\n````text\n')
    expect(safeMarkdown('a_b *c* <d>')).toBe('a&#95;b &#42;c&#42; &#60;d&#62;')
  })

  test('what does not fit is left out in whole causes, and told', async () => {
    const result = resultOf(
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

describe('azure', () => {
  test('hostile words neither end a command nor begin one, and notices are warnings', async () => {
    const text = await textOf(azure, resultOf([`${hostile}%0D##vso[task.complete result=Succeeded;]x;y]z`]))
    for (const line of text.trimEnd().split('\n')) {
      const [, properties = '', data = ''] = /^##vso\[task\.logissue type=(?:error|warning);((?:\w+=[^;\]]*;)*)\](.*)$/.exec(line) ?? []
      expect(data).not.toBe('')
      expect(properties + data).not.toContain('##vso[')
      expect(data).not.toMatch(/%(?!AZP25|0D|0A|5D|3B)/)
    }
    const levels = [...(await textOf(azure, sampleResult())).matchAll(/logissue type=(\w+);/g)].map(([, level]) => level)
    expect(new Set(levels)).toEqual(new Set(['error', 'warning']))
  })
})

describe('github', () => {
  test('one annotation a cause, at the line of its check', async () => {
    const [first, second] = (await textOf(github, resultOf(['says "a: b"']))).split('\n')
    expect(second).toMatch(/^::notice file=suites\/clinic.yaml,title=suite coverage::50.0 %25 /)
    expect(first).toBe('::error file=suites/a%2Cb.yaml,line=9,title=smoke/a/calm/maria::1 run of 1 case: says "a: b": it was not (turn 1)')
  })

  test('at most ten errors, and how many there are more; flaky and inconclusive runs are no errors', async () => {
    const lines = (await textOf(github, resultOf(Array.from({ length: 17 }, (_, i) => `check ${String.fromCharCode(65 + i)}`))))
      .split('\n')
      .filter(line => line.startsWith('::error'))
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toBe('::error title=Clinic scheduling::and 8 more: see the summary of the job')
    const sample = await textOf(github, sampleResult())
    expect(sample).toMatch(/^::warning title=Clinic scheduling::1 run passed only after a retry$/m)
    expect(sample).toMatch(/^::notice file=/m)
  })

  test('no word of others is a command', async () => {
    const text = await textOf(github, resultOf([`${hostile}%0A::error::x`]))
    expect(
      text
        .trimEnd()
        .split('\n')
        .filter(line => !/^::(?:error|notice) file=/.test(line) && !line.startsWith('::error title=')),
    ).toEqual([])
  })
})
