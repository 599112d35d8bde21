import { expect } from 'vitest'
import { littleEndian } from '../../src/adapters/audio/write-wav.js'

/** Expects two pieces of sound to be the same, sample for sample. Much faster than `toEqual`. */
export function expectSameSound(actual: Int16Array, expected: Int16Array): void {
  if (littleEndian(actual).equals(littleEndian(expected))) return
  const at = actual.findIndex((sample, i) => sample !== expected[i])
  expect({ length: actual.length, at, sample: actual[at] }).toEqual({ length: expected.length, at, sample: expected[at] })
}
