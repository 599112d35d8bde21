import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { createFileStore } from '../../../../src/adapters/stores/file.js'
import { finishedResult } from '../../../../src/adapters/stores/finished-result.js'
import type { SuiteEvent, RunEnded } from '../../../../src/domain/event.js'
import type { StoredJournal } from '../../../../src/ports/store.js'
import { reportOf, sampleRuns, sampleStarted, startedWith, runAt } from '../reporters/sample-result.js'

const folder = mkdtempSync(join(tmpdir(), 'callsheet-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const store = createFileStore()
let places = 0
const newPlace = () => join(folder, `deep/${(places += 1)}`)
const started = (index: number, attempt = 1) =>
  ({ type: 'run.started', at: sampleStarted.at, index, run: sampleRuns[index]?.run, attempt }) as SuiteEvent
const turn = (index: number): SuiteEvent => ({
  type: 'run.turn',
  index,
  attempt: 1,
  moment: { type: 'said', by: 'agent', turn: 1, startS: 0, endS: 0, text: 'Hello "run.ended" there' },
})
const ended: SuiteEvent = { type: 'suite.ended', at: sampleStarted.at, report: reportOf(sampleStarted, sampleRuns) }

async function written(...events: SuiteEvent[]): Promise<string> {
  const place = newPlace()
  await using journal = await store.create(place)
  for (const event of events) journal.append(event)
  return place
}

async function all<T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

test('a journal read back gives the events it was given, without turns, and the runs in plan order', async () => {
  const shuffled = [3, 0, 11, 7, 5, 1, 2, 10, 4, 9, 6, 8].map(i => runAt(i))
  const events = [sampleStarted, started(3), turn(3), ...shuffled, ended]
  const place = await written(...events)

  const stored = await store.read(place)
  expect(await all(stored.events())).toEqual(events.filter(({ type }) => type !== 'run.turn'))
  expect((await all(stored.runs())).flat()).toEqual(sampleRuns)
  expect(stored.started).toEqual(sampleStarted)
  expect(stored.report).toEqual(reportOf(sampleStarted, sampleRuns))
  expect(readdirSync(place)).toEqual(['journal.jsonl'])
})

test('a journal whose lines have other key orders is read all the same', async () => {
  const place = await written(sampleStarted)
  const reversed = Object.fromEntries(Object.entries(runAt(4)).toReversed())
  appendFileSync(join(place, 'journal.jsonl'), `${JSON.stringify(reversed)}\n`)
  expect((await all((await store.read(place)).runs())).flat()).toEqual([sampleRuns[4]])
})

test('whatever texts agents say are read back as they were, across the edges of every buffer', async () => {
  const texts = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 1, max: 100_000 }).map(n => 'é'.repeat(n)),
    ),
    { minLength: 1, maxLength: 12 },
  )
  await fc.assert(
    fc.asyncProperty(texts, async said => {
      const runs = said.map((text, index) => ({ ...runAt(10), index, run: `a#${text}` as RunEnded['run'] }))
      const place = await written(sampleStarted, ...runs.toReversed())
      expect((await all((await store.read(place)).runs())).flat()).toEqual(runs)
    }),
    { numRuns: 15 },
  )
})

test('a line larger than every buffer is written and read whole', async () => {
  const large = { ...runAt(1), run: `a#${'é'.repeat(1_500_000)}` as RunEnded['run'] }
  const stored = await store.read(await written(sampleStarted, runAt(0), large, runAt(2)))
  expect((await all(stored.runs())).flat()).toEqual([runAt(0), large, runAt(2)])
})

test('of a run that ended twice the last end counts', async () => {
  const first = { ...runAt(10) }
  const second = { ...runAt(0), index: 10, run: first.run }
  const stored = await store.read(await written(sampleStarted, first, started(10), second))
  expect((await all(stored.runs())).flat()).toEqual([second])
})

test('runs that started and have no end are open, with their attempt', async () => {
  const stored = await store.read(await written(sampleStarted, started(1), started(2), started(2, 2), runAt(1), started(5)))
  expect([...stored.open]).toEqual([
    [2, 2],
    [5, 1],
  ])
  expect([0, 1, 2, 5].map(index => stored.ended(index))).toEqual([false, true, false, false])
})

