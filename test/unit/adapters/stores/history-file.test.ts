import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendToHistory, readHistoryFile, replaceHistory } from '../../../../src/adapters/stores/history-file.js'
import { historyVersion, type HistoryLine } from '../../../../src/domain/history-line.js'
import type { CaseKey, ResultId } from '../../../../src/domain/ids.js'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callsheet-history-'))
  path = join(folder, 'deep', 'history.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function line(result: string, change: Partial<HistoryLine> = {}): HistoryLine {
  return {
    version: historyVersion,
    result: result as ResultId,
    at: '2026-01-01T09:00:00.000Z',
    suite: 'Shop',
    digests: { suite: 'a', bar: 'b', plan: 'c' },
    agents: [{ key: 'shop' }],
    verdict: 'passed',
    passed: 1,
    counted: 1,
    runs: 1,
    metrics: [],
    bar: [],
    cases: [['shop/a' as CaseKey, 1, 1, 0]],
    ...change,
  }
}

test('a history that is not there is empty', () => {
  expect(readHistoryFile(path)).toEqual({ lines: [], problems: [], unread: [] })
})

test('lines come back in order, for the owner alone, and of a result the last one with the mark of a release', () => {
  appendToHistory(path, line('r1', { isRelease: true }))
  appendToHistory(path, line('r2'))
  appendToHistory(path, line('r1', { passed: 0 }))
  expect(readHistoryFile(path).lines).toEqual([line('r2'), line('r1', { passed: 0, isRelease: true })])
  expect(statSync(path).mode & 0o077).toBe(0)
})

test('a line that was cut is told, and the next one is not lost with it', () => {
  appendToHistory(path, line('r1'))
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, -20))
  appendToHistory(path, line('r2'))
  const { lines, problems } = readHistoryFile(path)
  expect(lines).toEqual([line('r2')])
  expect(problems).toEqual([`${path}:1 is not a line of a history: it was cut or damaged. Add its result again, or remove the line.`])
})

test.each([
  ['no JSON', '{"version":1,'],
  ['no object', '7'],
  ['no cases', JSON.stringify({ ...line('r9'), cases: undefined })],
  ['a case without counts', JSON.stringify({ ...line('r9'), cases: [['shop/a']] })],
  ['an agent that is a text', JSON.stringify({ ...line('r9'), agents: ['shop'] })],
  ['no digests', JSON.stringify({ ...line('r9'), digests: null })],
  ['counts that are texts', JSON.stringify({ ...line('r9'), passed: '1' })],
])('a line that has %s is told', (_, text) => {
  appendToHistory(path, line('r1'))
  writeFileSync(path, `${readFileSync(path, 'utf8')}${text}\n`)
  expect(readHistoryFile(path)).toMatchObject({ lines: [{ result: 'r1' }], problems: [expect.stringContaining(':2 is not a line')] })
})

test.each([
  ['of a newer version', JSON.stringify({ version: historyVersion + 1, other: true }), 'a newer Callsheet. Update this one to read it.'],
  ['of an older version', JSON.stringify({ ...line('r9'), version: 0 }), 'an older Callsheet. Add its result again, and remove the line.'],
  ['that was cut', '{"version":1,"resu', 'Add its result again, or remove the line.'],
])('a line %s is told, and stays when the history is replaced', (_, text, remedy) => {
  appendToHistory(path, line('r1'))
  writeFileSync(path, `${readFileSync(path, 'utf8')}${text}\n`)
  const read = readHistoryFile(path)
  expect(read.problems).toHaveLength(1)
  expect(read.problems[0]).toMatch(/:2 (?:was written|is not)/)
  expect(read.problems[0]).toContain(remedy)
  replaceHistory(path, [line('r3')], read.unread)
  expect(readFileSync(path, 'utf8')).toBe(`${text}\n${JSON.stringify(line('r3'))}\n`)
})

test('a history that is a folder is refused, with what to do', () => {
  expect(() => readHistoryFile(folder)).toThrow(`Cannot read ${folder}`)
  expect(() => appendToHistory(folder, line('r1'))).toThrow('Add them with: callsheet history add')
})
