import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32Of } from './crc32.js'
import { inflateRawSync } from 'node:zlib'
import { StoreError } from '../../ports/store.js'
import { storeFailure } from './failure.js'
import { makeFolders, privateFile, privateFolder } from './make-folders.js'

// PKWARE's APPNOTE 6.3.10, as far as archives of CI services need it: entries that are stored or deflated, neither encrypted nor larger than
// 4 GiB. What is read is what the central directory at the end lists.
const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const endBytes = 22
const longestComment = 0xffff
/** Sizes and offsets of zip64 are elsewhere. */
const elsewhere = 0xffffffff
/** An archive may unpack to at most this much. */
const mostBytes = 8 * 1024 ** 3

interface Entry {
  readonly name: string
  readonly method: number
  readonly isEncrypted: boolean
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/**
 * Unpacks an archive.
 *
 * @param into  An empty folder of ours.
 * @throws {StoreError} when it is damaged, names a place outside, or needs what this reader does not know.
 */
export function unzip(path: string, into: string): void {
  const file = opened(path)
  try {
    const entries = entriesIn(path, file)
    const size = entries.reduce((sum, entry) => sum + entry.size, 0)
    if (size > mostBytes) throw unfit(path, `it unpacks to more than ${mostBytes / 1024 ** 3} GiB`)
    for (const entry of entries.filter(({ name }) => !name.endsWith('/'))) {
      const target = join(into, safeName(path, entry.name))
      makeFolders(dirname(target), privateFolder)
      writeFileSync(target, contentOf(path, file, entry), { mode: privateFile })
    }
  } finally {
    closeSync(file)
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    throw storeFailure('unreadable', `Cannot read ${path}`, cause, 'Name an archive that you may read.')
  }
}

/** What the central directory lists. */
function entriesIn(path: string, file: number): Entry[] {
  const { size } = fstatSync(file)
  const tail = bytesAt(file, Math.max(0, size - endBytes - longestComment), Math.min(size, endBytes + longestComment))
  let at = tail.length - endBytes
  while (at >= 0 && tail.readUInt32LE(at) !== endSignature) at -= 1
  if (at < 0) throw unfit(path, 'it is no zip archive, or was cut off')
  const [count, length, offset] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  if (count === 0xffff || length === elsewhere || offset === elsewhere) throw unfit(path, 'it is in the format zip64')
  if (offset + length > size) throw unfit(path, 'it was cut off')
  const directory = bytesAt(file, offset, length)
  const entries: Entry[] = []
  for (let place = 0; entries.length < count;) {
    if (place + 46 > directory.length || directory.readUInt32LE(place) !== entrySignature) throw unfit(path, 'its directory is damaged')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(field => directory.readUInt16LE(place + field)) as [
      number,
      number,
      number,
    ]
    entries.push({
      name: directory.toString('utf8', place + 46, place + 46 + nameLength),
      isEncrypted: (directory.readUInt16LE(place + 8) & 1) === 1,
      method: directory.readUInt16LE(place + 10),
      crc: directory.readUInt32LE(place + 16),
      packed: directory.readUInt32LE(place + 20),
      size: directory.readUInt32LE(place + 24),
      offset: directory.readUInt32LE(place + 42),
    })
    place += 46 + nameLength + extraLength + commentLength
  }
  return entries
}

function contentOf(path: string, file: number, { name, method, isEncrypted, crc, packed, size, offset }: Entry): Buffer {
  if (isEncrypted) throw unfit(path, `${name} is encrypted`)
  if (packed === elsewhere || size === elsewhere) throw unfit(path, 'it is in the format zip64')
  const head = bytesAt(file, offset, 30)
  if (head.length < 30 || head.readUInt32LE(0) !== localSignature) throw unfit(path, `${name} is damaged`)
  const bytes = bytesAt(file, offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), packed)
  const content = method === 0 ? bytes : method === 8 ? inflated(bytes, size) : undefined
  if (!content) throw unfit(path, method === 8 ? `${name} is damaged` : `${name} is packed by method ${method}`)
  if (content.length !== size || crc32Of(content) !== crc) throw unfit(path, `${name} is damaged`)
  return content
}

function inflated(bytes: Buffer, size: number): Buffer | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) })
  } catch {
    return undefined
  }
}

/** @throws {StoreError} for a name that leads outside. */
function safeName(path: string, name: string): string {
  const parts = name.split(/[/\\]/)
  if (name.includes('\0') || /^[a-z]:/i.test(name) || parts.some(part => part === '..' || part === '')) {
    throw unfit(path, `it names a place outside: ${JSON.stringify(name)}`)
  }
  return join(...parts)
}

function bytesAt(file: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const read = readSync(file, bytes, done, length - done, offset + done)
    if (read === 0) break
    done += read
  }
  return bytes.subarray(0, done)
}

/** @param why  As half a sentence. */
function unfit(path: string, why: string): StoreError {
  return new StoreError('damaged', `${path} cannot be unpacked: ${why}. Unpack it yourself, and name the folder.`)
}
