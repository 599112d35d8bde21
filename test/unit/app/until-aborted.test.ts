import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { untilAborted } from '../../../src/app/until-aborted.js'

test('it is waited for until the signal is aborted, be that before or after', async () => {
  const stop = new AbortController()
  const waiting = untilAborted(stop.signal, new AbortController().signal)
  stop.abort()
  await expect(waiting).resolves.toBeUndefined()
  await expect(untilAborted(stop.signal)).resolves.toBeUndefined()
})

test('those who wait no more leave nothing behind at a signal that goes on', () => {
  const long = new AbortController().signal
  for (let i = 0; i < 3; i += 1) {
    const over = new AbortController()
    void untilAborted(long, over.signal)
    expect(getEventListeners(long, 'abort')).toHaveLength(1)
    over.abort()
  }
  expect(getEventListeners(long, 'abort')).toEqual([])
})
