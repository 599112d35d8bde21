const newline = 0x0a

/**
 * Cuts bytes into lines.
 *
 * @param onLine  Called with each line, without its line break.
 * @param onTooLong  Called when a line exceeds `maxBytes`; cutting stops then.
 */
export function splitLines(maxBytes: number, onLine: (line: Buffer) => void, onTooLong: () => void): LineSplitter {
  let pending: Buffer[] = []
  let bytes = 0
  return { push, flush }

  function push(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      if (!keep(chunk.subarray(start, end))) return
      flush()
      start = end + 1
    }
    keep(chunk.subarray(start))
  }

  function keep(part: Buffer): boolean {
    bytes += part.length
    if (bytes > maxBytes) {
      onTooLong()
      return false
    }
    if (part.length > 0) pending.push(part)
    return true
  }

  function flush(): void {
    const line = pending.length === 1 ? pending[0] : Buffer.concat(pending)
    pending = []
    bytes = 0
    if (line && line.length > 0) onLine(line)
  }
}

export interface LineSplitter {
  push(chunk: Buffer): void
  /** Emits what follows the last line break, if anything. */
  flush(): void
}
