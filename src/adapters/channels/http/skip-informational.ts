import type { Socket } from 'node:net'

/** What the informational answers before one real answer may come to. */
const mostBytes = 1 << 16

const mostInPiece = 1 << 11

/** How such an answer begins, all of 1xx but 101, which ends HTTP on the connection. */
const beginning = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/
const longestBeginning = 'HTTP/1.1 100 '.length
/** Where the status begins, and how one of 1xx does. */
const statusAt = 'HTTP/1.1 '.length
const one = '1'.charCodeAt(0)
const nothing = Buffer.alloc(0)

/**
 * Takes informational answers (100 Continue, 103 Early Hints) out of what is read from a socket, as any client may (RFC 9110,
 * 15.2). undici takes an answer with 100 that it has not asked for as the end of the connection.
 */
export function skipInformational(socket: Socket): Socket {
  const read = socket.read.bind(socket)
  const write = socket.write.bind(socket)
  let isAtHead = false
  let skipped = 0
  let begun: Buffer = nothing
  let rest: Buffer | undefined

  // An answer can begin once something has been sent.
  socket.write = ((...args: Parameters<Socket['write']>): boolean => {
    isAtHead = true
    skipped = 0
    return write(...args)
  }) as Socket['write']
  socket.read = (size?: number): unknown => {
    for (;;) {
      if (rest) return nextPiece(rest)
      const chunk = read(size) as Buffer | null
      if (chunk === null || !isAtHead) return chunk && nextPiece(chunk)
      const left = afterInformational(begun.length > 0 ? Buffer.concat([begun, chunk]) : chunk)
      if (left && left.length > 0) return nextPiece(left)
    }
  }
  return socket

  /** undici makes an error of every header beyond its limit until the end of a piece, so pieces are small. */
  function nextPiece(bytes: Buffer): Buffer | null {
    rest = bytes.length > mostInPiece && !socket.destroyed ? bytes.subarray(mostInPiece) : undefined
    if (socket.destroyed) return null
    return bytes.length > mostInPiece ? bytes.subarray(0, mostInPiece) : bytes
  }

  /** What follows the informational answers; `undefined` if more is needed to tell. */
  function afterInformational(bytes: Buffer): Buffer | undefined {
    let from = 0
    for (;;) {
      if (bytes.length - from >= longestBeginning && bytes[from + statusAt] !== one)
        return atHeadNoMore(from === 0 ? bytes : bytes.subarray(from))
      const head = bytes.toString('latin1', from, from + longestBeginning)
      const mayBegin = head.length < longestBeginning && 'HTTP/1.1 1'.startsWith(head.slice(0, 10).replace('/1.0', '/1.1'))
      const end = beginning.test(head) ? bytes.indexOf('\r\n\r\n', from) : -1
      if (!beginning.test(head) && !mayBegin) {
        return atHeadNoMore(bytes.subarray(from))
      }
      if (end === -1) {
        begun = bytes.subarray(from)
        return begun.length + skipped > mostBytes ? giveUp() : undefined
      }
      skipped += end + 4 - from
      from = end + 4
      if (skipped > mostBytes) return giveUp()
    }
  }

  function atHeadNoMore(bytes: Buffer): Buffer {
    isAtHead = false
    begun = nothing
    return bytes
  }

  function giveUp(): undefined {
    begun = nothing
    socket.destroy(Object.assign(new Error('It sends informational answers without end.'), { code: 'UND_ERR_HEADERS_OVERFLOW' }))
  }
}
