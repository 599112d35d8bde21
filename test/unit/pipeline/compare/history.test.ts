import { describe, expect, test } from 'vitest'
import { historyVersion, type HistoryLine } from '../../../../src/domain/history-line.js'
import type { CaseKey, ResultId } from '../../../../src/domain/ids.js'
import { historyOf } from '../../../../src/pipeline/compare/history.js'

/** A result on that day, each case's runs as letters: p passed, f failed, r passed when tried again, i infra_error. */
function resultOn(day: number, cases: Readonly<Record<string, string>>, change: Partial<HistoryLine> = {}): HistoryLine {
  return {
    version: historyVersion,
    result: `r${day}` as ResultId,
    at: `2026-01-0${day}T09:00:00.000Z`,
    suite: 'Shop',
    digests: { suite: 'same', bar: 'same', plan: 'same' },
    agents: [{ key: 'shop', identity: { version: '1' } }],
    verdict: 'passed',
    passed: 1,
    counted: 2,
    runs: 2,
    metrics: [],
    bar: [],
    cases: Object.entries(cases).map(([key, letters]) => {
      const passed = letters.replaceAll(/[^pr]/g, '').length
      return [`shop/${key}` as CaseKey, passed, passed + letters.replaceAll(/[^f]/g, '').length, letters.replaceAll(/[^r]/g, '').length]
    }),
    ...change,
  }
}

const otherSuite = { digests: { suite: 'another', bar: 'same', plan: 'same' } }
const version = (of: string): Partial<HistoryLine> => ({ agents: [{ key: 'shop', identity: { version: of } }] })
const unknown: Partial<HistoryLine> = { agents: [{ key: 'shop' }] }

const passed = (day: number): HistoryLine => resultOn(day, { a: 'p' })
const caused = (day: number, causes?: readonly string[]): HistoryLine => ({
  ...resultOn(day, {}),
  cases: [causes ? ['shop/a' as CaseKey, 0, 2, 0, causes] : ['shop/a' as CaseKey, 0, 2, 0]],
})
const since = (...results: readonly HistoryLine[]) => historyOf('Shop', results).cases[0]

const restless = (...results: readonly HistoryLine[]) => historyOf('Shop', results).cases.filter(({ kind }) => kind !== 'steady')

