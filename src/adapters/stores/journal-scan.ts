import type { SuiteEvent } from '../../domain/event.js'
import { type Lines, readLines } from './journal-file.js'
import { emptyIndex, type JournalIndex, noteLine } from './journal-index.js'
import { headOf, type LineHead } from './journal-line.js'
import { damaged, notJournal, nothingWritten, refuseOtherFormat, refuseOtherPlan } from './journal-refusals.js'

/**
 * Reads a journal once, in pieces, and indexes it without a torn last line.
 *
 * @throws {StoreError} when it cannot be read, is damaged, does not start with a suite, or has another format.
 */
export async function scanJournal(path: string, isEvent: IsEvent): Promise<JournalIndex> {
  const index = emptyIndex()
  for await (const lines of readLines(path)) {
    for (const { head, offset, length, event } of linesOf(path, lines, isEvent)) {
      const { started } = index
      if (started && (head.index ?? 0) >= started.plan.totalRuns) throw damaged(path, offset)
      noteLine(index, head, length, event)
      if (!index.started) throw notJournal(path, 'its first line does not start a suite')
      if (!started) refuseOtherPlan(path, index.started)
    }
  }
  if (!index.started) throw await nothingWritten(path)
  return index
}

/** Whether a parsed line is an event, as the schema of journals has it. */
export type IsEvent = (value: unknown) => boolean

/** For lines that this process wrote itself. */
export const isOwn: IsEvent = () => true

/**
 * All events of a journal in order.
 *
 * @param until  Where to stop, in bytes.
 * @throws {StoreError} when it cannot be read, or is damaged.
 */
export async function* readEvents(path: string, until: number, isEvent: IsEvent): AsyncGenerator<SuiteEvent> {
  for await (const lines of readLines(path, until)) {
    for (const { event } of linesOf(path, lines, isEvent)) yield event()
  }
}

/** Parses an event from its line. @throws {StoreError} when it is none. */
export function parseEvent(path: string, offset: number, line: string, isEvent: IsEvent): SuiteEvent {
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch {
    throw damaged(path, offset)
  }
  // The format of the first line is told first: it may be another.
  if (!isEvent(event)) {
    if (offset === 0) refuseOtherFormat(path, event)
    throw damaged(path, offset)
  }
  return event as SuiteEvent
}

interface ScannedLine {
  readonly head: LineHead
  /** Its place in the file, in bytes. */
  readonly offset: number
  /** In bytes, without the line break. */
  readonly length: number
  /** The whole event; valid only before the next line. */
  event(): SuiteEvent
}

function* linesOf(path: string, lines: Lines, isEvent: IsEvent): Generator<ScannedLine> {
  const { bytes, end, offset } = lines
  for (let start = 0; start < end;) {
    const lineEnd = bytes.indexOf(10, start)
    const from = start
    yield {
      head: headAt(path, lines, from, lineEnd),
      offset: offset + from,
      length: lineEnd - from,
      event: () => parseEvent(path, offset + from, bytes.toString('utf8', from, lineEnd), isEvent),
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
