import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { journalOf } from '../adapters/stores/journal-file.js'
import type { ResultId } from '../domain/ids.js'
import { StoreError } from '../ports/store.js'
import type { Adapters } from './registry.js'

/** Folder of all results, in the working directory. */
const resultsFolder = '.callsheet'

/** Folder of the server's database. */
const serverFolder = join(resultsFolder, 'server')

/** A new result's id: its start time, which sorts, and a suffix for results of the same second. */
export function newResultId({ clock, uniqueSuffix }: Pick<Adapters, 'clock' | 'uniqueSuffix'>): ResultId {
  const time = clock.date().toISOString().slice(0, 19).replaceAll(':', '-')
  return `${time}Z-${uniqueSuffix()}` as ResultId
}

/** The default folder of a result. */
export function newPlace(result: ResultId): string {
  ignoreResults()
  return join(resultsFolder, result)
}

/** The history of the results of this working directory. */
export function ownHistory(): string {
  return historyIn(resultsFolder)
}

/** The history of a folder of results. */
export function historyIn(folder: string): string {
  return join(folder, 'history.jsonl')
}

/** Makes git ignore all results. */
export function ignoreResults(): void {
  const ignore = join(resultsFolder, '.gitignore')
  try {
    mkdirSync(resultsFolder, { recursive: true })
    writeFileSync(ignore, '*\n', { flag: 'wx' })
  } catch {
    // The file exists, or nothing can be written; creating the result's own folder then reports why.
  }
}

/** Removes the folder if it is empty. */
export function leavePlace(place: string): void {
  try {
    rmSync(journalOf(place))
    rmdirSync(place)
  } catch {
    // The folder is not empty.
  }
}

/**
 * The place of a result that the user names: a folder, an id, or `latest`; for a server's result its number, or the database
 * folder and its number. In a PostgreSQL database the place is the number alone.
 *
 * @throws {StoreError} when there is none.
 */
export function findResult(name: string, { serverDatabase }: Pick<Adapters, 'serverDatabase'>): string {
  if (name === 'latest') {
    const latest = resultNames(resultsFolder).at(-1)
    if (latest !== undefined) return join(resultsFolder, latest)
    throw new StoreError('not_found', `There is no result in ${resultsFolder} yet. Make one with: callsheet run <suite>`)
  }
  const place = [name, join(resultsFolder, name)].find(isResult)
  if (place !== undefined) return place
  if (/^\d+$/.test(name)) {
    if (serverDatabase?.includes('://')) return name
    const inServer = join(serverDatabase ?? serverFolder, name)
    if (isResult(inServer)) return inServer
  }
  const known = resultNames(resultsFolder).slice(-5).toReversed()
  const hint = known.length > 0 ? `The newest results: ${known.join(', ')}.` : 'Make one with: callsheet run <suite>'
  throw new StoreError('not_found', `There is no result "${name}", neither as a folder nor in ${resultsFolder}. ${hint}`)
}

/** Whether there is a result: a folder with a journal, or a number in a database. */
function isResult(place: string): boolean {
  if (existsSync(journalOf(place))) return true
  return /^\d+$/.test(basename(place)) && existsSync(join(dirname(place), 'callsheet.db'))
}

/** The folder of a result that the user names; the name itself if there is none yet. */
export function placeNamed(name: string): string {
  try {
    return findResult(name, {})
  } catch (cause) {
    if (cause instanceof StoreError && cause.code === 'not_found') return name
    throw cause
  }
}

export function resultsIn(folder: string): string[] {
  return resultNames(folder).map(name => join(folder, name))
}

function resultNames(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => existsSync(journalOf(join(folder, name))))
    .toSorted()
}
