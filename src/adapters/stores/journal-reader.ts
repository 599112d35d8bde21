import type { FileHandle } from 'node:fs/promises'
import type { RunAmended, RunEnded } from '../../domain/event.js'
import { StoreError, type StoredJournal } from '../../ports/store.js'
import { openToRead } from './journal-file.js'
import type { JournalIndex } from './journal-index.js'
import { type IsEvent, parseEvent, readEvents } from './journal-scan.js'
import type { RunIndex } from './run-index.js'

/** How much of a journal is in memory at a time: runs, and bytes of their lines. */
const batchRuns = 256
const batchBytes = 1 << 20
/** Two lines no further apart are read together: reading 64 KiB takes about as long as a second read. */
const gapBytes = 1 << 16

/**
 * A journal described by its index. The file is read only for its events or runs.
 *
 * @param index  Must not change afterwards.
 */
export function storedJournal(path: string, index: JournalIndex, isEvent: IsEvent): StoredJournal {
  const { started, report, runs, end } = index
  if (!started) throw new StoreError('not_found', `There is no result in ${path} yet: nothing was written.`)
  return {
    started,
    ...(report && { report }),
    events: () => readEvents(path, end, isEvent),
    runs: () => readRuns(path, runs, isEvent),
    open: runs.open(),
    ended: run => runs.ended(run),
  }
}

/** A line's place in the file, in bytes, and its text once it is read. */
interface LinePlace {
  readonly offset: number
  readonly length: number
  text: string
}

/** Run ends by index. The file has them in the order in which the runs ended, so each batch is read sorted by place. */
async function* readRuns(path: string, runs: RunIndex, isEvent: IsEvent): AsyncGenerator<readonly RunEnded[]> {
  const file = await openToRead(path)
  try {
    for (const batch of batchesOf(runs)) {
      const sorted = batch.toSorted((a, b) => a.offset - b.offset)
      for (const span of spansOf(sorted)) await readSpan(path, file, span)
      yield batch.map(line => endOf(parseEvent(path, line.offset, taken(line), isEvent) as RunEnded | RunAmended))
    }
  } finally {
    await file.close()
  }
}

/** The text of a line, which is not kept any longer. */
function taken(line: LinePlace): string {
  const { text } = line
  line.text = ''
  return text
}

/** A run's end, as it was amended last. */
function endOf(event: RunEnded | RunAmended): RunEnded {
  if (event.type === 'run.ended') return event
  const { was: _, ...end } = event
  return { ...end, type: 'run.ended' }
}

function* batchesOf(runs: RunIndex): Generator<LinePlace[]> {
  let batch: LinePlace[] = []
  let bytes = 0
  for (let index = 0; index < runs.size; index += 1) {
    if (!runs.ended(index)) continue
    const length = runs.length(index)
    if (batch.length === batchRuns || (bytes > 0 && bytes + length > batchBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push({ offset: runs.offset(index), length, text: '' })
    bytes += length
  }
  if (batch.length > 0) yield batch
}

/** Groups neighbouring lines, as long as a span stays within a few batches. */
function* spansOf(sorted: readonly LinePlace[]): Generator<LinePlace[]> {
  let span: LinePlace[] = []
  for (const line of sorted) {
    const first = span[0]
    const last = span.at(-1)
    const isNear = first && last && line.offset - (last.offset + last.length) <= gapBytes && line.offset - first.offset <= 4 * batchBytes
    if (!isNear && span.length > 0) {
      yield span
      span = []
    }
    span.push(line)
  }
  if (span.length > 0) yield span
}

async function readSpan(path: string, file: FileHandle, span: readonly LinePlace[]): Promise<void> {
  const start = span[0]?.offset ?? 0
  const last = span.at(-1)
  const bytes = Buffer.allocUnsafe(last ? last.offset + last.length - start : 0)
  for (let filled = 0; filled < bytes.length;) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled)
    if (bytesRead === 0) throw new StoreError('damaged', `${path} has become shorter while it was read. Is another process writing it?`)
    filled += bytesRead
  }
  for (const line of span) line.text = bytes.toString('utf8', line.offset - start, line.offset - start + line.length)
}
