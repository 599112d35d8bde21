import type { RunEnded } from '../../domain/event.js'
import { runKey } from '../../domain/plan.js'
import type { Report } from '../../domain/report.js'
import type { FinishedResult } from '../../ports/reporter.js'
import type { StoredJournal } from '../../ports/store.js'

/**
 * A stored result, ready for reports. Every planned run is in it once: one that has no end, because the result was cut
 * off, is `not_run`, `crashed`.
 *
 * @param place  Folder of the result, as people should type it.
 */
export function finishedResult(stored: StoredJournal, report: Report, place: string): FinishedResult {
  return { started: stored.started, report, place, runs: () => everyRun(stored, report) }
}

async function* everyRun(stored: StoredJournal, report: Report): AsyncGenerator<RunEnded> {
  const ended = stored.runs()[Symbol.asyncIterator]()
  try {
    let next = await ended.next()
    for (const { cases } of stored.started.plan.entries) {
      for (const { key, firstRun, repeats } of cases) {
        for (let repeat = 1; repeat <= repeats; repeat += 1) {
          const index = firstRun + repeat - 1
          while (!next.done && next.value.index < index) next = await ended.next()
          if (!next.done && next.value.index === index) {
            yield next.value
            next = await ended.next()
          } else {
            yield neverEnded(index, runKey(key, repeat), report.endedAt)
          }
        }
      }
    }
  } finally {
    await ended.return?.()
  }
}

function neverEnded(index: number, run: RunEnded['run'], at: string): RunEnded {
  return {
    type: 'run.ended',
    at,
    index,
    run,
    outcome: { status: 'not_run', reason: 'crashed' },
    durationMs: 0,
    earlier: [],
    flaky: false,
  }
}