test('a torn last line is left out when reading, and cut off when going on', async () => {
  const place = await written(sampleStarted, ...sampleRuns.slice(0, 2))
  const path = join(place, 'journal.jsonl')
  truncateSync(path, statSync(path).size - 7)
  expect((await all((await store.read(place)).runs())).flat()).toEqual(sampleRuns.slice(0, 1))

  {
    await using journal = await store.resume(place)
    journal.append({ type: 'suite.resumed', total: 9, done: 2, at: sampleStarted.at })
    for (const run of sampleRuns.slice(1)) journal.append(run)
    journal.append(ended)
    expect((await all((await journal.stored())?.runs() ?? [])).flat()).toEqual(sampleRuns)
  }
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  expect(lines.map(line => JSON.parse(line).type).filter(type => type !== 'run.ended')).toEqual([
    'suite.started',
    'suite.resumed',
    'suite.ended',
  ])
  expect((await store.read(place)).report).toBeDefined()
})

test('a result that was taken up again and cut off has no report', async () => {
  const stored = await store.read(await written(sampleStarted, ended, { type: 'suite.resumed', total: 9, done: 2, at: sampleStarted.at }))
  expect(stored.report).toBeUndefined()
})

test('what is stored can be read while it is being written, and is not changed by what follows', async () => {
  const place = newPlace()
  await using journal = await store.create(place)
  expect(await journal.stored()).toBeUndefined()
  journal.append(sampleStarted)
  journal.append(runAt(0))
  const stored = (await journal.stored()) as StoredJournal
  journal.append(runAt(1))
  await journal.flush()
  expect((await all(stored.runs())).flat()).toEqual(sampleRuns.slice(0, 1))
  expect(await all(stored.events())).toEqual([sampleStarted, sampleRuns[0]])
  expect((await all((await store.read(place)).runs())).flat()).toEqual(sampleRuns.slice(0, 2))
})

test('a run that never ended is in the finished result as not_run, crashed, in its place', async () => {
  const stored = await store.read(await written(sampleStarted, runAt(4), runAt(0)))
  const { runs } = finishedResult(stored, reportOf(sampleStarted, sampleRuns), 'here')
  const found = (await all(runs())).flat()
  expect(found.map(({ run }) => run)).toEqual(sampleRuns.map(({ run }) => run))
  expect(found[4]).toEqual(sampleRuns[4])
  expect(found[1]?.outcome).toEqual({ status: 'not_run', reason: 'crashed' })
  expect((await all(runs())).flat()).toEqual(found)
})

test('a second result in one folder is refused, and the message says what to do', async () => {
  const place = await written(sampleStarted)
  await expect(store.create(place)).rejects.toMatchObject({
    code: 'exists',
    message: expect.stringContaining('already contains a result. Choose another folder for the new one, or resume that result.') as string,
  })
  expect(readdirSync(place)).toEqual(['journal.jsonl'])
})

test('a result in use is refused to whoever wants to write it, and open to who reads it', async () => {
  const place = newPlace()
  await using journal = await store.create(place)
  journal.append(sampleStarted)
  await journal.flush()
  await expect(store.resume(place)).rejects.toThrow(`is in use: process ${process.pid} is writing a result there`)
  await expect(store.create(place)).rejects.toMatchObject({ name: 'StoreError', code: 'in_use' })
  expect((await store.read(place)).started).toEqual(sampleStarted)
})

test('the lock of a dead process is taken over, also where its id is ours by chance', async () => {
  const place = await written(sampleStarted)
  for (const pid of [process.pid, 2 ** 22 + 1]) {
    writeFileSync(join(place, 'lock.3'), JSON.stringify({ pid, host: hostname() }))
    await using _journal = await store.resume(place)
    expect(readdirSync(place).filter(name => name.startsWith('lock'))).toEqual(['lock.4'])
  }
  expect(readdirSync(place)).toEqual(['journal.jsonl'])
})

test.skipIf(process.platform !== 'linux')(
  'a lock is stale where its process is only dead, not buried, and where its id is another process by now',
  async () => {
    const place = await written(sampleStarted)
    // The shell's child is dead at once, and the shell, gone on as a sleep, never looks.
    const shell = spawn('sh', ['-c', 'true & echo $!; exec sleep 30'])
    try {
      const [output] = await once(shell.stdout, 'data')
      const buried = { pid: Number(output), host: hostname() }
      const reused = { pid: shell.pid, host: hostname(), startedAt: '1' }
      for (const holder of [buried, reused]) {
        writeFileSync(join(place, 'lock.1'), JSON.stringify(holder))
        await using _journal = await store.resume(place)
      }
      writeFileSync(join(place, 'lock.1'), JSON.stringify({ pid: shell.pid, host: hostname() }))
      await expect(store.resume(place)).rejects.toThrow(`process ${shell.pid} is writing a result there`)
    } finally {
      shell.kill()
    }
  },
)

