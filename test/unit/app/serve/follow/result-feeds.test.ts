import { setTimeout as wait } from 'node:timers/promises'
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { createLiveEvents, type LiveEvents } from '../../../../../src/app/serve/conduct/live-events.js'
import { createResultFeeds, type ResultFeeds } from '../../../../../src/app/serve/follow/result-feeds.js'
import type { Watcher } from '../../../../../src/app/serve/follow/result-feed.js'
import { Refusal } from '../../../../../src/app/serve/refusal.js'
import type { SuiteEvent } from '../../../../../src/domain/event.js'
import type { Database, SequencedEvent } from '../../../../../src/ports/database.js'
import { virtualClock } from '../../../../support/virtual-clock.js'

const project = { key: 'default', id: 1, name: 'Default' }

/** A result that is written while it is watched. Some sequence numbers have no event, as in a database. */
function openResult() {
  const stored: SequencedEvent[] = []
  const live = createLiveEvents()
  let [sequence, reads, isLost] = [0, 0, false]
  const database = {
    revision: async (_project: string, id: number) => (id === 1 ? 1 : undefined),
    async events(_result: number, after: number, limit: number) {
      reads += 1
      await wait(0)
      if (isLost) throw new Error('The database is lost.')
      return stored.filter(each => each.sequence > after).slice(0, limit)
    },
  } as unknown as Database
  const write = (...events: SuiteEvent[]): void => {
    for (const event of events) {
      sequence += sequence % 7 === 3 ? 2 : 1
      if (event.type !== 'run.turn') stored.push({ sequence, event })
    }
    live.publish(1, events)
  }
  return { database, live: live as LiveEvents, write, stored, reads: () => reads, lose: (lost: boolean) => (isLost = lost) }
}

function feedsOf({ database, live }: ReturnType<typeof openResult>, most = 10_000, clock = virtualClock()): ResultFeeds {
  const text = {
    stored: ({ sequence, event }: SequencedEvent) => Buffer.from(`${sequence} ${event.type} ${'index' in event ? event.index : ''}`),
    turn: (event: SuiteEvent) => Buffer.from(`- ${event.type} ${'index' in event ? event.index : ''}`),
    beat: Buffer.from('beat'),
  }
  return createResultFeeds({ database, live, clock }, text, most)
}

const event = (type: string, index?: number): SuiteEvent => ({ type, ...(index !== undefined && { index }) }) as unknown as SuiteEvent

/** A watcher that has enough after some messages, and takes more a little later. */
async function watch(feeds: ResultFeeds, after: number, { atOnce = Infinity, pauseMs = 0 } = {}) {
  const told: string[] = []
  let finish: () => void
  const ended = new Promise<void>(resolve => (finish = resolve))
  let room = atOnce
  const watcher: Watcher = {
    take(message) {
      const text = message.toString()
      if (text === 'beat') return room > 0
      told.push(text)
      room -= 1
      if (room > 0) return true
      setTimeout(() => {
        room = atOnce
        seat.resume()
      }, pauseMs)
      return false
    },
    end: () => finish(),
  }
  const seat = await feeds.watch({ project, id: 1, after }, watcher)
  seat.resume()
  return { told, ended, seat }
}

test.each([
  ['in the next tick', (then: () => void) => process.nextTick(then)],
  ['in the next microtask', (then: () => void) => queueMicrotask(then)],
  ['two microtasks later', (then: () => void) => queueMicrotask(() => queueMicrotask(then))],
  ['in the next turn', (then: () => void) => void setImmediate(then)],
])('a watcher that has room again %s is served on at once, not at the next sign of life', async (_, soon) => {
  const result = openResult()
  using feeds = feedsOf(result, 1, { ...virtualClock(), after: () => () => undefined })
  result.write(event('suite.started'), ...Array.from({ length: 30 }, (__, run) => event('run.started', run)), event('suite.ended'))
  const told: string[] = []
  let end: () => void
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve
    setTimeout(() => reject(new Error(`only ${told.length} were told`)), 2000)
  })
  const watcher: Watcher = {
    take(message) {
      told.push(message.toString())
      soon(() => seat.resume())
      return false
    },
    end: () => end(),
  }
  const seat = await feeds.watch({ project, id: 1, after: 0 }, watcher)
  seat.resume()
  await ended
  expect(told).toHaveLength(32)
})

test('every watcher is told every stored event once and in order, from behind the last that it has, at its own pace', async () => {
  const watchers = fc.array(
    fc.record({
      after: fc.nat({ max: 300 }),
      atOnce: fc.constantFrom(1, 2, 7, 60, Infinity),
      pauseMs: fc.constantFrom(0, 1, 5),
      joins: fc.nat({ max: 25 }),
    }),
    { minLength: 1, maxLength: 20 },
  )
  await fc.assert(
    fc.asyncProperty(watchers, fc.array(fc.nat({ max: 12 }), { minLength: 5, maxLength: 25 }), async (wanted, steps) => {
      const result = openResult()
      using feeds = feedsOf(result)
      result.write(event('suite.started'))
      const joined: { readonly after: number; readonly watched: Awaited<ReturnType<typeof watch>> }[] = []
      let run = 0
      for (const [step, many] of steps.entries()) {
        for (const each of wanted) {
          if (Math.min(each.joins, steps.length - 1) !== step) continue
          const after = Math.min(each.after, result.stored.at(-1)!.sequence)
          joined.push({ after, watched: await watch(feeds, after, each) })
        }
        for (let i = 0; i < many; i += 1, run += 1) {
          result.write(event('run.started', run), event('run.turn', run))
          result.write(event('run.turn', run))
          if (i % 2 === 0) await wait(0)
          result.write(event('run.turn', run), event('run.ended', run))
        }
        await wait(0)
      }
      result.write(event('suite.ended'))
      await Promise.all(joined.map(({ watched }) => watched.ended))

      for (const { after, watched } of joined) {
        const own = watched.told.filter(text => !text.startsWith('-')).map(text => Number(text.split(' ')[0]))
        expect(own).toEqual(result.stored.filter(({ sequence }) => sequence > after).map(({ sequence }) => sequence))
        for (const [at, text] of watched.told.entries()) {
          if (!text.startsWith('-')) continue
          const index = text.split(' ')[2]
          const [start, end] = ['started', 'ended'].map(kind => watched.told.findIndex(each => each.endsWith(` run.${kind} ${index}`)))
          // Whoever joins in the middle of a run may have been told of its start before.
          expect(start).toBeLessThan(at)
          expect(end).toBeGreaterThan(at)
        }
      }
    }),
    { numRuns: 12 },
  )
})

