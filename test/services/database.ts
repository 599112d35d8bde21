import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/adapters/stores/database/database.js'
import { migrations, refuseOtherTables } from '../../src/adapters/stores/database/migrate.js'
import { connect } from '../../src/adapters/stores/database/open.js'
import { readFromDatabase } from '../../src/adapters/stores/database/read-result.js'
import { planDocument } from '../../src/app/plan-document.js'
import { startedEvent } from '../../src/app/started-event.js'
import { eventVersion, type RunEnded, type SuiteEvent } from '../../src/domain/event.js'
import type { ResultId, RunKey } from '../../src/domain/ids.js'
import { scored, type Outcome } from '../../src/domain/outcome.js'
import type { RunRequest } from '../../src/domain/run-request.js'
import { namedAs, type Database, type IdempotencyKey, type NamedThing, type NewResult } from '../../src/ports/database.js'
import { StoreError } from '../../src/ports/store.js'
import { document, scenario } from '../support/build.js'

/** A database server, or what stands for one, that makes empty databases. */
export interface DatabaseHost extends AsyncDisposable {
  /** @returns The place of a new, empty database. */
  make(): Promise<string>
}

/** What every database has to keep, for servers and for reports. */
export function describeDatabase(what: string, startHost: () => Promise<DatabaseHost>): void {
  describe(`results in ${what}`, () => {
    let host: DatabaseHost
    let place: string
    let database: Database

    beforeAll(async () => {
      host = await startHost()
      place = await host.make()
      database = await openDatabase(place)
    }, 60_000)

    afterAll(async () => {
      await database?.[Symbol.asyncDispose]()
      await host?.[Symbol.asyncDispose]()
    })

    test('a result begins with all its runs, whose ids follow one another in plan order', async () => {
      const [first, second] = [await begin(database, { runs: 5 }), await begin(database, { runs: 3 })]
      expect(second.result).toBe(first.result + 1)
      expect(second.firstRun).toBe(first.firstRun + 5)
      expect(await database.result(project, second.result)).toMatchObject({
        id: second.result,
        project,
        suite: 'suite.yaml',
        agentId: 7,
        state: 'pending',
        firstRun: second.firstRun,
        revision: 1,
        counts: { total: 3, ended: 0, scored: 0, passed: 0, cancelled: 0 },
        started: { type: 'suite.started', result: String(second.result) },
      })
      const { count, items } = await database.runs(project, { result: second.result }, { page: 1, size: 10 })
      expect(count).toBe(3)
      expect(items.map(({ id, index, state, attempt }) => ({ id, index, state, attempt }))).toEqual(
        [0, 1, 2].map(index => ({ id: second.firstRun + index, index, state: 'pending', attempt: 0 })),
      )
    })

    test('nothing of a project is found under another', async () => {
      const { result, firstRun } = await begin(database)
      expect(await database.result('another', result)).toBeUndefined()
      expect(await database.revision('another', result)).toBeUndefined()
      expect(await database.run('another', firstRun)).toBeUndefined()
      expect(await database.runsById('another', [firstRun])).toEqual([])
      expect(await database.runs('another', { result }, { page: 1, size: 9 })).toEqual({ count: 0, items: [] })
      expect((await database.results('another', {}, { page: 1, size: 9 })).count).toBe(0)
    })

    test('many begin at once, and none gets the ids of another', async () => {
      const begun = await Promise.all(Array.from({ length: 20 }, (_, i) => begin(database, { runs: i + 1 })))
      expect(new Set(begun.map(({ result }) => result)).size).toBe(20)
      const ids = begun.flatMap(({ firstRun }, i) => Array.from({ length: i + 1 }, (__, index) => firstRun + index))
      expect(new Set(ids).size).toBe(ids.length)
    })

    test('of many who begin at once with one idempotency key, one does, and the others hear of its result', async () => {
      const sent = key()
      const begun = await Promise.all(Array.from({ length: 12 }, () => database.begin(wanted(), sent)))
      const [own] = begun.filter(({ status }) => status === 'begun')
      expect(begun.filter(({ status }) => status === 'begun')).toHaveLength(1)
      expect(begun.filter(({ status }) => status === 'known')).toEqual(
        Array.from({ length: 11 }, () => ({ status: 'known', result: own?.result, same: true })),
      )
      const { result: next } = await begin(database)
      expect(next).toBe((own?.result ?? 0) + 1)
    })

    test('a key of another request is told apart; one of another project, or that is too old, does not count', async () => {
      const sent = key()
      const { result } = await database.begin(wanted(), sent)
      expect(await database.begin(wanted(), { ...sent, requestHash: 'other' })).toEqual({ status: 'known', result, same: false })
      expect(await database.begin({ ...wanted(), project: 'another' }, sent)).toMatchObject({ status: 'begun' })
      expect(await database.begin(wanted(), { ...sent, notBefore: '2100-01-01T00:00:00.000Z' })).toMatchObject({ status: 'begun' })
    })

    test('a run says since when its attempt waits to be called', async () => {
      const { result, firstRun } = await begin(database, { runs: 3 })
      await using journal = await database.journal(result)
      const later = '2024-05-01T09:00:05.000Z'
      for (const event of [started(0), awaiting(0), started(1), awaiting(1), started(1, 2)]) journal.append(event)
      await journal.flush()
      const since = async (): Promise<(string | undefined)[]> => {
        const { items } = await database.runs(project, { result }, { page: 1, size: 9 })
        return items.map(({ awaitedAt }) => awaitedAt)
      }
      expect(await since()).toEqual([at, undefined, undefined])
      // What a worker tells of an earlier attempt comes too late.
      journal.append(awaiting(1, 1, '2024-05-01T09:00:09.000Z'))
      await journal.flush()
      expect(await since()).toEqual([at, undefined, undefined])
      for (const event of [awaiting(1, 2, later), ended(1, passed), awaiting(1, 3), started(0, 2)]) journal.append(event)
      await journal.flush()
      expect(await since()).toEqual([undefined, later, undefined])
      journal.append(awaiting(1, 3))
      await journal.flush()
      expect(await database.run(project, firstRun + 1)).toMatchObject({ state: 'ended', awaitedAt: later })
      for await (const standings of database.standings(result)) expect(standings[1]).toMatchObject({ awaitedAt: later })
    })

    test('a database from before dial windows and kept lines keeps its results, and gets both', async () => {
      const older = await host.make()
      const before = await openDatabase(older)
      const { result, firstRun } = await begin(before)
      await before[Symbol.asyncDispose]()
      const db = await connect(older)
      await sql`alter table runs drop column awaited_at`.execute(db)
      await sql`drop table kept_lines`.execute(db)
      await sql`delete from callsheet_migrations where name in ('0005-dial-windows', '0006-kept-lines')`.execute(db)
      await expect(readFromDatabase(older, 1)).rejects.toThrow('Start callsheet serve with it once')
      await db.destroy()
      await using after = await openDatabase(older)
      expect(await after.run(project, firstRun)).toMatchObject({ state: 'pending' })
      await after.keepLine(result, 'reviews.jsonl', '{}')
      expect(await after.linesOf(result, 'reviews.jsonl')).toEqual(['{}'])
    })

    test('a result and its runs move along with the events', async () => {
      const { result, firstRun } = await begin(database, { runs: 3 })
      await using journal = await database.journal(result)
      expect(await journal.stored()).toBeUndefined()
      for (const event of [started(0), started(1), turn(0), ended(0, passed)]) journal.append(event)
      await journal.flush()
      expect(await database.result(project, result)).toMatchObject({ state: 'running', counts: { ended: 1, scored: 1, passed: 1 } })
      expect(await database.run(project, firstRun)).toMatchObject({ state: 'ended', outcome: 'passed', ended: ended(0, passed) })
      expect(await database.run(project, firstRun + 1)).toMatchObject({ state: 'in_progress', attempt: 1, startedAt: at })
      expect(await database.run(project, firstRun + 2)).toMatchObject({ state: 'pending' })

      for (const event of [ended(1, broken('reset')), ended(2, { status: 'not_run', reason: 'cancelled' })]) journal.append(event)
      await journal.flush()
      expect(await database.result(project, result)).toMatchObject({ counts: { ended: 3, scored: 1, passed: 1, cancelled: 1 } })
      expect(await database.run(project, firstRun + 1)).toMatchObject({ outcome: 'infra_error', reason: 'reset', message: 'It broke.' })
      const revision = await database.revision(project, result)
      journal.append(turn(0))
      await journal.flush()
      expect(await database.revision(project, result)).toBe(revision)
    })

    test('runs that start at once are written at once, though each waits until its start is stored', async () => {
      const { result } = await begin(database, { runs: 100 })
      await using journal = await database.journal(result)
      const before = (await database.revision(project, result)) ?? 0
      const start = async (index: number): Promise<void> => {
        journal.append(started(index))
        await journal.flush()
      }
      await Promise.all(Array.from({ length: 100 }, (_, index) => start(index)))
      expect(await database.events(result, 0, 200)).toHaveLength(100)
      expect(await database.revision(project, result)).toBe(before + 1)
    })

    test('events come in order, from any of them on; turns are not kept, and an end is whole', async () => {
      const { result } = await begin(database, { runs: 2 })
      await using journal = await database.journal(result)
      const told = [started(0), turn(0), ended(0, passed), started(1), ended(1, passed)]
      for (const event of told) journal.append(event)
      await journal.flush()
      const kept = told.filter(({ type }) => type !== 'run.turn')
      expect(await database.events(result, 0, 100)).toEqual(kept.map((event, i) => ({ sequence: i + 1, event })))
      expect(await database.events(result, 2, 1)).toEqual([{ sequence: 3, event: kept[2] }])
    })

    test('whatever is told, and however often, a run ends once and is counted once', async () => {
      const outcomes = fc.constantFrom<Outcome>(passed, failed, broken('reset'), { status: 'not_run', reason: 'cancelled' })
      const events = fc.array(fc.tuple(fc.nat(3), fc.option(outcomes)), { maxLength: 20 })
      await fc.assert(
        fc.asyncProperty(events, fc.nat(20), async (told, cutAt) => {
          const { result } = await begin(database, { runs: 4 })
          const first = new Map<number, Outcome>()
          for (const part of [told.slice(0, cutAt), told.slice(cutAt)]) {
            // As after a crash: who goes on with it has a journal of its own.
            await using journal = await database.journal(result)
            for (const [index, outcome] of part) {
              journal.append(outcome ? ended(index, outcome) : started(index))
              if (outcome && !first.has(index)) first.set(index, outcome)
            }
          }
          const ends = [...first.values()]
          expect((await database.result(project, result))?.counts).toEqual({
            total: 4,
            ended: ends.length,
            scored: ends.filter(end => 'verdict' in end).length,
            passed: ends.filter(({ status }) => status === 'passed').length,
            cancelled: ends.filter(({ status }) => status === 'not_run').length,
          })
          const { items } = await database.runs(project, { result }, { page: 1, size: 9 })
          expect(items.map(({ outcome }) => outcome)).toEqual([0, 1, 2, 3].map(index => first.get(index)?.status))
        }),
        { numRuns: 25 },
      )
    })

    test('ten thousand runs end at once', async () => {
      const { result } = await begin(database, { runs: 10_000 })
      await using journal = await database.journal(result)
      for (let index = 0; index < 10_000; index += 1) journal.append(ended(index, { status: 'not_run', reason: 'cancelled' }))
      await journal.flush()
      expect((await database.result(project, result))?.counts).toMatchObject({ ended: 10_000, cancelled: 10_000 })
      let [next, batches] = [0, 0]
      for await (const standings of database.standings(result, 10)) {
        expect(standings[0]?.index).toBe(10 + next)
        next += standings.length
        batches += 1
      }
      expect(next).toBe(9990)
      expect(batches).toBeGreaterThan(10)
    })

    test('what one result cannot write does not stop the others', async () => {
      const [mine, other] = [await begin(database), await begin(database)]
      const [first, second, well] = [
        await database.journal(mine.result),
        await database.journal(mine.result),
        await database.journal(other.result),
      ]
      first.append(started(0))
      await first.flush()
      // Two who write one result: the second knows nothing of the first.
      second.append(started(0))
      well.append(ended(0, passed))
      await well.flush()
      await expect(second.flush()).rejects.toThrow(StoreError)
      expect(() => second.append(started(0))).toThrow(StoreError)
      expect((await database.result(project, other.result))?.counts.passed).toBe(1)
    })

    test('a result is read as journals are: its runs in plan order, and the attempts of those that are open', async () => {
      const { result } = await begin(database, { runs: 4 })
      await using journal = await database.journal(result)
      const made = { startedAt: at, durationMs: 5, outcome: broken('reset') }
      const retrying = {
        type: 'run.retrying',
        index: 1,
        run: key1,
        attempt: 1,
        status: 'infra_error',
        because: 'It broke.',
        inMs: 1,
        made,
      } as const
      for (const event of [started(2), ended(2, passed), started(0), ended(0, passed), started(1), retrying, started(1, 2), started(1, 3)])
        journal.append(event)
      const stored = await journal.stored()
      expect(stored?.started.plan.totalRuns).toBe(4)
      expect(stored?.report).toBeUndefined()
      expect(stored?.endsStand).toBe(true)
      expect([0, 1, 2, 3].map(index => stored?.ended(index))).toEqual([true, false, true, false])
      expect(stored?.open).toEqual(new Map([[1, 3]]))
      expect(stored?.attempts?.get(1)?.map(({ outcome }) => 'fault' in outcome && outcome.fault.code)).toEqual([
        'reset',
        'interrupted',
        'interrupted',
      ])
      const batches = []
      for await (const runs of stored?.runs() ?? []) batches.push(...runs)
      expect(batches).toEqual([ended(0, passed), ended(2, passed)])
      const events = []
      for await (const event of (await database.read(result)).events()) events.push(event.type)
      expect(events).toHaveLength(8)
      await expect(database.read(999_999)).rejects.toThrow('There is no result 999999')
    })

    test('lists are paged, newest results first, and searched by a part of the name whatever its case', async () => {
      const own = randomUUID()
      for (const named of ['Nightly ÄRGER 100%', 'nightly', 'a_b', 'a\0b']) await begin(database, { project: own, name: named })
      const found = async (search: string): Promise<string[]> =>
        (await database.results(own, { search }, { page: 1, size: 10 })).items.map(({ request }) => request.name)
      expect(await found('NIGHT')).toEqual(['nightly', 'Nightly ÄRGER 100%'])
      expect(await found('ärger')).toEqual(['Nightly ÄRGER 100%'])
      expect(await found('0%')).toEqual(['Nightly ÄRGER 100%'])
      expect(await found('a_b')).toEqual(['a_b'])
      expect(await found('a\0')).toEqual(['a\0b'])
      expect(await found("'; drop table results --")).toEqual([])
      const page = await database.results(own, { agentId: 7 }, { page: 2, size: 3 })
      expect({ count: page.count, names: page.items.map(({ request }) => request.name) }).toEqual({
        count: 4,
        names: ['Nightly ÄRGER 100%'],
      })
      expect((await database.results(own, { agentId: 8 }, { page: 1, size: 3 })).count).toBe(0)
    })

    test('runs are found by ids, in the order asked for, and by scenario and agent', async () => {
      const own = randomUUID()
      const { firstRun } = await begin(database, { project: own, runs: 3 })
      expect((await database.runsById(own, [firstRun + 2, 999_999, firstRun])).map(({ id }) => id)).toEqual([firstRun + 2, firstRun])
      expect((await database.runs(own, { scenarioId: 12 }, { page: 1, size: 2 })).count).toBe(3)
      expect((await database.runs(own, { scenarioId: 13 }, { page: 1, size: 2 })).count).toBe(0)
      expect((await database.runs(own, { agentId: 7 }, { page: 1, size: 2 })).items).toHaveLength(2)
    })

    test('ids: declared ones as they are, then those given before, then the smallest free ones', async () => {
      const own = randomUUID()
      const idsOf = async (...named: NamedThing[]): Promise<(number | undefined)[]> => {
        const ids = await database.assignIds(own, named)
        return named.map(({ kind, key: name }) => ids.get(namedAs(kind, name)))
      }
      expect(await idsOf(thing('a'), thing('b', 1), thing('c'))).toEqual([2, 1, 3])
      expect(await idsOf(thing('c'), thing('d'))).toEqual([3, 4])
      // One that had left is back; another has claimed what was given to it.
      expect(await idsOf(thing('a'), thing('e', 3), thing('c'))).toEqual([2, 3, 5])
      expect((await database.assignIds(own, [{ kind: 'agent', key: 'a' }])).get(namedAs('agent', 'a'))).toBe(1)
    })

    test('results that are over for long are forgotten with all that belongs to them; the others stay', async () => {
      const own = randomUUID()
      const [old, fresh, open] = [
        await begin(database, { project: own, runs: 3 }),
        await begin(database, { project: own }),
        await begin(database, { project: own }),
      ]
      await over(database, old.result, '2020-01-01T00:00:00.000Z')
      await over(database, fresh.result, '2024-06-01T00:00:00.000Z')
      await database.keepDocument(`unused-${own}`, '{}')
      await database.keepShareToken(`old-${own}`, own, old.result, '2100-01-01T00:00:00.000Z')
      await database.keepShareToken(`fresh-${own}`, own, fresh.result, '2024-07-01T00:00:00.000Z')
      await database.keepShareToken(`spent-${own}`, own, fresh.result, '2024-05-01T00:00:00.000Z')
      await database.keepLine(old.result, 'reviews.jsonl', '{}')
      await database.keepLine(fresh.result, 'reviews.jsonl', '{}')
      const now = '2024-06-02T00:00:00.000Z'

      const cleared: number[] = []
      const clear = async (result: number): Promise<void> => void cleared.push(result)
      expect(await database.forget('2024-01-01T00:00:00.000Z', now, clear)).toEqual({ results: 1 })
      expect(cleared).toEqual([old.result])
      expect(await database.forget('2024-01-01T00:00:00.000Z', now, nothing)).toEqual({ results: 0 })
      expect(await database.result(own, old.result)).toBeUndefined()
      expect(await database.run(own, old.firstRun)).toBeUndefined()
      expect(await database.events(old.result, 0, 9)).toEqual([])
      expect((await database.results(own, {}, { page: 1, size: 9 })).items.map(({ id }) => id)).toEqual([open.result, fresh.result])
      expect((await database.events(fresh.result, 0, 9)).length).toBeGreaterThan(0)
      expect(await database.linesOf(old.result, 'reviews.jsonl')).toEqual([])
      expect(await database.linesOf(fresh.result, 'reviews.jsonl')).toEqual(['{}'])
      expect(await database.shared(`old-${own}`, now)).toBeUndefined()
      expect(await database.shared(`fresh-${own}`, now)).toEqual({ project: own, result: fresh.result })
      expect(await database.shared(`fresh-${own}`, '2024-07-01T00:00:00.000Z')).toBeUndefined()
      // It may be about to be used.
      expect(await database.document(`unused-${own}`)).toBe('{}')
      await database.forget('2024-01-01T00:00:00.000Z', '2100-01-01T00:00:00.000Z', nothing)
      expect(await database.document(`unused-${own}`)).toBeUndefined()
      expect(await database.document('digest')).toBe('{}')
      expect((await database.unfinished()).map(({ id }) => id)).toContain(open.result)
    })

    test('the lines that people keep with a result come back in their order, each file by itself', async () => {
      const [one, other] = [await begin(database, { runs: 1 }), await begin(database, { runs: 1 })]
      const texts = Array.from({ length: 30 }, (_, i) => `{"nth":${i},"says":"\\u0000 it's ☎ \\"quoted\\""}`)
      for (const text of texts) await database.keepLine(one.result, 'reviews.jsonl', text)
      await database.keepLine(one.result, 'other.jsonl', 'x')
      await database.keepLine(other.result, 'reviews.jsonl', 'y')
      expect(await database.linesOf(one.result, 'reviews.jsonl')).toEqual(texts)
      expect(await database.linesOf(other.result, 'reviews.jsonl')).toEqual(['y'])
    })

    test('a result whose other things cannot be deleted is forgotten the next time', async () => {
      const own = randomUUID()
      const { result } = await begin(database, { project: own, runs: 1 })
      await over(database, result, '2020-01-01T00:00:00.000Z')
      await expect(database.forget('2021-01-01T00:00:00.000Z', '2021-01-01T00:00:00.000Z', fails)).rejects.toThrow('The disk is gone.')
      expect(await database.result(own, result)).toBeUndefined()
      expect(await database.forget('2021-01-01T00:00:00.000Z', '2021-01-01T00:00:00.000Z', nothing)).toEqual({ results: 1 })
    })

    test('idempotency keys are forgotten after a day', async () => {
      const sent = key()
      await database.begin({ ...wanted(), createdAt: '2024-06-01T00:00:00.000Z' }, sent)
      await database.forget('2000-01-01T00:00:00.000Z', '2024-06-01T23:00:00.000Z', nothing)
      expect(await database.begin(wanted(), sent)).toMatchObject({ status: 'known' })
      await database.forget('2000-01-01T00:00:00.000Z', '2024-06-02T01:00:00.000Z', nothing)
      expect(await database.begin(wanted(), sent)).toMatchObject({ status: 'begun' })
    })

    test('servers that start at once make the tables once', async () => {
      const empty = await host.make()
      const child = fileURLToPath(new URL('database-child.js', import.meta.url))
      const servers = Array.from({ length: 3 }, () => promisify(execFile)(process.execPath, [child, empty]))
      expect((await Promise.all(servers)).map(({ stdout }) => stdout)).toEqual(['0 unfinished', '0 unfinished', '0 unfinished'])
    })

    test('what was written is there when it is opened again', async () => {
      const again = await host.make()
      const opened = await openDatabase(again)
      const { result } = await begin(opened)
      await opened[Symbol.asyncDispose]()
      await using reopened = await openDatabase(again)
      expect((await reopened.unfinished()).map(({ id }) => id)).toEqual([result])
      expect(await begin(reopened)).toEqual({ status: 'begun', result: result + 1, firstRun: 4 })
    })

    test('a database that a newer version has made is refused, and so is one that no server has used', async () => {
      const other = await host.make()
      const empty = await connect(other)
      await expect(refuseOtherTables(empty, other)).rejects.toThrow('no server has used it yet')
      await empty.destroy()
      await (await openDatabase(other))[Symbol.asyncDispose]()
      const db = await connect(other)
      await refuseOtherTables(db, other)
      await sql`insert into callsheet_migrations (name, timestamp) values ('9999-later', '2100-01-01T00:00:00.000Z')`.execute(db)
      await expect(openDatabase(other)).rejects.toThrow(/made by a newer Callsheet \(it has 9999-later\)\. Update this one/)
      await expect(readFromDatabase(other, 1)).rejects.toThrow('made by a newer Callsheet')
      await db.destroy()
    })

    test('the first migration has the number of the format of events, so that a database with others is refused', () => {
      expect(Number(Object.keys(migrations)[0]?.slice(0, 4))).toBe(eventVersion)
    })

    test('a database of the older format is refused, to write and to read, and is left as it was', async () => {
      const older = await host.make()
      await (await openDatabase(older))[Symbol.asyncDispose]()
      const db = await connect(older)
      const names = async (): Promise<unknown> => (await sql`select name from callsheet_migrations`.execute(db)).rows
      await sql`update callsheet_migrations set name = '0003-verdicts' where name = '0004-results'`.execute(db)
      const refusal =
        /has a format that this Callsheet does not read any more \(0003-verdicts\): use the Callsheet that made it, or name another database\.$/
      await expect(openDatabase(older)).rejects.toThrow(refusal)
      await expect(readFromDatabase(older, 1)).rejects.toThrow(refusal)
      expect(await names()).toEqual(expect.arrayContaining([{ name: '0003-verdicts' }]))
      await db.destroy()
    })
  })
}

