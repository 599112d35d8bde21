/** The place of each run's end in a journal, and the runs in progress, in 16 bytes per run. */
export interface RunIndex {
  /** The largest index plus one. */
  readonly size: number
  start(index: number, attempt: number): void
  /** Records the place of a run's end, in bytes. It replaces an earlier one. */
  end(index: number, offset: number, length: number): void
  ended(index: number): boolean
  offset(index: number): number
  /** 0 if the run has no end. */
  length(index: number): number
  /** Runs in progress: index and attempt. */
  open(): Map<number, number>
  copy(): RunIndex
}

interface Columns {
  size: number
  offsets: Float64Array
  lengths: Uint32Array
  /** The attempt in progress; 0 if there is none. */
  attempts: Uint32Array
}

export function emptyRunIndex(): RunIndex {
  return indexOver(columnsFor(1024))
}

function indexOver(columns: Columns): RunIndex {
  return {
    get size() {
      return columns.size
    },
    start(index, attempt) {
      makeRoom(columns, index)
      columns.attempts[index] = attempt
    },
    end(index, offset, length) {
      makeRoom(columns, index)
      columns.offsets[index] = offset
      columns.lengths[index] = length
      columns.attempts[index] = 0
    },
    ended: index => (columns.lengths[index] ?? 0) > 0,
    offset: index => columns.offsets[index] ?? 0,
    length: index => columns.lengths[index] ?? 0,
    open() {
      const open = new Map<number, number>()
      for (let index = 0; index < columns.size; index += 1) {
        const attempt = columns.attempts[index] ?? 0
        if (attempt > 0) open.set(index, attempt)
      }
      return open
    },
    copy() {
      const copied = columnsFor(Math.max(columns.size, 1))
      copyInto(copied, columns)
      return indexOver(copied)
    },
  }
}

function columnsFor(capacity: number): Columns {
  return {
    size: 0,
    offsets: new Float64Array(capacity),
    lengths: new Uint32Array(capacity),
    attempts: new Uint32Array(capacity),
  }
}

function makeRoom(columns: Columns, index: number): void {
  if (index >= columns.offsets.length) {
    const grown = columnsFor(Math.max(index + 1, columns.offsets.length * 2))
    copyInto(grown, columns)
    Object.assign(columns, grown)
  }
  columns.size = Math.max(columns.size, index + 1)
}

function copyInto(target: Columns, source: Columns): void {
  target.size = source.size
  target.offsets.set(source.offsets.subarray(0, source.size))
  target.lengths.set(source.lengths.subarray(0, source.size))
  target.attempts.set(source.attempts.subarray(0, source.size))
}
