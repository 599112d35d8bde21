/** A file as read: its path for people (relative to the working directory) and its text. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** A stretch of a source file, in offsets. {@link locate} computes line and column on demand. */
export interface Span {
  readonly file: SourceFile
  /** UTF-16 offset of the first character. */
  readonly start: number
  /** UTF-16 offset after the last character. */
  readonly end: number
}

/** Line and column, both counted from 1; the column counts UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The position of an offset in a file. */
export function locate(file: SourceFile, offset: number): Position {
  const starts = lineStartsOf(file)
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
}

/** The text of a line (from 1) without its line break; empty if there is no such line. */
export function lineOf(file: SourceFile, line: number): string {
  const starts = lineStartsOf(file)
  const start = starts[line - 1]
  return start === undefined ? '' : file.text.slice(start, starts[line]).replace(/\r?\n$/, '')
}

// Cached, because a report asks for the line of every scenario and check.
const lineStarts = new WeakMap<SourceFile, readonly number[]>()

function lineStartsOf(file: SourceFile): readonly number[] {
  const known = lineStarts.get(file)
  if (known) return known
  const starts = [0]
  for (let at = file.text.indexOf('\n'); at !== -1; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1)
  lineStarts.set(file, starts)
  return starts
}