test('the lock of another machine is respected, and the message names the file', async () => {
  const place = await written(sampleStarted)
  writeFileSync(join(place, 'lock.1'), JSON.stringify({ pid: 1, host: 'elsewhere' }))
  await expect(store.resume(place)).rejects.toThrow(
    `process 1 on elsewhere is writing a result there. Wait until it is over, or stop it. If that process is gone, delete ${join(place, 'lock.1')}.`,
  )
})

test.each([
  ['no folder', 'not_found', () => join(folder, 'nowhere'), 'There is no result in'],
  ['an empty journal', 'not_found', () => placeWith(''), 'journal.jsonl is empty, so no run of that result was ever started.'],
  ['a first line that is torn', 'not_found', () => placeWith('{"type":"suite.star'), 'was cut off within its first line'],
  ['a first line that is long and torn', 'not_found', () => placeWith(JSON.stringify(sampleStarted)), 'was cut off within its first line'],
  ['a binary file', 'damaged', () => placeWith('\x7fELF\x02\x01'), 'is not the journal of a result: its first line is not an event.'],
  [
    'a journal that begins in the middle',
    'damaged',
    () => placeWith('{"type":"suite.resumed","at":"x"}\n'),
    'is not the journal of a result: its first line does not start a suite.',
  ],
  [
    'an older format',
    'other_format',
    () => placeStarted({ version: 2 }),
    'was written by an older Callsheet, in format 2, and this one reads only format 4. Run the suite again.',
  ],
  [
    'a newer format',
    'other_format',
    () => placeStarted({ version: 9 }),
    'was written by a newer Callsheet, in format 9, and this one reads only format 4. Update this one.',
  ],
  ['a version that is text', 'damaged', () => placeStarted({ version: '2' }), 'its first line has the version "2", which is not a number.'],
  ['no version', 'damaged', () => placeStarted({ version: undefined }), 'its first line has no version.'],
  ['no plan', 'damaged', () => placeStarted({ plan: undefined }), 'its first line is incomplete.'],
  ['something else', 'damaged', () => placeWith('hello\nworld\n'), 'is not the journal of a result: its first line is not an event.'],
] as const)('%s is refused in words', async (_name, code, place, message) => {
  const where = place()
  await expect(store.read(where)).rejects.toMatchObject({ name: 'StoreError', code })
  await expect(store.read(where)).rejects.toThrow(message)
  await expect(store.resume(where)).rejects.toThrow(message)
})

test('a damaged end of a run is named by its place when it is reached', async () => {
  const place = await written(sampleStarted, runAt(0))
  const path = join(place, 'journal.jsonl')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace('"earlier"', '"earlier '))
  const offset = text.indexOf('{"type":"run.ended"')
  await expect(all((await store.read(place)).runs())).rejects.toThrow(`is damaged at byte ${offset}`)
})

test('a folder that cannot be made is refused in words', async () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  await expect(store.create(join(file, 'x'))).rejects.toThrow(
    /Cannot make the folder .*a part of the path is not a folder \(ENOTDIR\)\. Choose another folder for the result\./,
  )
})

test('64,000 runs that ended out of order stream in plan order, with an index of a few megabytes', async () => {
  const count = 64_000
  const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'a.yaml', line: 1 }
  const planned = (repeats: number) => startedWith([{ name: 'Load', slug: 'load', scenarios: [[scenario, repeats]] }])
  const template = runAt(0)
  const place = newPlace()
  {
    await using journal = await store.create(place)
    journal.append(planned(count))
    // Within each 64, all in another order: as at a concurrency of 64.
    for (let i = 0; i < count; i += 1) journal.append({ ...template, index: i ^ 37 })
  }
  const before = process.memoryUsage().arrayBuffers
  const stored = await store.read(place)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16_000_000)
  let next = 0
  for await (const batch of stored.runs()) {
    for (const { index } of batch) {
      if (index !== next) throw new Error(`run ${index} came where run ${next} was due`)
      next += 1
    }
  }
  expect(next).toBe(count)
  rmSync(place, { recursive: true })
})

/** A journal whose first line is changed so. */
function placeStarted(change: Readonly<Record<string, unknown>>): string {
  return placeWith(`${JSON.stringify({ ...sampleStarted, ...change })}\n`)
}

function placeWith(journal: string): string {
  const place = newPlace()
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'journal.jsonl'), journal)
  return place
}
