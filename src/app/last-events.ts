import type { SuiteEvent } from '../domain/event.js'
import type { Tally } from '../pipeline/tally/tally.js'

/** The events that end a result: how it compares with its baseline, if it has one, and its report. */
export function* lastEvents(totals: Pick<Tally, 'compared' | 'report'>, at: string): Generator<SuiteEvent> {
  const compared = totals.compared(at)
  if (compared) yield compared
  yield { type: 'suite.ended', at, report: totals.report() }
}