export const project = 'default'
const at = '2024-05-01T09:00:00.000Z'
const key1 = 'Smoke/cancel/-/-#1' as RunKey
const ending = { by: 'caller', reason: 'user-ended-call', atS: 1 } as never
const transcript = { moments: [], metadata: {}, ending }
export const passed: Outcome = scored(transcript, { holds: 'yes', checks: [], metrics: [] } as never)
const failed: Outcome = scored(transcript, { holds: 'no', checks: [], metrics: [] } as never)

function broken(code: 'reset'): Outcome {
  return { status: 'infra_error', transcript, fault: { by: 'infra', code, message: 'It broke.' } }
}

function thing(named: string, id?: number): NamedThing {
  return { kind: 'scenario', key: named, ...(id !== undefined && { id }) }
}

interface Wanted {
  readonly project?: string
  readonly name?: string
  readonly runs?: number
}

function wanted({ project: of = project, name = 'Smoke', runs = 3 }: Wanted = {}): NewResult {
  const request: RunRequest = {
    name,
    agent: 'clinic',
    scenarios: { kind: 'all' },
    tags: [],
    frequency: runs,
    personalities: [],
    testProfiles: [],
    mode: 'same_number',
    reach: { kind: 'own' },
  }
  const prepared = planDocument(document({ scenarios: [scenario({}, { id: 12 })] }), { cwd: '/', options: { request } })
  if (!('plan' in prepared)) throw new Error(prepared.diagnostics.map(({ message }) => message).join(' '))
  return {
    project: of,
    suite: 'suite.yaml',
    agentId: 7,
    request,
    document: 'digest',
    started: startedEvent(prepared, '' as ResultId, at),
    createdAt: at,
  }
}

