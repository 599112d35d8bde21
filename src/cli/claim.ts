import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { claimPlaces, Places } from '../app/claim-places.js'
import { htmlPlace } from './html-place.js'
import { numbered } from './numbered.js'
import { UsageError } from './usage-error.js'

/**
 * Claims the files that the flags name, before anything can go wrong that leaves an earlier report in place. A mistake in one is told
 * when all others are claimed, for the same reason.
 *
 * @param suites  The suite files, or what stands for them where they are not known yet. Each of several has its own files; an earlier
 *   report under the name that the flags give is removed then, because no new one replaces it.
 * @throws {UsageError} when a file is the suite itself, no report, or nothing that a report can be written to.
 * @throws {StoreError} when a file cannot be written.
 */
export async function claim(suites: readonly string[], flags: Places): Promise<void> {
  const { junit, json, markdown, html, ctrf, metrics, pdf, record } = flags
  const named = Object.entries({ junit, json, markdown, html, ctrf, metrics, pdf, record }).flatMap(([what, path]) =>
    path === undefined ? [] : [{ what, path }],
  )
  if (named.length === 0) return
  // Loaded here, because most commands name no file.
  const [{ claimPlaces }, { defaultAdapters }] = await Promise.all([import('../app/claim-places.js'), import('../app/registry.js')])
  const claiming: Claiming = { claimPlaces, use: await defaultAdapters(process.env) }
  const clash = clashIn(named)
  const mistakes: unknown[] = []
  for (const { what, path } of named.filter(each => each !== clash?.[1])) {
    try {
      refuseMisnamed(what, path)
      if (suites.some(suite => resolve(suite) === resolve(path)))
        throw new UsageError(
          `--${what} ${path} would overwrite ${statOf(path)?.isDirectory() ? 'the result' : 'the suite'}. Name another file.`,
        )
      claimOfEach(suites, what, path, claiming)
    } catch (mistake) {
      mistakes.push(mistake)
    }
  }
  if (clash) throw new UsageError(`--${clash[0].what} and --${clash[1].what} both name ${clash[1].path}. Name two files.`)
  if (mistakes.length > 0) throw mistakes[0]
}

interface NamedReport {
  readonly what: string
  readonly path: string
}

/** The first two flags that name one file: the report that is written last would replace the other. */
function clashIn(named: readonly NamedReport[]): readonly [NamedReport, NamedReport] | undefined {
  for (const [i, own] of named.entries()) {
    const other = named.slice(0, i).find(({ path }) => resolve(path) === resolve(own.path))
    if (other && !isOfSystem(own.path)) return [other, own]
  }
  return undefined
}

interface Claiming {
  readonly claimPlaces: typeof claimPlaces
  readonly use: Parameters<typeof claimPlaces>[2]
}

function claimOfEach(suites: readonly string[], what: string, path: string, claiming: Claiming): void {
  const paths = suites.map((_, i) => fileOf(what, suites.length > 1 ? numbered(path, i) : path))
  for (const own of paths) refuseUnfit(what, own)
  for (const [i, suite] of suites.entries()) claiming.claimPlaces({ [what]: paths[i] }, suite, claiming.use)
  if (suites.length > 1 && what !== 'record') removeEarlier(fileOf(what, path))
}

function fileOf(what: string, path: string): string {
  return what === 'html' ? htmlPlace(path).file : path
}

/** What is named as a report of another kind would be taken for it, or replace it. */
function refuseMisnamed(what: string, path: string): void {
  if (path === '-') throw new UsageError(`--${what} - names no file. Name one, or /dev/stdout with --reporter none.`)
  const [, kind] = /\.(html?|pdf)$/i.exec(path) ?? []
  const isPdf = kind?.toLowerCase() === 'pdf'
  if (kind !== undefined && isPdf !== (what === 'pdf'))
    throw new UsageError(`--${what} ${path} would look like ${isPdf ? 'a PDF' : 'a page'}. Name a file that does not end in .${kind}.`)
}

/** A named pipe can block for ever, and a file that is no report may be one that the suite reads. */
function refuseUnfit(what: string, path: string): void {
  const there = statOf(path)
  if (there === undefined || there.isDirectory() || isOfSystem(path)) return
  if (!there.isFile()) throw new UsageError(`--${what} ${path} is not a regular file. Name another file.`)
  if (what === 'record' || there.size === 0 || isReport(path)) return
  throw new UsageError(`--${what} ${path} would overwrite a file that is no report. Name another file, or remove this one.`)
}

function removeEarlier(path: string): void {
  if (!isOfSystem(path) && statOf(path)?.isFile() && isReport(path)) rmSync(path)
}

function statOf(path: string): ReturnType<typeof statSync> | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    // Writing there will tell why.
    return undefined
  }
}

/** Such as `/dev/stdout`, `/dev/null` and `/dev/fd/3`. */
function isOfSystem(path: string): boolean {
  return /^\/(dev|proc)\//.test(resolve(path))
}

/** How much of a file is read to tell whether it is a report. */
const headBytes = 4096

/** Whether a file begins as a JUnit file, whoever wrote it, or as a report of ours of another kind. */
function isReport(path: string): boolean {
  const head = Buffer.alloc(headBytes)
  try {
    const file = openSync(path, 'r')
    const length = readSync(file, head, 0, headBytes, 0)
    closeSync(file)
    return /^\s*<[^]*?\btestsuites?[\s>/]|^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"callsheet"|^\s*\{\s*"reportFormat"\s*:\s*"CTRF"|^## [✓✗!] |^# (?:Callsheet|TYPE callsheet_report info)\n|^%PDF-|^<!doctype html>[^]*<meta name="generator" content="Callsheet">/.test(
      head.toString('utf8', 0, length),
    )
  } catch {
    // Writing there will tell why.
    return true
  }
}
