import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/adapters/stores/database/database.js'
import { connect } from '../../src/adapters/stores/database/open.js'
import { StoreError } from '../../src/ports/store.js'
import { startPostgres, type TestPostgres } from '../support/postgres.js'
import { isMissing } from '../support/services.js'
import { begin, describeDatabase, ended, passed, project, started, type DatabaseHost } from './database.js'

describeDatabase('a file', async () => folders())

describe.skipIf(isMissing('PostgreSQL'))('a database server', () => {
  let postgres: TestPostgres

  beforeAll(async () => {
    postgres = await startPostgres()
  }, 60_000)

  afterAll(() => postgres?.[Symbol.asyncDispose]())

  describeDatabase('PostgreSQL', async () => ({ make: () => postgres.database(), [Symbol.asyncDispose]: async () => undefined }))

  test('that is gone for a while is waited for, and nothing is lost or written twice', async () => {
    const told: string[] = []
    await using database = await openDatabase(await postgres.database(), {
      onLost: ({ message }) => told.push(message),
      onBack: () => told.push('back'),
    })
    const { result, firstRun } = await begin(database, { runs: 200 })
    await using journal = await database.journal(result)
    const tell = async (from: number, to: number): Promise<void> => {
      for (let index = from; index < to; index += 1) {
        journal.append(started(index))
        journal.append(ended(index, passed))
        if (index % 5 === 0) await wait(1)
      }
    }
    // It goes down again and again while there is something to write.
    for (const from of [0, 50, 100]) {
      const telling = tell(from, from + 50)
      await wait(5)
      await postgres.stop()
      await telling
      await postgres.start()
    }
    await journal.flush()
    await postgres.stop()
    await tell(150, 200)
    const flushed = journal.flush()
    while (told.at(-1) === 'back') await wait(5)
    await expect(database.result(project, result)).rejects.toThrow(StoreError)
    await expect(begin(database)).rejects.toThrow(
      /Cannot use the database postgres:\/\/127\.0\.0\.1:\d+\/callsheet_\d+: .*\. Look whether it runs/,
    )
    await postgres.start()
    await flushed

    expect((await database.result(project, result))?.counts).toMatchObject({ ended: 200, passed: 200 })
    expect((await database.events(result, 0, 1000)).map(({ sequence }) => sequence)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1))
    expect(await database.run(project, firstRun + 199)).toMatchObject({ state: 'ended', outcome: 'passed' })
    expect(told.at(-1)).toBe('back')
    expect(told.filter(text => text.includes('Cannot use the database'))).toHaveLength(told.filter(text => text === 'back').length)
  })

  test('has one server at a time: the next one waits until it is gone, however it goes', async () => {
    const place = await postgres.database()
    const told: string[] = []
    const first = await openDatabase(place, { onOther: () => undefined })
    const opening = openDatabase(place, { onOther: why => told.push(why) })
    while (told.length === 0) await wait(10)
    expect(told).toEqual([expect.stringMatching(/^Another server works with .*: waiting for it to go\.$/)])
    await using _reader = await openDatabase(place)
    await first[Symbol.asyncDispose]()
    await using second = await opening
    expect(await second.unfinished()).toEqual([])

    // With the connection the lock is lost; it is taken again, and holds.
    await postgres.stop()
    await postgres.start()
    await using db = await connect(place)
    const isLocked = async (): Promise<boolean> =>
      (await sql`select 1 from pg_locks where locktype = 'advisory'`.execute(db)).rows.length > 0
    while (!(await isLocked())) await wait(20)
    const third = openDatabase(place, { onOther: why => told.push(why) })
    while (told.length === 1) await wait(10)
    await second[Symbol.asyncDispose]()
    await (await third)[Symbol.asyncDispose]()
  })

  test('that cannot be reached is told of without its password', async () => {
    const opening = openDatabase('postgres://me:secret@127.0.0.1:1/results?sslmode=disable')
    const told = /^Cannot use the database postgres:\/\/127\.0\.0\.1:1\/results: .*ECONNREFUSED/
    await expect(opening).rejects.toThrow(told)
    await expect(openDatabase('postgres://me:secret@127.0.0.1:1/results', { onOther: () => undefined })).rejects.toThrow(told)
  })
})

function folders(): DatabaseHost {
  const root = mkdtempSync(join(tmpdir(), 'callsheet-database-'))
  let made = 0
  return {
    make: async () => join(root, String((made += 1))),
    [Symbol.asyncDispose]: async () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  }
}
