import { expect, test } from 'vitest'
import { createEventQueue } from '../../../src/app/event-queue.js'

test('what was pushed is handled once its taker comes back for more', async () => {
  const queue = createEventQueue<number>()
  const log: string[] = []
  queue.push(1)
  void queue.handled().then(() => log.push('1 handled'))
  expect(await queue.take()).toEqual([1])
  queue.push(2)
  void queue.handled().then(() => log.push('2 handled'))
  await settle()
  expect(log).toEqual([])
  expect(await queue.take()).toEqual([2])
  await settle()
  expect(log).toEqual(['1 handled'])
  const last = queue.take()
  await settle()
  expect(log).toEqual(['1 handled', '2 handled'])
  queue.close()
  expect(await last).toBeUndefined()
})

test('where nothing is left to handle it is said at once', async () => {
  const queue = createEventQueue<number>()
  await expect(queue.handled()).resolves.toBeUndefined()
  queue.push(1)
  await queue.take()
  void queue.take()
  await expect(queue.handled()).resolves.toBeUndefined()
})

function settle(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
