import fc from 'fast-check'

/** Changes a message here and there. */
export type Mutation = (bytes: Buffer) => Buffer

/** Changes of one message: bytes set, put in, taken out, repeated, or its end cut off. */
export const mutation: fc.Arbitrary<Mutation> = fc
  .array(
    fc.record({
      place: fc.nat(),
      how: fc.constantFrom('set', 'insert', 'delete', 'repeat', 'cut'),
      byte: fc.nat({ max: 255 }),
      length: fc.nat({ max: 400 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(
    changes => bytes => changes.reduce((each, { place, ...change }) => changed(each, { at: place % (each.length + 1), ...change }), bytes),
  )

interface Change {
  readonly at: number
  readonly how: string
  readonly byte: number
  readonly length: number
}

function changed(bytes: Buffer, { at, how, byte, length }: Change): Buffer {
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (how) {
    case 'set':
      return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)])
    case 'insert':
      return Buffer.concat([before, Buffer.from([byte]), after])
    case 'delete':
      return Buffer.concat([before, after.subarray(length % 20)])
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, length), after])
    default:
      return bytes.length > 200 ? bytes.subarray(0, bytes.length - (length % 100)) : bytes
  }
}
