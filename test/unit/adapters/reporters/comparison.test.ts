import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { comparisonJunit } from '../../../../src/adapters/reporters/comparison-junit.js'
import { comparisonMarkdown } from '../../../../src/adapters/reporters/comparison-markdown.js'
import { comparisonReport } from '../../../../src/adapters/reporters/comparison.js'
import { comparisonPage } from '../../../../src/adapters/reporters/html/comparison-page.js'
import { html } from '../../../../src/adapters/reporters/html.js'
import { markdown } from '../../../../src/adapters/reporters/markdown.js'
import { comparedResult } from '../../../../src/app/compare-results.js'
import type { ShownComparison } from '../../../../src/domain/comparison.js'
import type { CaseKey } from '../../../../src/domain/ids.js'
import { jenkinsSchema } from '../../../support/junit-schema.js'
import { hostile } from './hostile-result.js'
import { textOf } from './report-text.js'
import { sampleComparison } from './sample-comparison.js'
import { sampleResult } from './sample-result.js'

const shown = await sampleComparison()
const { comparison } = shown

describe('a comparison of results whose runs are not all that their suite asks for says so at its head', () => {
  const limits = [{ code: 'FILTERED', names: ['tag'] }] as const
  const partial: ShownComparison = { ...shown, comparison: { ...comparison, base: { ...comparison.base, limits } } }
  const told = 'Base: Only a part of the suite ran, or not as often as it says: tag.'

  test.each([
    ['terminal', comparisonReport(partial.comparison, { colour: false })],
    ['Markdown', comparisonMarkdown(partial.comparison)],
    ['JUnit', comparisonJunit(partial.comparison)],
    ['page', comparisonPage(partial)],
  ])('%s', (_, text) => expect(text).toContain(told))

  test('but not of what the comparison tells otherwise', () => {
    const result = sampleResult()
    const { report } = result
    const { limits: found } = comparedResult({
      ...result,
      report: { ...report, limits: [{ code: 'BAR_CHANGED' }, { code: 'SMALL_N' }, { code: 'CUT_OFF' }] },
    })
    expect(found).toEqual([{ code: 'CUT_OFF' }])
  })
})

describe('a comparison says who was compared, under which conditions, and what got worse first', () => {
  test('in the terminal', () => {
    const text = comparisonReport(comparison, { colour: false })
    expect(text).toContain('clinic 1.4.1')
    expect(text).toContain('Not the same conditions: seed 7 -> 8.')
    expect(text).toMatch(/Worse\n {2}✗ smoke\/worse/)
  })

  test('as Markdown', () => {
    const text = comparisonMarkdown(comparison)
    expect(text).toMatch(/^## ✗ Regressed: Clinic scheduling\n/)
    expect(text).toContain('- base: clinic 1.4.1')
    expect(text).toContain('Not the same conditions: seed 7 -&#62; 8.')
    expect(text).toContain('- ✗ worse: smoke/worse/calm/maria: pass rate 8/8 -&#62; 0/8')
    expect(text).toContain('- ✓ better: smoke/better/calm/maria: pass rate 0/8 -&#62; 8/8')
  })

  test('as JUnit that Jenkins reads: a case that got worse fails, one with too few runs is skipped', async () => {
    const contents = comparisonJunit(comparison)
    const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents }, schema: jenkinsSchema })
    expect(errors.map(({ rawMessage }) => rawMessage)).toEqual([])
    expect(contents).toContain('<testsuite name="Compared with 2026-11-20T20-00-00Z-0000"')
    expect(contents.match(/<failure/g)).toHaveLength(1)
    expect(contents).toContain('<failure message="pass rate 8/8 -> 0/8, p 0.0002')
    expect(contents).toContain('<skipped message="too few runs to tell"/>')
    expect(contents).toContain('<property name="conditions" value="Not the same conditions: seed 7 -> 8."/>')
  })

  test('as a page without script, with conversations before and after', () => {
    const page = comparisonPage(shown)
    expect(page).not.toContain('<script')
    for (const part of [
      '✗ Regressed',
      'Not the same conditions',
      'clinic 1.4.1',
      'The agent first differs here.',
      'It is cancelled. Goodbye.',
    ])
      expect(page).toContain(part)
    expect(page.match(/<details/g)).toHaveLength(2)
    expect(shown.pairs.map(({ key, base, new: now }) => [key, base?.outcome.status, now?.outcome.status])).toEqual([
      ['smoke/worse/calm/maria', 'passed', 'failed'],
      ['smoke/better/calm/maria', 'failed', 'passed'],
    ])
  })

  test('in the report of the new result, and in its Markdown', async () => {
    const page = await textOf(html, sampleResult(), { compared: shown })
    expect(page).toContain('Since <bdi>clinic 1.4.1</bdi>, 2026-11-24 20:27 UTC')
    expect(page).toContain('1 worse, 1 better, 2 changed')
    expect(page).toContain('<div data-screens="compare"><h1>✗ Regressed</h1>')
    const text = await textOf(markdown, sampleResult(), { compared: shown })
    expect(text).toContain('### Since clinic 1.4.1\n')
    expect(text).toContain('- ✗ worse: smoke/worse/calm/maria')
  })

  test('whatever agents and callers are called', async () => {
    const [first] = comparison.cases
    const named: ShownComparison = {
      ...shown,
      comparison: { ...comparison, base: { ...comparison.base, agents: hostile }, cases: [{ ...first!, key: hostile as CaseKey }] },
      pairs: shown.pairs.map(pair => ({ ...pair, key: hostile as CaseKey })),
    }
    expect(comparisonPage(named)).not.toMatch(/<script|<img|\u202E/)
    expect(comparisonMarkdown(named.comparison)).not.toMatch(/<img|\u202E|javascript:a/)
    const { errors } = await validateXML({
      xml: { fileName: 'junit.xml', contents: comparisonJunit(named.comparison) },
      schema: jenkinsSchema,
    })
    expect(errors).toEqual([])
  })
})