describe('over results a case is', () => {
  test('steady if it always came out the same way, whatever was inconclusive', () => {
    const { results, cases } = historyOf('Shop', [resultOn(1, { a: 'pp', b: 'ff' }), resultOn(2, { a: 'pi', b: 'f' })])
    expect(results).toHaveLength(2)
    expect(cases.map(({ key, kind }) => `${key} ${kind}`)).toEqual(['shop/a steady', 'shop/b steady'])
  })

  test('one case whatever the requests to a server were called, by the key of the newest', () => {
    const request = (day: number, name: string, letters: string): HistoryLine => {
      const line = resultOn(day, { a: letters })
      return { ...line, request: name, cases: line.cases.map(([, ...counts]) => [`${name}/a` as CaseKey, ...counts]) }
    }
    const { cases } = historyOf('Shop', [request(1, 'monday', 'p'), request(2, 'tuesday', 'f'), resultOn(3, { a: 'p' })])
    expect(cases.map(({ key, results }) => `${key} ${results.map(({ came }) => came).join(' ')}`)).toEqual([
      'tuesday/a passed failed',
      'shop/a passed',
    ])
  })

  test('flaky if it passed and failed within a result, or passed when tried again', () => {
    expect(restless(resultOn(1, { a: 'pfp', b: 'pr' }))).toMatchObject([
      { key: 'shop/a', kind: 'flaky', mixed: 1, flips: 0, passed: 2, counted: 3 },
      { key: 'shop/b', kind: 'flaky', mixed: 1, flips: 0, passed: 2, counted: 2 },
    ])
  })

  test('flaky if it came out otherwise the next time, agent and suite being the same', () => {
    const [history] = restless(resultOn(1, { a: 'p' }), resultOn(2, { a: 'f' }), resultOn(3, { a: 'i' }), resultOn(4, { a: 'p' }))
    expect(history).toMatchObject({ kind: 'flaky', mixed: 0, flips: 2, passed: 2, counted: 3 })
    expect(history?.lastFlip).toEqual({ from: 'failed', to: 'passed', result: 'r4', at: '2026-01-04T09:00:00.000Z', because: 'nothing' })
    expect(history?.results.map(({ result, came }) => `${result} ${came}`)).toEqual(['r1 passed', 'r2 failed', 'r4 passed'])
    expect(history?.failingSince).toBeUndefined()
  })

  test.each([
    ['suite', otherSuite],
    ['agent', version('2')],
    ['agent', { agents: [{ key: 'shop', identity: { version: '1' }, told: ['1.0.1'] }] }],
    ['agent', { agents: [{ key: 'shop', identity: { version: '1' }, address: 'wss://staging.example.com' }] }],
    ['agent_and_suite', { ...otherSuite, ...version('2') }],
  ])('not flaky but changed if it flipped only with another %s', (because, change) => {
    const [history] = restless(resultOn(1, { a: 'p' }), resultOn(2, { a: 'p' }), resultOn(3, { a: 'f' }, change))
    expect(history).toMatchObject({ kind: 'changed', flips: 1, lastFlip: { because }, failingSince: { result: 'r3' } })
  })

  test('changed if nothing tells whether the agent is another, and flaky once it goes back and forth', () => {
    const [once, again] = [resultOn(1, { a: 'p' }, unknown), resultOn(2, { a: 'f' }, unknown)]
    expect(restless(once, again)).toMatchObject([{ kind: 'changed', lastFlip: { because: 'unknown' } }])
    expect(restless(once, again, resultOn(3, { a: 'p' }, unknown))).toMatchObject([{ kind: 'flaky' }])
    const dirty = { agents: [{ key: 'shop', identity: { digest: 'gitCommit:0a', dirty: true } as const }] }
    expect(restless(resultOn(1, { a: 'p' }, dirty), resultOn(2, { a: 'f' }, dirty))).toMatchObject([{ lastFlip: { because: 'unknown' } }])
  })

  test('failing since the first of the newest results in which it did not pass', () => {
    const results = [
      resultOn(1, { a: 'f' }),
      resultOn(2, { a: 'p' }),
      resultOn(3, { a: 'f' }, version('4.1.8')),
      resultOn(4, { a: 'fp' }, version('4.1.9')),
    ]
    expect(restless(...results)[0]?.failingSince).toEqual({ result: 'r3', at: '2026-01-03T09:00:00.000Z', agents: 'shop 4.1.8' })
  })

  test('failing since then for the cause of today, and failing again for the same cause or another', () => {
    expect(since(passed(1), caused(2, ['x']), caused(3, ['x', 'y']), caused(4, ['y']))?.failingSince).toMatchObject({
      result: 'r2',
      forThisCause: { result: 'r3', at: '2026-01-03T09:00:00.000Z' },
    })
    expect(since(passed(1), caused(2, ['x']), caused(3, ['x']))?.failingSince).not.toHaveProperty('forThisCause')
    expect(since(passed(1), caused(2), caused(3, ['x']))?.failingSince).not.toHaveProperty('forThisCause')
    const flipped = (first: readonly string[] | undefined, again: readonly string[]) =>
      since(caused(1, first), passed(2), caused(3, again))?.lastFlip?.cause
    expect([flipped(['x'], ['x', 'y']), flipped(['x'], ['y']), flipped(undefined, ['y'])]).toEqual(['same', 'other', undefined])
    expect(since(passed(1), caused(2, ['x']))?.lastFlip).not.toHaveProperty('cause')
  })

  test('new since the release if it passed there, or was not there, and fails now', () => {
    const results = [
      resultOn(1, { new: 'p', old: 'f', fine: 'f' }, { isRelease: true }),
      resultOn(2, { new: 'f', old: 'f', fine: 'p', added: 'f' }, version('2')),
    ]
    const { cases, release } = historyOf('Shop', results)
    expect(release).toBe('r1')
    expect(cases.filter(({ isNewSinceRelease }) => isNewSinceRelease).map(({ key }) => key)).toEqual(['shop/new', 'shop/added'])
  })

  test('named before others if it is the more restless one', () => {
    const results = [
      resultOn(1, { once: 'p', often: 'p', with: 'p' }),
      resultOn(2, { once: 'p', often: 'f', with: 'p' }),
      resultOn(3, { once: 'f', often: 'p', with: 'p' }),
    ]
    expect(restless(...results, resultOn(4, { with: 'f' }, otherSuite)).map(({ key }) => key)).toEqual([
      'shop/often',
      'shop/once',
      'shop/with',
    ])
  })
})

test('the parts of a merged result do not count beside it, and each result says what changed', () => {
  const { results } = historyOf('Shop', [
    resultOn(2, { b: 'f' }, { isPart: true }),
    resultOn(1, { a: 'p' }, { isPart: true }),
    resultOn(3, { a: 'p', b: 'f' }, { mergedFrom: ['r1', 'r2'] as ResultId[] }),
    resultOn(4, { a: 'p' }, { ...version('2'), digests: { suite: 'another', bar: 'another', plan: 'same' } }),
  ])
  expect(results.map(({ result, changed }) => [result, changed])).toEqual([
    ['r3', undefined],
    ['r4', ['agent', 'suite', 'bar']],
  ])
})
