import { expect, test } from 'vitest'
import { takeLine, takeTurn } from '../../../../../../src/adapters/channels/voice/phone/take-line.js'
import { createMemoryDesks } from '../../../../../../src/adapters/telephony/memory-desks.js'
import { createPhoneLines } from '../../../../../../src/adapters/telephony/phone-lines.js'
import type { Trunk } from '../../../../../../src/domain/trunk.js'
import type { Call } from '../../../../../../src/ports/channel.js'
import { virtualClock } from '../../../../../support/virtual-clock.js'

const trunk: Trunk = { key: 'main', registrar: 'sip:pbx', register: false, numbers: [], srtp: 'off', lines: 2, callsPerSecond: 1 }

/** Takes lines at a desk of one process, where time passes only in waiting. */
function rig() {
  const clock = virtualClock()
  const lines = createPhoneLines(createMemoryDesks(clock), clock)
  const waited: string[] = []
  const call = (runId: string): Call => ({
    runId,
    runKey: runId,
    result: 'result',
    scenario: { key: 'greets' },
    agentVariables: {},
    elapsedS: () => 0,
    hold: () => () => undefined,
    waits: (_, lacking) => void (lacking && waited.push(`${runId}: ${lacking}`)),
  })
  const taking = (runId: string) => ({ call: call(runId), lines, clock, signal: new AbortController().signal })
  return { clock, waited, taking }
}

test('a call that is placed once more counts for the rate of calls, and for no line', async () => {
  const { clock, waited, taking } = rig()
  const needed = { trunk, numbers: [], isPlaced: true }
  const first = await takeLine(needed, taking('first'))
  await takeLine(needed, taking('second'))
  expect(clock.now()).toBe(1000)
  await takeTurn(trunk, taking('first'))
  expect(clock.now()).toBe(2000)
  expect(waited).toEqual(['second: the rate of calls', 'first: the rate of calls'])
  first?.giveBack()
  await takeLine(needed, taking('third'))
  expect(clock.now()).toBe(3000)
})

test('what is waited for is told again now and then, for a server that was restarted meanwhile', async () => {
  const { clock, waited, taking } = rig()
  const needed = { trunk: { ...trunk, lines: 1 }, numbers: [], isPlaced: false }
  const first = await takeLine(needed, taking('first'))
  clock.after(65_000, () => first?.giveBack())
  await takeLine(needed, taking('second'))
  expect(waited).toEqual(Array(3).fill('second: a line'))
})

test('a trunk that takes any number of calls a second is not asked', async () => {
  const { callsPerSecond: _, ...unlimited } = trunk
  const { clock, waited, taking } = rig()
  await takeTurn(unlimited, taking('first'))
  expect([clock.now(), waited]).toEqual([0, []])
})
