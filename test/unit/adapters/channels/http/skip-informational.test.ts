import { PassThrough } from 'node:stream'
import type { Socket } from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { skipInformational } from '../../../../../src/adapters/channels/http/skip-informational.js'

/** What is read of an answer that arrives in these pieces. */
function readOf(pieces: readonly string[]): { read: string; error: Error | undefined } {
  const stream = new PassThrough()
  let error: Error | undefined
  stream.on('error', thrown => (error = thrown))
  const source: string[] = [...pieces]
  // A stream as a socket is: what is written goes elsewhere.
  const socket = Object.assign(stream, {
    write: () => true,
    read: () => (source.length > 0 ? Buffer.from(source.shift()!, 'latin1') : null),
    destroy: (cause: Error) => {
      error = cause
      source.length = 0
    },
  }) as unknown as Socket
  skipInformational(socket)
  socket.write('GET / HTTP/1.1\r\n\r\n')
  let read = ''
  for (let chunk = socket.read() as Buffer | null; chunk; chunk = socket.read() as Buffer | null) read += chunk.toString('latin1')
  return { read, error }
}

const real = 'HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nHTTP/1.1 100 no head.'

describe('informational answers', () => {
  test('are left out, however the bytes are cut, and the answer stays as it is', () => {
    const informational = fc.constantFrom(
      'HTTP/1.1 100 Continue\r\n\r\n',
      'HTTP/1.1 103 Early\r\nlink: </a>\r\n\r\n',
      'HTTP/1.0 199 \r\n\r\n',
    )
    fc.assert(
      fc.property(fc.array(informational, { maxLength: 4 }), fc.array(fc.nat(200), { maxLength: 8 }), (before, cuts) => {
        const all = before.join('') + real
        const at = [0, ...cuts.filter(cut => cut > 0 && cut < all.length), all.length].toSorted((a, b) => a - b)
        const pieces = at.slice(1).map((end, i) => all.slice(at[i], end))
        expect(readOf(pieces.filter(piece => piece !== ''))).toEqual({ read: real, error: undefined })
      }),
    )
  })

  test.each(['HTTP/1.1 101 Switching Protocols\r\n\r\n', 'HTTP/1.1 abc', 'junk', 'HTTP/2 100 \r\n\r\n', '{"reply":"a"}'])(
    '%j is none',
    answer => {
      expect(readOf([answer]).read).toBe(answer)
    },
  )

  test('without end are the end of the connection', () => {
    const { read, error } = readOf(Array.from({ length: 5_000 }, () => 'HTTP/1.1 100 Continue\r\n\r\n'))
    expect({ read, code: (error as NodeJS.ErrnoException).code }).toEqual({ read: '', code: 'UND_ERR_HEADERS_OVERFLOW' })
  })

  test('whose head has no end are the end of the connection too', () => {
    const { error } = readOf(['HTTP/1.1 100 Continue\r\n', ...Array.from({ length: 5_000 }, () => 'x-a: 1234567890\r\n')])
    expect((error as NodeJS.ErrnoException).code).toBe('UND_ERR_HEADERS_OVERFLOW')
  })
})
