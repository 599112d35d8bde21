import { describe, expect, test } from 'vitest'
import type { RunEnded, SuiteStarted } from '../../../../src/domain/event.js'
import { gatherFacts, type ResultFacts } from '../../../../src/pipeline/compare/facts.js'
import { historyOf } from '../../../../src/pipeline/compare/history.js'

/** A result on that day, each case's runs as letters: p passed, f failed, r passed when tried again, i infra_error. */
function resultOn(day: number, cases: Readonly<Record<string, string>>, digest = 'same'): ResultFacts {
  const keys = Object.keys(cases)
  const plan = { entries: [{ slug: 'shop', cases: keys.map(key => ({ key: `shop/${key}` })) }] }
  const { add, facts } = gatherFacts({
    result: `r${day}`,
    at: `2026-01-0${day}T09:00:00.000Z`,
    digests: { plan: digest },
    plan,
  } as unknown as SuiteStarted)
  for (const key of keys) {
    for (const [i, letter] of (cases[key] ?? '').split('').entries()) {
      const status = letter === 'f' ? 'failed' : letter === 'i' ? 'infra_error' : 'passed'
      add({ run: `shop/${key}#${i + 1}`, flaky: letter === 'r', outcome: { status, verdict: { metrics: [] } } } as unknown as RunEnded)
    }
  }
  return facts()
}

const restless = (...results: readonly ResultFacts[]) => historyOf('Shop', results).restless

describe('over stored results a case is', () => {
  test('steady if it always came out the same way, whatever could not be told', () => {
    const history = historyOf('Shop', [resultOn(1, { a: 'pp', b: 'ff' }), resultOn(2, { a: 'pi', b: 'f' })])
    expect(history).toEqual({ suite: 'Shop', results: 2, restless: [], steady: 2 })
  })

  test('flaky if it passed and failed within a result, or passed when tried again', () => {
    expect(restless(resultOn(1, { a: 'pfp', b: 'pr' }))).toMatchObject([
      { key: 'shop/a', kind: 'flaky', mixed: 1, flips: 0, passed: 2, counted: 3 },
      { key: 'shop/b', kind: 'flaky', mixed: 1, flips: 0, passed: 2, counted: 2 },
    ])
  })

  test('flaky if it came out otherwise the next time, the suite being the same', () => {
    const [history] = restless(resultOn(1, { a: 'p' }), resultOn(2, { a: 'f' }), resultOn(3, { a: 'i' }), resultOn(4, { a: 'p' }))
    expect(history).toMatchObject({ kind: 'flaky', mixed: 0, flips: 2, passed: 2, counted: 3 })
    expect(history?.lastFlip).toEqual({ from: 'failed', to: 'passed', result: 'r4', at: '2026-01-04T09:00:00.000Z', suiteChanged: false })
    expect(history?.results.map(({ result, came }) => `${result} ${came}`)).toEqual(['r1 passed', 'r2 failed', 'r4 passed'])
  })

  test('only changed if the suite had changed each time that it came out otherwise', () => {
    const [history] = restless(resultOn(1, { a: 'p' }), resultOn(2, { a: 'p' }), resultOn(3, { a: 'f' }, 'another'))
    expect(history).toMatchObject({ kind: 'changed', flips: 1, lastFlip: { suiteChanged: true } })
  })

  test('named before others if it is the more restless one', () => {
    const results = [
      resultOn(1, { once: 'p', often: 'p', with: 'p' }),
      resultOn(2, { once: 'p', often: 'f', with: 'p' }),
      resultOn(3, { once: 'f', often: 'p', with: 'p' }),
    ]
    expect(restless(...results, resultOn(4, { with: 'f' }, 'another')).map(({ key }) => key)).toEqual([
      'shop/often',
      'shop/once',
      'shop/with',
    ])
  })
})
