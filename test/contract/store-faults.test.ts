import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { createFileStore } from '../../src/adapters/stores/file.js'
import { runAt } from '../unit/adapters/reporters/sample-result.js'

const child = fileURLToPath(new URL('store-child.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'callsheet-store-faults-'))
const store = createFileStore()
const running = new Set<ChildProcessWithoutNullStreams>()
afterAll(() => {
  for (const process of running) process.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function start(...args: string[]): ChildProcessWithoutNullStreams {
  const process = spawn(globalThis.process.execPath, [child, ...args])
  running.add(process)
  process.once('exit', () => running.delete(process))
  return process
}

async function indexesIn(place: string): Promise<number[]> {
  const indexes: number[] = []
  for await (const runs of (await store.read(place)).runs()) indexes.push(...runs.map(({ index }) => index))
  return indexes
}

test('of two processes that create one result at the same time exactly one gets it, and nothing is mixed', async () => {
  const place = join(folder, 'race')
  const outputs = await Promise.all(
    [1, 2].map(async () => {
      const process = start('create', place, '50')
      const lines: string[] = []
      for await (const line of createInterface(process.stdout)) lines.push(line)
      return lines
    }),
  )
  const [winner, loser] = outputs.toSorted((a, b) => b.length - a.length)
  expect(winner?.at(-1)).toBe('flushed')
  expect(loser).toHaveLength(1)
  expect(loser?.[0]).toMatch(/^StoreError: .*race (is in use: process \d+ is writing|already contains a result).*Choose another folder/)
  expect(await indexesIn(place)).toEqual(Array.from({ length: 50 }, (_, index) => index))
  expect(readdirSync(place)).toEqual(['journal.jsonl'])
})

test('after kill -9 at any moment, what was appended a tick earlier is there, and the result can be taken up again', async () => {
  await Promise.all(
    [0, 3, 11, 40, 90].map(async delayMs => {
      const place = join(folder, `killed-${delayMs}`)
      const process = start('create', place, '1000000')
      const lines: string[] = []
      for await (const line of createInterface(process.stdout)) {
        lines.push(line)
        if (line === '0') setTimeout(() => process.kill('SIGKILL'), delayMs)
      }
      const last = Number(lines.at(-1))
      expect(last).toBeGreaterThanOrEqual(0)

      const before = await indexesIn(place)
      expect(before.length).toBeGreaterThan(last)
      {
        await using journal = await store.resume(place)
        journal.append({ ...runAt(1), index: before.length })
      }
      expect(await indexesIn(place)).toEqual([...before, before.length])
      expect(readdirSync(place)).toEqual(['journal.jsonl'])
    }),
  )
})

test('a disk that runs full ends in a clear error, and every whole line before it is kept', async ({ skip }) => {
  const disk = join(folder, 'small-disk')
  mkdirSync(disk)
  const kept = join(folder, 'kept')
  const mount = `mount -t tmpfs -o size=64k tmpfs '${disk}'`
  const canMount = spawnSync('unshare', ['-rm', 'sh', '-c', mount]).status === 0
  skip(!canMount, 'this machine lets nobody mount a small disk in a namespace of their own')

  const script = `${mount} && { '${process.execPath}' '${child}' create '${disk}/r' 1000; code=$?; cp -r '${disk}/r' '${kept}'; exit $code; }`
  const namespace = spawn('unshare', ['-rm', 'sh', '-c', script])
  const lines: string[] = []
  for await (const line of createInterface(namespace.stdout)) lines.push(line)
  const [code] = namespace.exitCode === null ? await once(namespace, 'exit') : [namespace.exitCode]

  expect(code).toBe(3)
  expect(lines.at(-1)).toBe(
    `StoreError: Cannot write ${disk}/r/journal.jsonl: the disk is full (ENOSPC). What was written before is kept. Make room, then resume the result ${disk}/r.`,
  )
  const count = lines.length - 2
  expect(count).toBeGreaterThan(10)
  expect(readFileSync(join(kept, 'journal.jsonl'), 'utf8').endsWith('}\n')).toBe(true)
  const indexes = await indexesIn(kept)
  expect(indexes).toEqual(Array.from({ length: indexes.length }, (_, index) => index))
  expect(indexes.length).toBeGreaterThanOrEqual(count - 1)
})
