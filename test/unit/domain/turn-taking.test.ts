import { expect, test } from 'vitest'
import { resolveTurns, turnPresets } from '../../../src/domain/turn-taking.js'

test('without a word about turns, a caller is normal; with a level of interruption it is eager, and the level is its share', () => {
  expect(resolveTurns({})).toEqual(turnPresets.normal)
  expect(resolveTurns({}, 'none')).toEqual(turnPresets.normal)
  expect(resolveTurns({}, 'low')).toEqual({ ...turnPresets.eager, cutInShare: 0.2 })
  expect(resolveTurns({}, 'medium')).toEqual({ ...turnPresets.eager, cutInShare: 0.5 })
  expect(resolveTurns({}, 'high')).toEqual({ ...turnPresets.eager, cutInShare: 0.8 })
})

test('an eager caller without a level cuts into half of all turns; patient and normal callers never cut in by themselves', () => {
  expect(resolveTurns({ preset: 'eager' }).cutInShare).toBe(0.5)
  expect(resolveTurns({ preset: 'eager' }, 'none').cutInShare).toBe(0)
  expect(resolveTurns({ preset: 'patient' }, 'high')).toEqual(turnPresets.patient)
  expect(resolveTurns({ preset: 'normal' }, 'high')).toEqual(turnPresets.normal)
})

test('any number is replaced, and the others are those of the preset', () => {
  expect(resolveTurns({ preset: 'patient', cutInShare: 0.1, yieldAfterMs: 50 }, 'high')).toEqual({
    ...turnPresets.patient,
    cutInShare: 0.1,
    yieldAfterMs: 50,
  })
})