export async function begin(database: Database, what: Wanted = {}): Promise<{ status: 'begun'; result: number; firstRun: number }> {
  await database.keepDocument('digest', '{}')
  const begun = await database.begin(wanted(what))
  if (begun.status !== 'begun') throw new Error('It was begun before.')
  return begun
}

async function over(database: Database, result: number, endedAt: string): Promise<void> {
  await using journal = await database.journal(result)
  journal.append(started(0))
  journal.append(ended(0, passed))
  journal.append({ type: 'suite.ended', at: endedAt, report: { gate: { verdict: 'failed' } } as never })
}

function key(): IdempotencyKey {
  return { key: randomUUID(), requestHash: 'hash', notBefore: '2020-01-01T00:00:00.000Z' }
}

export function started(index: number, attempt = 1): SuiteEvent {
  return { type: 'run.started', index, attempt, at, run: key1 }
}

function awaiting(index: number, attempt = 1, since = at): SuiteEvent {
  return { type: 'run.awaiting', index, attempt, at: since, run: key1, number: '+15555550111', forMs: 300_000 }
}

export function turn(index: number): SuiteEvent {
  return { type: 'run.turn', index, attempt: 1, moment: { role: 'caller', text: 'Hi.' } as never }
}

export function ended(index: number, outcome: Outcome): RunEnded {
  return { type: 'run.ended', index, at, run: key1, outcome, startedAt: at, durationMs: 10, earlier: [], flaky: false }
}

/** Results of these tests have nothing outside of the database. */
async function nothing(): Promise<void> {}

async function fails(): Promise<void> {
  throw new Error('The disk is gone.')
}
