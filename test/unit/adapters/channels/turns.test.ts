import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { takeTurns } from '../../../../src/adapters/channels/turns.js'

/** Keeps the thread busy. */
function work(ms: number): void {
  const untilMs = performance.now() + ms
  while (performance.now() < untilMs);
}

test('long work is done a part at a time, in turn, with timers in between', async () => {
  const done: string[] = []
  const line = (name: string, parts: number) => ({
    take: () => {
      work(10)
      done.push(name)
      parts -= 1
      return parts > 0
    },
  })
  takeTurns(line('a', 3))
  takeTurns(line('b', 2))
  setTimeout(() => done.push('timer'), 1)
  await wait(100)
  expect(done.filter(name => name !== 'timer')).toEqual(['a', 'b', 'a', 'b', 'a'])
  expect(done.indexOf('timer')).toBeLessThan(2)
})

test('short parts are done together', async () => {
  const done: number[] = []
  takeTurns({ take: () => done.push(done.length) < 3 })
  await wait(20)
  expect(done).toEqual([0, 1, 2])
})
