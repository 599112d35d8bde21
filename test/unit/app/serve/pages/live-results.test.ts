import { expect, test } from 'vitest'
import { createLiveEvents } from '../../../../../src/app/serve/conduct/live-events.js'
import { createLiveResults } from '../../../../../src/app/serve/pages/live-results.js'
import type { RunStarted } from '../../../../../src/domain/event.js'
import type { LiveMessage } from '../../../../../src/domain/live-part.js'
import type { Clock } from '../../../../../src/ports/clock.js'
import type { Database, ResultRecord } from '../../../../../src/ports/database.js'
import { StoreError } from '../../../../../src/ports/store.js'
import { sampleResult } from '../../../adapters/reporters/sample-result.js'

const { started } = sampleResult()
const record = { id: 7, started } as unknown as ResultRecord

/** A clock whose waits are over when `pass` says so. */
function handClock(): Clock & { pass(): Promise<void> } {
  let due: (() => void)[] = []
  let now = 0
  return {
    now: () => now,
    date: () => new Date(now),
    after(_, then) {
      due.push(then)
      return () => (due = due.filter(each => each !== then))
    },
    async pass() {
      now += 5000
      const ready = due
      due = []
      for (const then of ready) then()
      for (let i = 0; i < 20; i += 1) await Promise.resolve()
    },
  }
}

function watch(events: () => ReturnType<Database['events']>) {
  const clock = handClock()
  const told: string[] = []
  const sent: LiveMessage[] = []
  const results = createLiveResults({ database: { events }, live: createLiveEvents(), clock, onTrouble: why => told.push(why) })
  results.watch(record, message => sent.push(message) > 0)
  return { clock, told, sent }
}

test('an error of our own is told, once, and the page goes on looking', async () => {
  // The plan has no such run.
  const unknown = { type: 'run.started', index: -1, attempt: 1, at: started.at, run: 'x#1' } as unknown as RunStarted
  let isBroken = true
  const { clock, told, sent } = watch(async () => (isBroken ? [{ sequence: 1, event: unknown }] : []) as never)
  for (let i = 0; i < 3; i += 1) await clock.pass()
  expect(told).toEqual(['The page of result 7 cannot show what is new: The plan has no run -1.'])
  expect(sent).toEqual([])
  isBroken = false
  await clock.pass()
  expect(sent).toHaveLength(1)
})

test('a lost database says so itself: here it is only waited for', async () => {
  let isLost = true
  const { clock, told, sent } = watch(async () => {
    if (isLost) throw new StoreError('lost', 'The database is lost.')
    return []
  })
  await clock.pass()
  isLost = false
  await clock.pass()
  expect(told).toEqual([])
  expect(sent).toHaveLength(1)
})
