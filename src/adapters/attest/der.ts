/** A value in DER, with its own bytes and those of its content. */
export interface DerValue {
  /** Its first byte: class, form and number. */
  readonly tag: number
  readonly content: Buffer
  /** With tag and length. */
  readonly bytes: Buffer
}

export const derTags = { boolean: 0x01, integer: 0x02, octets: 0x04, objectId: 0x06, time: 0x18, sequence: 0x30, set: 0x31 } as const

/** Bytes are not DER, or not in the shape that was expected. */
export class NotDer extends Error {
  override readonly name = 'NotDer'
}

/** The values that bytes are a row of. @throws {NotDer} */
export function derValues(bytes: Buffer): DerValue[] {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length;) {
    const value = derValueAt(bytes, at)
    values.push(value)
    at += value.bytes.length
  }
  return values
}

/** The parts of a value that has some. @throws {NotDer} when it has another tag, or its parts are not DER. */
export function derParts(value: DerValue | undefined, tag: number): DerValue[] {
  return derValues(derContent(value, tag))
}

/** @throws {NotDer} when the value is missing or has another tag. */
export function derContent(value: DerValue | undefined, tag: number): Buffer {
  if (value?.tag !== tag) throw new NotDer(`a value with the tag ${tag} was expected`)
  return value.content
}

/** `1.2.840.113549.1.7.2` @throws {NotDer} */
export function objectIdOf(value: DerValue | undefined): string {
  const bytes = derContent(value, derTags.objectId)
  const numbers: number[] = []
  let number = 0
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      numbers.push(number)
      number = 0
    }
  }
  const [first = 0, ...rest] = numbers
  const root = Math.min(Math.floor(first / 40), 2)
  return [root, first - 40 * root, ...rest].join('.')
}

function derValueAt(bytes: Buffer, at: number): DerValue {
  const [tag, short] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || short === undefined || (tag & 0x1f) === 0x1f) throw new NotDer('a tag or a length is missing')
  const long = short > 0x80 ? short & 0x7f : 0
  if (short === 0x80 || long > 4 || at + 2 + long > bytes.length) throw new NotDer('a length is not one of DER')
  const length = long === 0 ? short : bytes.readUIntBE(at + 2, long)
  const start = at + 2 + long
  if (start + length > bytes.length) throw new NotDer('it ends within a value')
  return { tag, content: bytes.subarray(start, start + length), bytes: bytes.subarray(at, start + length) }
}
