import { expect, test } from 'vitest'
import { resumptionOf } from '../../../src/app/resumption.js'
import { cutAttempt } from '../../../src/domain/cut-attempt.js'
import type { RunEnded } from '../../../src/domain/event.js'
import type { Outcome } from '../../../src/domain/outcome.js'
import type { StoredJournal } from '../../../src/ports/store.js'

test('a stopped run whose end is final does not run again; a cut attempt counts as an earlier one', async () => {
  const cut = cutAttempt('then').outcome
  const ends = [ended(0, { status: 'not_run', reason: 'cancelled' }), ended(1, cut)]
  const attempts = [cutAttempt('first'), cutAttempt('second')]
  const stored = {
    started: { at: 'then' },
    open: new Map([[2, 2]]),
    runs: async function* () {
      yield ends
    },
    events: async function* () {
      yield* ends
    },
  } as unknown as StoredJournal
  const standing = await resumptionOf({ ...stored, endsStand: true, attempts: new Map([[2, attempts]]) }, () => undefined)
  expect([...standing.ended]).toEqual([0, 1])
  expect(standing.earlier).toEqual(new Map([[2, attempts]]))
  const resumed = await resumptionOf(stored, () => undefined)
  expect([...resumed.ended]).toEqual([])
  expect([...resumed.earlier.keys()]).toEqual([1, 2])
})

function ended(index: number, outcome: Outcome): RunEnded {
  return { type: 'run.ended', index, at: 'then', run: 'run' as RunEnded['run'], outcome, durationMs: 0, earlier: [], flaky: false }
}
