import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { besideResult } from '../../../src/adapters/recordings/beside-result.js'
import { inFolder, inFoldersOfResults } from '../../../src/adapters/recordings/in-folder.js'
import { createWorkFolder, type WorkFolder } from '../../../src/adapters/recordings/work-folder.js'
import type { KeptRecording, Recordings } from '../../../src/ports/recordings.js'

let root: string
let work: WorkFolder
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'callsheet-recordings-'))
  work = createWorkFolder()
})
afterEach(() => {
  work[Symbol.dispose]()
  rmSync(root, { recursive: true, force: true })
})

async function textOf(kept: KeptRecording | undefined, from = 0, to = (kept?.bytes ?? 0) - 1): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of kept!.read(from, to)) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

const places: [string, () => Recordings, (name: string) => string][] = [
  ['in the folders of results', () => inFoldersOfResults(root), name => `recordings/${name}`],
  ["in a folder of the user's choice", () => inFolder(root, work), name => pathToFileURL(join(root, '7', name)).href],
]

test.each(places)('recordings %s are kept, found by the byte, and forgotten with their result', async (_, open, pathOf) => {
  const recordings = open()
  const own = recordings.of('7')
  writeFileSync(join(own.begin(), '1-1.wav'), 'sound of a call')
  writeFileSync(join(recordings.of('8').begin(), '1-1.wav'), 'another')
  await recordings.of('8').keep('1-1.wav')
  const path = await own.keep('1-1.wav')
  expect(path).toBe(pathOf('1-1.wav'))
  const found = await recordings.find('7', path)
  expect(found?.bytes).toBe(15)
  expect(await textOf(found)).toBe('sound of a call')
  expect(await textOf(found, 9, 10)).toBe('a ')
  await recordings.forget('7')
  await recordings.forget('7')
  expect(await recordings.find('7', path)).toBeUndefined()
  expect(existsSync(join(root, '7'))).toBe(false)
  expect(await textOf(await recordings.find('8', path))).toBe('another')
})

test.each(places)('recordings %s: nothing else is found, whoever wrote its path', async (_, open) => {
  writeFileSync(join(root, 'secret.wav'), 'secret')
  writeFileSync(join(root, '1-1.wav'), 'secret')
  const recordings = open()
  writeFileSync(join(recordings.of('7').begin(), 'notes.txt'), 'secret')
  for (const path of ['../secret.wav', '../1-1.wav', '/etc/passwd', 'recordings/notes.txt', '', '..', '1-1.wav/..'])
    expect(await recordings.find('7', path)).toBeUndefined()
})

test('what a crash left of calls is gone when the next ones are recorded, and finished recordings stay', () => {
  const place = besideResult(root)
  const folder = place.begin()
  for (const name of ['1-1.pcm', '1-1.wav.part', '2-1.wav']) writeFileSync(join(folder, name), 'x')
  expect(place.begin()).toBe(folder)
  expect(['1-1.pcm', '1-1.wav.part', '2-1.wav'].filter(name => existsSync(join(folder, name)))).toEqual(['2-1.wav'])
})

test('a work folder makes nothing before it is used, and takes all with it', () => {
  using other = createWorkFolder()
  const folder = other.folder('a')
  writeFileSync(join(folder, 'x'), 'x')
  expect(other.folder('a')).toBe(folder)
  expect(readFileSync(join(folder, 'x'), 'utf8')).toBe('x')
  other[Symbol.dispose]()
  expect(existsSync(folder)).toBe(false)
})
