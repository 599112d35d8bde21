import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../../src/adapters/stores/database/database.js'
import { createFileStore } from '../../../../src/adapters/stores/file.js'

let folder: string
let before: number

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callsheet-modes-'))
  // As on most machines, where others may read what one writes.
  before = process.umask(0o022)
})

afterEach(() => {
  process.umask(before)
  rmSync(folder, { recursive: true, force: true })
})

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)

test('a result is for its owner only: its folder, its journal and its lock', async () => {
  const place = join(folder, 'results', 'one')
  await using journal = await createFileStore().create(place)
  journal.append({ type: 'suite.started' } as never)
  expect(modeOf(place)).toBe('700')
  expect(readdirSync(place).map(name => `${name} ${modeOf(join(place, name))}`)).toEqual(['journal.jsonl 600', 'lock.1 600'])
  // The folder above is not ours.
  expect(modeOf(join(folder, 'results'))).toBe('755')
})

test('an embedded database is for its owner only, with the files that SQLite puts beside it', async () => {
  const place = join(folder, 'server')
  await using database = await openDatabase(place)
  await database.keepDocument('digest', 'body')
  expect(modeOf(place)).toBe('700')
  const files = readdirSync(place).filter(name => name.startsWith('callsheet.db'))
  expect(files).toEqual(['callsheet.db', 'callsheet.db-shm', 'callsheet.db-wal'])
  expect(files.map(name => modeOf(join(place, name)))).toEqual(['600', '600', '600'])
})
