import Libsql from 'libsql'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepingStatements } from '../../../../../src/adapters/stores/database/kept-statements.js'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callsheet-statements-'))
  file = join(folder, 'a.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

function open(): { database: InstanceType<typeof Libsql>; prepared: string[]; kept: ReturnType<typeof keepingStatements> } {
  const database = new Libsql(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 1; create table if not exists things (name text not null)')
  const prepared: string[] = []
  const kept = keepingStatements({
    prepare(sql) {
      prepared.push(sql)
      return database.prepare(sql)
    },
    close: () => void database.close(),
  })
  return { database, prepared, kept }
}

it('prepares a statement once, and answers as the database would', () => {
  const { prepared, kept } = open()
  for (const name of ['a', 'b', 'c']) kept.prepare('insert into things values (?)').run([name])
  for (let i = 0; i < 3; i += 1) {
    expect(kept.prepare('select name from things where name > ?').all(['a'])).toEqual([{ name: 'b' }, { name: 'c' }])
  }
  expect(prepared).toEqual(['insert into things values (?)', 'select name from things where name > ?'])
})

it('sees what others wrote, and columns that are added later', () => {
  const { kept } = open()
  const other = new Libsql(file)
  kept.prepare('select * from things').all([])
  other.exec("insert into things values ('x')")
  expect(kept.prepare('select * from things').all([])).toEqual([{ name: 'x' }])
  other.exec('alter table things add column more text')
  expect(kept.prepare('select * from things').all([])).toEqual([{ name: 'x', more: null }])
  other.close()
})

it('prepares a statement anew after it failed', () => {
  const { prepared, kept } = open()
  const insert = 'insert into things values (?)'
  kept.prepare(insert).run(['a'])
  expect(() => kept.prepare(insert).run([null])).toThrow(/NOT NULL/)
  kept.prepare(insert).run(['b'])
  kept.prepare(insert).run(['c'])
  expect(kept.prepare('select name from things').all([])).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }])
  expect(prepared).toEqual([insert, insert, 'select name from things'])
})

it('keeps no more than it may', () => {
  const { prepared, kept } = open()
  for (let round = 0; round < 2; round += 1) {
    for (let i = 0; i < 300; i += 1) expect(kept.prepare(`select ${i} as n`).all([])).toEqual([{ n: i }])
  }
  expect(prepared).toHaveLength(600)
})
