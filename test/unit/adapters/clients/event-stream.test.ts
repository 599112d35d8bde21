import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEventStream, type StreamMessage } from '../../../../src/adapters/clients/event-stream.js'

async function read(pieces: readonly Uint8Array[]): Promise<StreamMessage[]> {
  const messages: StreamMessage[] = []
  async function* body(): AsyncGenerator<Uint8Array> {
    yield* pieces
  }
  for await (const message of readEventStream(body())) messages.push(message)
  return messages
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

test('data, ids, comments and fields that are of no use', async () => {
  const text = 'retry: 2000\n\n: nothing new\n\nid: 1\ndata: {"a":1}\n\ndata: two\ndata:  lines\nevent: x\n\nid\ndata\n\ndata: torn off'
  expect(await read([bytesOf(text)])).toEqual([
    { lastId: '1', data: '{"a":1}' },
    { lastId: '1', data: 'two\n lines' },
    { lastId: '', data: '' },
  ])
})

test('it does not matter how the stream is cut into pieces, or how its lines end', async () => {
  const line = fc.string({ unit: 'grapheme' }).map(text => text.replaceAll(/[\r\n]/g, ' '))
  const message = fc.record({ id: fc.nat().map(String), lines: fc.array(line, { minLength: 1, maxLength: 3 }) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { maxLength: 5 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat(20), { minLength: 1 }),
      async (messages, end, cuts) => {
        const text = messages.map(({ id, lines }) => [`id: ${id}`, ...lines.map(each => `data: ${each}`), '', ''].join(end)).join('')
        // A CR at the very end may have its LF still to come.
        const bytes = bytesOf(`${text}: end\n`)
        const pieces: Uint8Array[] = []
        for (let at = 0, i = 0; at < bytes.length; i += 1) {
          const length = (cuts[i % cuts.length] ?? 0) + 1
          pieces.push(bytes.subarray(at, at + length))
          at += length
        }
        expect(await read(pieces)).toEqual(messages.map(({ id, lines }) => ({ lastId: id, data: lines.join('\n') })))
      },
    ),
  )
})
