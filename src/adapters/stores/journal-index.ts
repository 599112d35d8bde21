import type { SuiteEnded, SuiteStarted } from '../../domain/event.js'
import type { Report } from '../../domain/report.js'
import type { LineHead } from './journal-line.js'
import { emptyRunIndex, type RunIndex } from './run-index.js'

/** What is known of a journal without its runs: kept up while it is written, found again by one scan when it is read. */
export interface JournalIndex {
  started?: SuiteStarted
  /** Absent where the result was cut off, or is going on. */
  report?: Report | undefined
  readonly runs: RunIndex
  /** Bytes of all whole lines. */
  end: number
}

export function emptyIndex(): JournalIndex {
  return { runs: emptyRunIndex(), end: 0 }
}

/**
 * Takes the next line into the index.
 *
 * @param length  In bytes, without the line break.
 * @param event  The whole event; asked for only where the head does not tell enough.
 */
export function noteLine(index: JournalIndex, head: LineHead, length: number, event: () => unknown): void {
  switch (head.type) {
    case 'suite.started':
      index.started ??= event() as SuiteStarted
      break
    case 'suite.resumed':
      index.report = undefined
      break
    case 'suite.ended':
      index.report = (event() as SuiteEnded).report
      break
    case 'run.started':
      if (head.index !== undefined) index.runs.start(head.index, head.attempt ?? 1)
      break
    case 'run.ended':
      if (head.index !== undefined) index.runs.end(head.index, index.end, length)
      break
  }
  index.end += length + 1
}

/** As it is now, whatever is written later. */
export function copyIndex(index: JournalIndex): JournalIndex {
  return { ...index, runs: index.runs.copy() }
}
