import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { azure } from '../../../../src/adapters/reporters/azure.js'
import { githubIn } from '../../../../src/adapters/reporters/github.js'
import type { FinishedResult } from '../../../../src/ports/reporter.js'
import { hostile, resultOfCases, resultWith } from './failed-checks.js'
import { textOf } from './report-text.js'
import { sampleResult } from './sample-result.js'

describe('azure', () => {
  test('hostile words neither end a command nor begin one, and notices are warnings', async () => {
    const text = await textOf(azure, resultWith([`${hostile}%0D##vso[task.complete result=Succeeded;]x;y]z`]))
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

const github = githubIn(undefined)

describe('github', () => {
  test('one annotation for each case of a cause, at the line of its check, with the share that passed', async () => {
    const result = resultOfCases([
      { key: 'a', checks: ['says "a: b"', undefined, 'says "a: b"'] },
      { key: 'b', checks: ['says "a: b"'] },
    ])
    expect(await linesOf(result, 'error')).toEqual([
      '::error file=suites/a%2Cb.yaml,line=9,title=smoke/a/calm/maria 1/3::says "a: b": it was not (turn 1)',
      '::error file=suites/a%2Cb.yaml,line=9,title=smoke/b/calm/maria 0/1::says "a: b": it was not (turn 1)',
    ])
    expect(await linesOf(resultWith(['x']), 'notice')).toEqual([
      expect.stringMatching(/^::notice file=suites\/clinic.yaml,title=suite coverage::50.0 %25 /),
    ])
  })

  test('at most ten errors, and how many there are more; flaky and inconclusive runs are no errors', async () => {
    const lines = await linesOf(resultWith(letters(17)), 'error')
    expect(lines).toHaveLength(10)
    expect(lines.at(-1)).toBe('::error title=Clinic scheduling::and 8 more: see the summary of the job')
    const sample = await textOf(github, sampleResult())
    expect(sample).toMatch(/^::warning file=suites\/clinic.yaml,line=34,title=smoke\/\S+ 2\/3::1 run passed only after a retry$/m)
    expect(sample).toMatch(/^::notice file=/m)
  })

  test('of ten thousand failed cases those that must pass come first, then each cause once before any comes twice', async () => {
    const cases = Array.from({ length: 10_000 }, (_, i) => ({ key: `c${i}`, checks: [i % 2 === 0 ? 'even' : 'odd'] }))
    const critical = ['c9998', 'c9999', 'c77']
    const lines = await linesOf(resultOfCases(cases, { thresholds: { mustPass: { tags: [], scenarios: critical } } }), 'error')
    const titles = lines.map(line => /title=(?:smoke\/)?(.*?)(?:\/calm.*)?::/.exec(line)?.[1])
    expect(new Set(titles.slice(0, 3))).toEqual(new Set(critical))
    expect(titles.slice(3)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'Clinic scheduling'])
    expect(lines.at(-1)).toContain('::and 9991 more')
  })

  test('what waivers cover is a warning, with its issue and its end', async () => {
    const cases = ['a', 'b'].map(key => ({ key, checks: ['says hello'] }))
    const waiver = { case: 'smoke/a/*', reason: 'known', issue: 'SHOP-7', owner: 'Ada', expires: '2026-12-31' }
    const result = resultOfCases(cases, { waivers: [waiver] })
    expect(await linesOf(result, 'error')).toEqual([expect.stringContaining('title=smoke/b/calm/maria 0/1::says hello')])
    expect(await linesOf(result, 'warning')).toContain(
      '::warning file=suites/a%2Cb.yaml,line=9,title=smoke/a/calm/maria 0/1::excepted (SHOP-7, until 2026-12-31): says hello: it was not (turn 1)',
    )
  })

  test('there are ten warnings and ten notices at most, too', async () => {
    const cases = Array.from({ length: 12 }, (_, i) => ({ key: `c${i}`, checks: ['says hello'] }))
    const waiver = { case: '*', reason: 'known', issue: 'SHOP-7', owner: 'Ada', expires: '2026-12-31' }
    const warnings = await linesOf(resultOfCases(cases, { waivers: [waiver] }), 'warning')
    expect([warnings.length, warnings.at(-1)]).toEqual([10, '::warning title=Clinic scheduling::and 4 more: see the summary of the job'])
  })

  test('files are named from the repository of the job, wherever in it the step works', async () => {
    const here = await fileIn(process.cwd())
    expect(await fileIn(dirname(process.cwd()))).toBe(`${basename(process.cwd())}/${here}`)
    expect(await fileIn('/another/place')).toBe(here)
  })

  test('no word of others is a command', async () => {
    const text = await textOf(github, resultWith([`${hostile}%0A::error::x`]))
    expect(
      text
        .trimEnd()
        .split('\n')
        .filter(line => !/^::(?:error|notice) file=/.test(line) && !line.startsWith('::error title=')),
    ).toEqual([])
  })
})

/** The file of the first annotation. */
async function fileIn(workspace: string): Promise<string | undefined> {
  return /file=([^,]*)/.exec(await textOf(githubIn(workspace), sampleResult()))?.[1]
}

async function linesOf(result: FinishedResult, level: 'error' | 'warning' | 'notice'): Promise<string[]> {
  return (await textOf(github, result)).split('\n').filter(line => line.startsWith(`::${level}`))
}

function letters(many: number): string[] {
  return Array.from({ length: many }, (_, i) => `check ${String.fromCharCode(65 + i)}`)
}
