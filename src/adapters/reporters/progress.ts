import type { SuiteEvent } from '../../domain/event.js'
import type { Progress, ProgressOptions, ProgressReporter } from '../../ports/reporter.js'
import { paintWith } from './paint.js'
import { countEvent, nothingYet, type ProgressCounts } from './progress/counts.js'
import { newsOf, statusLine } from './progress/lines.js'

/** The shortest time between redraws of the line, and the time between plain output's signs of life. */
const redrawMs = 100
const heartbeatMs = 10_000

const clearLine = '\r\u001B[2K'

/** Live progress: on a terminal one line that is redrawn, elsewhere plain lines. */
export const progress: ProgressReporter = how => (how.tty ? drawnOver(how) : plainLines(how))

function drawnOver(how: ProgressOptions): Progress {
  const { counts, take } = newsOn(how)
  let isDrawn = false
  let drawnAt = -Infinity

  const draw = (news: string, line: string): string => {
    const text = `${isDrawn ? clearLine : ''}${news}${line}`
    isDrawn = line !== ''
    drawnAt = how.now()
    return text
  }
  return {
    on(event) {
      const news = take(event)
      if (news === '' && !counts.isOver && how.now() - drawnAt < redrawMs) return ''
      return draw(news, counts.isOver ? '' : statusLine(counts, how))
    },
    tick: () => (isDrawn ? draw('', statusLine(counts, how)) : ''),
    // Also after events that broke off: the next output must start on a clean line.
    end: () => (isDrawn ? draw('', '') : ''),
  }
}

function plainLines(how: ProgressOptions): Progress {
  const { counts, take } = newsOn(how)
  let saidAt = how.now()

  const heartbeat = (): string => {
    if (counts.isOver || how.now() - saidAt < heartbeatMs) return ''
    saidAt = how.now()
    return `${statusLine(counts, how)}\n`
  }
  return {
    on(event) {
      const news = take(event)
      if (news === '') return heartbeat()
      saidAt = how.now()
      return news
    },
    tick: heartbeat,
    end: () => '',
  }
}

/** Counts events, and returns what is worth saying about each. */
function newsOn(how: ProgressOptions): { counts: ProgressCounts; take: (event: SuiteEvent) => string } {
  const paint = paintWith(how.colour)
  const counts = nothingYet(how.now())
  const take = (event: SuiteEvent): string => {
    countEvent(counts, event)
    return newsOf(event, counts, how, paint)
  }
  return { counts, take }
}
