/** Bytes from the first to the last one, both included. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/**
 * The range of a `Range` header. Several ranges in one request, and what is no range of bytes, count as none: the whole is sent.
 *
 * @param bytes  Of the whole.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-range
 */
export function rangeOf(header: string, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes\s*=\s*(\d*)\s*-\s*(\d*)$/i.exec(header.trim()) ?? []
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Number(last)
    return length === 0 || bytes === 0 ? 'unsatisfiable' : { from: Math.max(0, bytes - length), to: bytes - 1 }
  }
  const from = Number(first)
  if (last !== '' && Number(last) < from) return undefined
  if (from >= bytes) return 'unsatisfiable'
  return { from, to: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) }
}
