import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { crc32Of } from '../../../../src/adapters/stores/crc32.js'
import { unzip } from '../../../../src/adapters/stores/zip.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callsheet-zip-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Packed {
  readonly name: string
  readonly text?: string
  readonly method?: number
  readonly flags?: number
  readonly crc?: number
  readonly size?: number
}

/** An archive as CI services write it. */
function archive(entries: readonly Packed[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text = '', method = 8, flags = 0, crc, size } of entries) {
    const bytes = Buffer.from(text)
    const content = method === 8 ? deflateRawSync(bytes) : bytes
    const head = Buffer.alloc(46)
    head.writeUInt32LE(0x02014b50, 0)
    head.writeUInt16LE(flags, 8)
    head.writeUInt16LE(method, 10)
    head.writeUInt32LE(crc ?? crc32Of(bytes), 16)
    head.writeUInt32LE(content.length, 20)
    head.writeUInt32LE(size ?? bytes.length, 24)
    head.writeUInt16LE(Buffer.byteLength(name), 28)
    head.writeUInt32LE(offset, 42)
    directory.push(head, Buffer.from(name))
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    locals.push(local, Buffer.from(name), content)
    offset += 30 + Buffer.byteLength(name) + content.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, listed, end])
}

function unpacked(bytes: Buffer): () => void {
  writeFileSync(join(folder, 'a.zip'), bytes)
  return () => unzip(join(folder, 'a.zip'), join(folder, 'out'))
}

test('files come out, stored or deflated, in their folders', () => {
  unpacked(
    archive([
      { name: 'r/', method: 0 },
      { name: 'r/journal.jsonl', text: 'ä'.repeat(1000) },
      { name: 'r/empty', method: 0 },
      { name: 'b', text: 'stored', method: 0 },
    ]),
  )()
  expect(readFileSync(join(folder, 'out/r/journal.jsonl'), 'utf8')).toBe('ä'.repeat(1000))
  expect(readFileSync(join(folder, 'out/r/empty'), 'utf8')).toBe('')
  expect(readFileSync(join(folder, 'out/b'), 'utf8')).toBe('stored')
})

const good = archive([{ name: 'a', text: 'words' }])
test.each([
  ['what is no archive', Buffer.from('nothing'), 'it is no zip archive'],
  ['an archive that was cut', good.subarray(0, -30), 'it is no zip archive, or was cut off'],
  ['a place above', archive([{ name: '../a', text: 'x' }]), 'it names a place outside: "../a"'],
  ['a place from the root', archive([{ name: '/etc/a', text: 'x' }]), 'it names a place outside'],
  ['a place on another drive', archive([{ name: 'c:a', text: 'x' }]), 'it names a place outside'],
  ['an encrypted file', archive([{ name: 'a', text: 'x', flags: 1 }]), 'a is encrypted'],
  ['an unknown method', archive([{ name: 'a', text: 'x', method: 12 }]), 'a is packed by method 12'],
  ['another checksum', archive([{ name: 'a', text: 'x', crc: 7 }]), 'a is damaged'],
  ['more than it says', archive([{ name: 'a', text: 'x'.repeat(10_000), size: 10 }]), 'a is damaged'],
  ['far too much', archive(Array.from({ length: 3 }, () => ({ name: 'a', text: 'x', size: 0xfffffffe }))), 'it unpacks to more than 8 GiB'],
  ['zip64', archive([{ name: 'a', text: 'x', size: 0xffffffff }]), 'it is in the format zip64'],
])('%s is refused, and says what to do', (_, bytes, why) => {
  const unpack = unpacked(bytes)
  expect(unpack).toThrow(why)
  expect(unpack).toThrow('Unpack it yourself, and name the folder.')
  expect(existsSync(join(folder, 'a'))).toBe(false)
})

test('any byte that was changed is found, or changes nothing that is read', () => {
  const messages: string[] = []
  for (let at = 0; at < good.length; at += 1) {
    const changed = Buffer.from(good)
    changed[at] = changed[at]! ^ 0x55
    try {
      unpacked(changed)()
    } catch (cause) {
      messages.push(String(cause))
    }
    rmSync(join(folder, 'out'), { recursive: true, force: true })
  }
  expect(messages.filter(message => !message.includes('a.zip cannot be unpacked'))).toEqual([])
  expect(messages.length).toBeGreaterThan(40)
})
