import type { SuiteEnded, SuiteStarted } from '../../domain/event.js'
import type { Report } from '../../domain/report.js'
import type { LineHead } from './journal-line.js'
import { emptyRunIndex, type RunIndex } from './run-index.js'

/** What is known of a journal besides its runs: maintained while it is written, and rebuilt by one scan when it is read. */
export interface JournalIndex {
  started?: SuiteStarted
  /** Missing if the result was cut off or is in progress. */
  report?: Report | undefined
  readonly runs: RunIndex
  /** The size of all whole lines, in bytes. */
  end: number
}

export function emptyIndex(): JournalIndex {
  return { runs: emptyRunIndex(), end: 0 }
}

/**
 * Adds the next line to the index.
 *
 * @param length  In bytes, without the line break.
 * @param event  Returns the whole event; called only if the head is not enough.
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
    case 'run.amended':
      if (head.index !== undefined) index.runs.end(head.index, index.end, length)
      break
  }
  index.end += length + 1
}

/** A snapshot that later lines do not change. */
export function copyIndex(index: JournalIndex): JournalIndex {
  return { ...index, runs: index.runs.copy() }
}
