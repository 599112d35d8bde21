/** The keys of a telephone, by their numbers in events (RFC 4733, 3.2). */
const keys = '0123456789*#ABCD'

/** One packet of a key that is held down. */
export interface KeyEvent {
  readonly key: string
  readonly isEnd: boolean
  /** For how long the key has been down, in units of the timestamps. */
  readonly duration: number
}

export function isKey(character: string): boolean {
  return character.length === 1 && keys.includes(character.toUpperCase())
}

/** @returns `undefined` for what is no key: a flash, a fax tone, or no event at all. */
export function readKeyEvent(payload: Buffer): KeyEvent | undefined {
  const key = payload.length >= 4 ? keys[payload[0]!] : undefined
  return key === undefined ? undefined : { key, isEnd: (payload[1]! & 0x80) !== 0, duration: payload.readUInt16BE(2) }
}

export function writeKeyEvent({ key, isEnd, duration }: KeyEvent): Buffer {
  const bytes = Buffer.of(keys.indexOf(key.toUpperCase()), (isEnd ? 0x80 : 0) | 10, 0, 0)
  bytes.writeUInt16BE(duration, 2)
  return bytes
}
