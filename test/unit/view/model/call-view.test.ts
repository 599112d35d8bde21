import { expect, test } from 'vitest'
import type { Sound } from '../../../../src/domain/sound.js'
import { callView } from '../../../../src/view/model/call-view.js'

const sound = {
  seconds: 20,
  stretches: [
    { by: 'caller', startS: 0, endS: 2 },
    { by: 'agent', startS: 3, endS: 6 },
    { by: 'caller', startS: 5.5, endS: 7, kind: 'barge_in' },
    { by: 'agent', startS: 10.0004, endS: 12 },
  ],
} as unknown as Sound

test('waits are marked that are longer than the suite allows, and no others', () => {
  expect(callView(sound, 2)).toMatchObject({
    waits: [
      { startS: 2, endS: 3 },
      { startS: 7, endS: 10, isOver: true },
    ],
    overlaps: [{ startS: 5.5, endS: 6 }],
    caption: expect.stringContaining('in red for longer than 2 s') as string,
  })
  const unbounded = callView(sound)
  expect(unbounded.waits.some(({ isOver }) => isOver)).toBe(false)
  expect(unbounded.caption).not.toContain('in red')
  expect(unbounded.label).toBe('Call of 00:20, caller spoke 00:04, agent spoke 00:05, longest wait 3.0 s, both at once 1 time')
})
