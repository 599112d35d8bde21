import { describe, expect, test } from 'vitest'
import { broken, call } from './clinic-calls.js'
import { caught } from './clinic-voice-verdicts.js'

// Calls take the time that they take, and a machine that is too slow tries again.
const timeout = 300_000

describe('keys and timing, where nothing hears words', { timeout }, () => {
  test('pass', async () => {
    const { exit, runs } = await call('keys.yaml')
    expect(runs.map(({ status }) => status)).toEqual(['passed'])
    expect(exit).toBe(0)
  })

  test('dead air after a tool call is caught by dead_air_s', async () => {
    const { exit, runs } = await call('keys.yaml', [], 'dead_air')
    expect(broken(runs)).toEqual([expect.stringMatching(caught['dead_air']!.assertion)])
    expect(exit).toBe(1)
  })
})
