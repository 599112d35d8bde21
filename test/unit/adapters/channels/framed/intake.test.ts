import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openIntake, type Intake } from '../../../../../src/adapters/channels/framed/intake.js'

/** An intake, what came through it, and how often its transport is held. */
function open(): { intake: Intake; heard: string[]; holds: () => number } {
  const heard: string[] = []
  let holds = 0
  const intake = openIntake(
    {
      opened: () => void heard.push('opened'),
      received: frame => void heard.push(frame),
      failed: () => void heard.push('failed'),
      closed: () => void heard.push('closed'),
    },
    () => {
      holds += 1
      return () => void (holds -= 1)
    },
  )
  return { intake, heard, holds: () => holds }
}

const frames = (count: number, name = ''): string[] => Array.from({ length: count }, (_, i) => `${name}${i}`)

describe('frames', () => {
  test('that are few are handled at once', () => {
    const { intake, heard, holds } = open()
    for (const frame of frames(60)) intake.received(frame)
    intake.closed()
    expect(heard).toEqual([...frames(60), 'closed'])
    expect(holds()).toBe(0)
  })

  test('that are many wait, in order and with what follows them, and their transport is held meanwhile', async () => {
    const { intake, heard, holds } = open()
    for (const frame of frames(5_000)) intake.received(frame)
    intake.closed()
    expect(heard.length).toBe(64)
    expect([intake.isBehind, holds()]).toEqual([true, 1])
    while (intake.isBehind) await nextTurn()
    expect(heard).toEqual([...frames(5_000), 'closed'])
    expect(holds()).toBe(0)
  })

  test('of several agents take turns', async () => {
    const [first, second] = [open(), open()]
    for (const frame of frames(10_000)) first.intake.received(frame)
    for (const frame of frames(100)) second.intake.received(frame)
    let firstHeard = 0
    second.intake.received('last')
    second.heard.push = (...heard) => {
      if (heard[0] === 'last') firstHeard = first.heard.length
      return Array.prototype.push.apply(second.heard, heard)
    }
    while (second.intake.isBehind) await nextTurn()
    expect([...second.heard]).toEqual([...frames(100), 'last'])
    expect(firstHeard).toBeLessThan(200)
    first.intake.stop()
  })

  test('that wait are forgotten when the conversation is over, but for its end', async () => {
    const { intake, heard, holds } = open()
    for (const frame of frames(1_000)) intake.received(frame)
    intake.stop()
    intake.received('more')
    intake.closed()
    await nextTurn()
    expect(heard).toEqual([...frames(64), 'closed'])
    expect([intake.isBehind, holds()]).toEqual([false, 0])
  })
})
