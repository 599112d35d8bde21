import type { SuiteEvent } from '../../domain/event.js'
import type { ProgressOptions, ProgressReporter } from '../../ports/reporter.js'
import { paintWith } from './paint.js'
import { countEvent, nothingYet, type ProgressCounts } from './progress-counts.js'
import { newsOf, statusLine } from './progress-lines.js'
import { withTicks } from './ticks.js'

/** How often the line is drawn over, at most; how often plain output says that it is alive; and what looks for both. */
const redrawMs = 100
const heartbeatMs = 10_000
const tickMs = 1000

const clearLine = '\r\u001B[2K'

/** What happens, as it happens: on a terminal one line that is drawn over, elsewhere plain lines. */
export const progress: ProgressReporter = (events, how) => (how.tty ? drawnOver(events, how) : plainLines(events, how))

async function* drawnOver(events: AsyncIterable<SuiteEvent>, how: ProgressOptions): AsyncGenerator<string> {
  const paint = paintWith(how.colour)
  const counts = nothingYet(how.now())
  let isDrawn = false
  let drawnAt = -Infinity
  try {
    for await (const event of withTicks(events, tickMs)) {
      const news = event === 'tick' ? '' : takeEvent(counts, event, how, paint)
      const isDue = how.now() - drawnAt >= redrawMs
      if (news === '' && !isDue) continue
      const line = counts.isOver ? '' : statusLine(counts, how)
      yield `${isDrawn ? clearLine : ''}${news}${line}`
      isDrawn = line !== ''
      drawnAt = how.now()
    }
  } finally {
    // Also where the events broke off: what is printed next must start on a clean line.
    if (isDrawn) yield clearLine
  }
}

async function* plainLines(events: AsyncIterable<SuiteEvent>, how: ProgressOptions): AsyncGenerator<string> {
  const paint = paintWith(how.colour)
  const counts = nothingYet(how.now())
  let saidAt = how.now()
  for await (const event of withTicks(events, tickMs)) {
    const news = event === 'tick' ? '' : takeEvent(counts, event, how, paint)
    const isSilent = how.now() - saidAt >= heartbeatMs
    if (news === '' && (!isSilent || counts.isOver)) continue
    yield news === '' ? `${statusLine(counts, how)}\n` : news
    saidAt = how.now()
  }
}

function takeEvent(
  counts: ProgressCounts,
  event: SuiteEvent,
  how: ProgressOptions,
  paint: ReturnType<typeof paintWith>,
): string {
  countEvent(counts, event)
  return newsOf(event, counts, how, paint)
}
