import type { SuiteEvent } from '../../domain/event.js'
import { type Lines, readLines } from './journal-file.js'
import { emptyIndex, type JournalIndex, noteLine } from './journal-index.js'
import { headOf, type LineHead } from './journal-line.js'
import { damaged, notJournal, nothingWritten, refuseOtherFormat } from './journal-refusals.js'

/**
 * Reads a journal once, in pieces, and indexes it without a torn last line.
 *
 * @throws {StoreError} when it cannot be read, is damaged, does not start with a suite, or has another format.
 */
export async function scanJournal(path: string): Promise<JournalIndex> {
  const index = emptyIndex()
  for await (const lines of readLines(path)) {
    for (const { head, length, event } of linesOf(path, lines)) {
      noteLine(index, head, length, event)
      if (!index.started) throw notJournal(path, 'its first line does not start a suite')
    }
  }
  if (!index.started) throw await nothingWritten(path)
  refuseOtherFormat(path, index.started)
  return index
}

/**
 * All events of a journal in order, without the runs' turns.
 *
 * @param until  Where to stop, in bytes.
 * @throws {StoreError} when it cannot be read, or is damaged.
 */
export async function* readEvents(path: string, until: number): AsyncGenerator<SuiteEvent> {
  for await (const lines of readLines(path, until)) {
    for (const { head, event } of linesOf(path, lines)) {
      if (head.type !== 'run.turn') yield event()
    }
  }
}

/** Parses an event from its line. */
export function parseEvent(path: string, offset: number, line: string): SuiteEvent {
  try {
    return JSON.parse(line) as SuiteEvent
  } catch {
    throw damaged(path, offset)
  }
}

interface ScannedLine {
  readonly head: LineHead
  /** In bytes, without the line break. */
  readonly length: number
  /** The whole event; valid only before the next line. */
  event(): SuiteEvent
}

function* linesOf(path: string, lines: Lines): Generator<ScannedLine> {
  const { bytes, end, offset } = lines
  for (let start = 0; start < end;) {
    const lineEnd = bytes.indexOf(10, start)
    const from = start
    yield {
      head: headAt(path, lines, from, lineEnd),
      length: lineEnd - from,
      event: () => parseEvent(path, offset + from, bytes.toString('utf8', from, lineEnd)),
    }
    start = lineEnd + 1
  }
}

function headAt(path: string, { bytes, offset }: Lines, start: number, end: number): LineHead {
  try {
    return headOf(bytes, start, end)
  } catch {
    throw offset + start === 0 ? notJournal(path, 'its first line is not an event') : damaged(path, offset + start)
  }
}
