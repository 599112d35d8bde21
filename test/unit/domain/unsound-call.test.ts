import { expect, test } from 'vitest'
import type { Pacing } from '../../../src/domain/sound.js'
import { lateAudio, mayBeUnclear, unclearCaller } from '../../../src/domain/unsound-call.js'

const clean: Pacing = { p99Ms: 1, worstMs: 12, late: 5, lost: 0, frames: 500 }

test('a call whose sound kept its rhythm is as good as any', () => {
  expect(lateAudio(clean)).toBe(undefined)
})

test.each<[Partial<Pacing>, string]>([
  [{ late: 6, p99Ms: 41 }, '6 of 500 frames were sent more than 20 ms late (p99 41 ms)'],
  [{ lost: 1 }, '1 of 500 frames were never sent'],
  [{ worstMs: 201 }, 'one came 201 ms late'],
  [{ lost: 2, worstMs: 300 }, '2 of 500 frames were never sent, one came 300 ms late'],
])('%j says by how much this machine was too slow', (more, what) => {
  expect(lateAudio({ ...clean, ...more })).toBe(what)
})

const words = (count: number, wrong: number) => Array.from({ length: count }, (_, i) => (i < wrong ? 'banana' : 'apple')).join(' ')
const heard = (count: number, wrong: number, usualWer = 0) => ({
  mouth: 'flite slt',
  selfHeard: { said: [{ text: words(count, 0), heard: words(count, wrong) }], usualWer },
})

test('a caller that nobody can understand tests nothing', () => {
  expect(unclearCaller(heard(40, 7))).toBe(
    'it could not be understood: our own ears made 18 % more word errors of flite slt than usual, in 40 words',
  )
})

test('few words, usual errors and bad ears prove nothing about the caller', () => {
  expect(unclearCaller(heard(40, 6))).toBe(undefined)
  expect(unclearCaller(heard(39, 30))).toBe(undefined)
  expect(unclearCaller(heard(40, 9, 0.1))).toBe(undefined)
  expect(unclearCaller(heard(40, 40, 0.11))).toBe(undefined)
  expect(unclearCaller({})).toBe(undefined)
  expect([mayBeUnclear(heard(40, 40, 0.11)), mayBeUnclear(heard(40, 10, 0.11)), mayBeUnclear(heard(40, 40)), mayBeUnclear({})]).toEqual([
    true,
    false,
    false,
    false,
  ])
})
