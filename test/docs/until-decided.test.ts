import { expect, test } from 'vitest'
import { decide, leastRepeats } from '../../src/domain/sequential-test.js'
import { outlookOf } from '../support/outlook.js'
import { readPage } from './pages.js'

const { text } = readPage('docs/gate-a-release.md')
const rows = (pattern: RegExp): string[][] => [...text.matchAll(pattern)].map(([, ...cells]) => cells)

test('the table of what repeating until decided comes to is what the test gives', () => {
  const told = rows(/^\| (\d\.\d\d) \| (\d+\.\d) % \| (\d+\.\d) % \| (\d+\.\d) % \| (\d+\.\d) \| (\d+) % \|$/gm)
  expect(told).toHaveLength(8)
  for (const [rate = '', ...cells] of told) {
    const { met, notMet, undecided, runs } = outlookOf(Number(rate), { min: 0.8, confidence: 0.95 }, { min: 3, max: 50 })
    const shares = [met, notMet, undecided].map(share => (share * 100).toFixed(1))
    expect([rate, ...cells]).toEqual([rate, ...shares, runs.toFixed(1), (100 * (1 - runs / 50)).toFixed(0)])
  }
})

test('the table of the fewest runs that may decide is what the test gives', () => {
  const told = rows(/^\| (0\.\d+) \| (\d+), (\d+) \| (\d+), (\d+) \|$/gm)
  expect(told).toHaveLength(6)
  for (const [min = '', ...cells] of told) {
    const bars = [0.9, 0.95].map(confidence => ({ min: Number(min), confidence }))
    const failures = bars.map(bar =>
      Array.from({ length: 20 }, (_, i) => i + 1).find(failed => decide({ passed: 0, failed }, bar) === 'not_met'),
    )
    expect(cells.map(Number)).toEqual([...bars.map(bar => leastRepeats(bar)), ...failures])
  }
})
