import type { SuiteEvent } from '../domain/event.js'
import type { ProgressOptions } from '../ports/reporter.js'

/** What is shown while a suite runs: text, in pieces. */
export async function* progressText(events: AsyncIterable<SuiteEvent>, how: ProgressOptions): AsyncGenerator<string> {
  const { progress } = await import('../adapters/reporters/progress.js')
  yield* progress(events, how)
}
