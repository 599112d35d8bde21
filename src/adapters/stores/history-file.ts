import { appendFileSync, closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { historyVersion, type HistoryLine } from '../../domain/history-line.js'
import { isRecord } from '../../domain/json-value.js'
import { errorCode, storeFailure } from './failure.js'
import { makeFolders, privateFile } from './make-folders.js'

/** A history, as far as it can be read. */
export interface StoredHistory {
  /** In the order of the file. Of a result that has several lines, only the last. */
  readonly lines: readonly HistoryLine[]
  /** The lines that cannot be read, and why, each in a sentence. */
  readonly problems: readonly string[]
  /** The lines that cannot be read, as they are. */
  readonly unread: readonly string[]
}

/** @returns An empty history if there is no such file. @throws {StoreError} when the file cannot be read. */
export function readHistoryFile(path: string): StoredHistory {
  const lines = new Map<string, HistoryLine>()
  const problems: string[] = []
  const unread: string[] = []
  for (const [i, text] of textOf(path).split('\n').entries()) {
    if (text.trim() === '') continue
    const value = parsed(text)
    if (isLine(value)) {
      const isRelease = lines.get(value.result)?.isRelease ?? value.isRelease
      lines.delete(value.result)
      lines.set(value.result, { ...value, ...(isRelease && { isRelease }) })
    } else {
      unread.push(text)
      problems.push(`${path}:${i + 1} ${unreadable(value)}`)
    }
  }
  return { lines: [...lines.values()], problems, unread }
}

/** Why a line cannot be read, and what to do. */
function unreadable(value: unknown): string {
  const version = isRecord(value) ? value['version'] : undefined
  if (typeof version !== 'number' || version === historyVersion)
    return 'is not a line of a history: it was cut or damaged. Add its result again, or remove the line.'
  if (version > historyVersion) return 'was written by a newer Callsheet. Update this one to read it.'
  return 'was written by an older Callsheet. Add its result again, and remove the line.'
}

/** Appends a line in one piece, on a line of its own even if the last was cut. @throws {StoreError} when that fails. */
export function appendToHistory(path: string, line: HistoryLine): void {
  writing(path, () => {
    appendFileSync(path, `${endsWithin(path) ? '\n' : ''}${JSON.stringify(line)}\n`, { mode: privateFile })
  })
}

/** Replaces a history. @param unread  Lines that stay as they are. @throws {StoreError} when that fails. */
export function replaceHistory(path: string, lines: readonly HistoryLine[], unread: readonly string[]): void {
  writing(path, () => {
    const beside = `${path}.new`
    writeFileSync(beside, [...unread, ...lines.map(line => JSON.stringify(line))].map(line => `${line}\n`).join(''), { mode: privateFile })
    renameSync(beside, path)
  })
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return ''
    throw storeFailure('unreadable', `Cannot read ${path}`, cause, 'Remove it, or make it readable.')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether a value has what readers of a history rely on. */
function isLine(value: unknown): value is HistoryLine {
  if (!isRecord(value) || value['version'] !== historyVersion) return false
  const texts = ['result', 'at', 'suite', 'verdict']
  const lists = ['agents', 'metrics', 'bar', 'cases']
  return (
    texts.every(key => typeof value[key] === 'string') &&
    ['passed', 'counted', 'runs'].every(key => Number.isInteger(value[key])) &&
    lists.every(key => Array.isArray(value[key])) &&
    [...(value['agents'] as unknown[]), ...(value['metrics'] as unknown[]), ...(value['bar'] as unknown[]), value['digests']].every(
      isRecord,
    ) &&
    (value['cases'] as unknown[]).every(isCounts)
  )
}

function isCounts(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  const [key, passed, counted, retried, causes = []] = value as readonly unknown[]
  const areCauses = Array.isArray(causes) && causes.every(each => typeof each === 'string')
  return typeof key === 'string' && [passed, counted, retried].every(Number.isInteger) && areCauses
}

function endsWithin(path: string): boolean {
  if (!existsSync(path)) return false
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const last = Buffer.alloc(1)
    return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 10
  } finally {
    closeSync(file)
  }
}

function writing(path: string, write: () => void): void {
  try {
    makeFolders(dirname(path))
    write()
  } catch (cause) {
    throw storeFailure(
      'unwritable',
      `Cannot write ${path}`,
      cause,
      'The results themselves are saved. Add them with: callsheet history add',
    )
  }
}