test('events are read once for all who watch, however many they are', async () => {
  const result = openResult()
  using feeds = feedsOf(result)
  result.write(event('suite.started'))
  const all = await Promise.all(Array.from({ length: 500 }, () => watch(feeds, 0)))
  for (let index = 0; index < 20; index += 1) {
    result.write(event('run.started', index))
    await wait(2)
    result.write(event('run.ended', index))
  }
  result.write(event('suite.ended'))
  await Promise.all(all.map(({ ended }) => ended))
  expect(all.every(({ told }) => told.length === 42)).toBe(true)
  expect(result.reads()).toBeLessThan(100)
})

test('watchers at many different places do not read each other out of memory', async () => {
  const result = openResult()
  using feeds = feedsOf(result)
  for (let index = 0; index < 2000; index += 1) result.write(event('run.started', index))
  result.write(event('suite.ended'))
  const all = await Promise.all(Array.from({ length: 100 }, (_, i) => watch(feeds, i * 22, { atOnce: 20 })))
  await Promise.all(all.map(({ ended }) => ended))
  for (const [i, { told }] of all.entries()) expect(told).toHaveLength(result.stored.filter(({ sequence }) => sequence > i * 22).length)
})

test('a watcher that takes nothing more costs no reads, and one that has left is given nothing', async () => {
  const result = openResult()
  using feeds = feedsOf(result)
  result.write(event('suite.started'))
  const stuck = await watch(feeds, 0, { atOnce: 1, pauseMs: 60_000 })
  await vi.waitFor(() => expect(stuck.told).toHaveLength(1))
  const before = result.reads()
  for (let index = 0; index < 50; index += 1) result.write(event('run.started', index), event('run.turn', index))
  await wait(20)
  expect(result.reads()).toBe(before)
  stuck.seat.leave()
  stuck.seat.resume()
  await wait(20)
  expect(stuck.told).toHaveLength(1)
})

test('while the database is lost the stream stays open, and then goes on', async () => {
  const result = openResult()
  using feeds = feedsOf(result)
  result.write(event('suite.started'))
  const { told, ended } = await watch(feeds, 0)
  await vi.waitFor(() => expect(told).toHaveLength(1))
  result.lose(true)
  result.write(event('run.started', 1))
  await wait(20)
  result.lose(false)
  result.write(event('suite.ended'))
  await ended
  expect(told.map(text => text.split(' ')[1])).toEqual(['suite.started', 'run.started', 'suite.ended'])
})

test('a stream in which nothing happens shows signs of life, and looks for events that nobody announced', async () => {
  const result = openResult()
  using feeds = feedsOf(result)
  let beats = 0
  const seen: string[] = []
  const seat = await feeds.watch(
    { project, id: 1, after: 0 },
    { take: message => (message.toString() === 'beat' ? (beats += 1) : seen.push(message.toString())) > 0, end: () => undefined },
  )
  seat.resume()
  await vi.waitFor(() => expect(beats).toBeGreaterThan(2))
  result.stored.push({ sequence: 1, event: event('suite.started') })
  await vi.waitFor(() => expect(seen).toHaveLength(1))
  seat.leave()
})

test('one result has half of the seats, and a seat that is left is free again', async () => {
  using feeds = feedsOf(openResult(), 4)
  const first = await watch(feeds, 0)
  await watch(feeds, 0)
  await expect(watch(feeds, 0)).rejects.toThrow(Refusal)
  first.seat.leave()
  first.seat.leave()
  await watch(feeds, 0)
  await expect(watch(feeds, 0)).rejects.toThrow('2 clients watch this result already.')
  await expect(feeds.watch({ project, id: 2, after: 0 }, { take: () => true, end: () => undefined })).rejects.toThrow('Not found.')
})

test('who watches is served in slices, so that everybody else has their turn', async () => {
  const result = openResult()
  using feeds = feedsOf(result)
  result.write(event('suite.started'))
  let [served, most] = [0, 0]
  const busy = (): boolean => {
    for (const until = performance.now() + 0.2; performance.now() < until;);
    most = Math.max(most, (served += 1))
    return true
  }
  for (let i = 0; i < 1000; i += 1) {
    const seat = await feeds.watch({ project, id: 1, after: 0 }, { take: busy, end: () => undefined })
    seat.resume()
  }
  for (let i = 0; i < 60; i += 1) {
    result.write(event('run.started', i))
    // From here on it is somebody else's turn.
    await wait(1)
    served = 0
  }
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThan(100)
})
