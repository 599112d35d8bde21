import { createReadStream, createWriteStream, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { makeFolders } from '../adapters/stores/make-folders.js'
import type { SuiteHistory } from '../domain/case-history.js'
import { knownAre } from '../domain/message-words.js'
import { type FinishedResult, type ReportOptions, usualMarkdownBytes } from '../ports/reporter.js'
import { StoreError } from '../ports/store.js'
import { journalDigest } from './file-digest.js'
import { reporters, type ReporterName } from './registry.js'
import { sharePass } from './shared-pass.js'

/** Loads reporters ahead of use, while there is time. */
export async function loadReporters(names: readonly ReporterName[]): Promise<void> {
  await Promise.all(names.map(name => reporters[name]()))
}

/** A report to make, and the destination of its text. */
export interface WantedReport {
  readonly reporter: ReporterName
  readonly to: (text: AsyncIterable<string>) => Promise<void>
  /** What this report is made otherwise than the rest; asked when it is made. */
  readonly how?: () => Partial<ReportOptions>
}

/**
 * Makes reports of a result in one pass over its runs.
 *
 * @throws {RangeError} for a reporter that there is not, before any report is made. Whatever `to` throws.
 */
export async function makeReports(wanted: readonly WantedReport[], result: FinishedResult, how: ReportOptions): Promise<void> {
  refuseUnknown(wanted)
  const own = await withJournalDigest(wanted, result, how)
  const passes = sharePass(result, wanted.length)
  const made = wanted.map(async ({ reporter, to, how: other }, i) => {
    const pass = passes[i]
    try {
      const report = await reporters[reporter]()
      if (pass) await to(inChunks(report(pass.result, { ...own, ...other?.() })))
    } finally {
      pass?.leave()
    }
  })
  const failed = (await Promise.allSettled(made)).find(each => each.status === 'rejected')
  if (failed) throw failed.reason
}

/** A page names the journal that it was made from, if that is a file. */
async function withJournalDigest(wanted: readonly WantedReport[], { place }: FinishedResult, how: ReportOptions): Promise<ReportOptions> {
  const isPage = wanted.some(({ reporter }) => reporter === 'html')
  const journal = isPage ? await journalDigest(place) : undefined
  return journal === undefined ? how : { ...how, html: { ...how.html, journal } }
}

/** @param history  Of the suite, up to the result; absent if it is the first. */
export function withPast(how: ReportOptions, history: SuiteHistory | undefined): ReportOptions {
  return history && how.html ? { ...how, html: { ...how.html, history } } : how
}

/** @throws {RangeError} for a reporter that there is not. */
export function refuseUnknown(wanted: readonly Pick<WantedReport, 'reporter'>[]): void {
  for (const { reporter } of wanted) {
    if (!Object.hasOwn(reporters, reporter)) {
      throw new RangeError(`There is no reporter "${reporter}". ${knownAre('reporter', Object.keys(reporters))}`)
    }
  }
}

/** Writes a report to a file and creates its folder. @param mode  Of a new file; default: what the umask leaves. @throws {StoreError} when it cannot be written. */
export function toFile(path: string, mode?: number): (text: AsyncIterable<string> | Iterable<string>) => Promise<void> {
  return text => writable(path, () => pipeline(text, createWriteStream(path, { ...(mode !== undefined && { mode }) })))
}

/** Writes a page and, where it has a folder, the files beside it. @throws {StoreError} when one cannot be written. */
export function toPage({ file, folder }: { readonly file: string; readonly folder?: string }): WantedReport['to'] {
  return async text => {
    await toFile(file)(text)
    if (folder === undefined) return
    const { pageFiles } = await import('../adapters/reporters/html/page.js')
    for (const [name, content] of Object.entries(pageFiles)) await toFile(join(folder, name))([content])
  }
}

/** Appends a report to a file that others write to too. @throws {StoreError} when it cannot be written. */
export function toEndOf(path: string): (text: AsyncIterable<string>) => Promise<void> {
  return text => writable(path, () => pipeline(text, createWriteStream(path, { flags: 'a' })))
}

/** The Markdown that the summary of a GitHub job still has room for, in bytes. */
export function roomInSummary(path: string): number {
  return Math.max(0, usualMarkdownBytes - (statSync(path, { throwIfNoEntry: false })?.size ?? 0))
}

/** Copies a written report, without its mode: the copy is for others. @throws {StoreError} when the copy cannot be written. */
export async function copyReport(from: string, to: string): Promise<void> {
  await writable(to, () => pipeline(createReadStream(from), createWriteStream(to)))
}

/** Joins small pieces into a few large ones: each piece costs the stream about as much. */
async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = ''
  for await (const piece of pieces) {
    if (piece.length < chunkLength) chunk += piece
    if (chunk.length >= chunkLength || (piece.length >= chunkLength && chunk !== '')) {
      yield chunk
      chunk = ''
    }
    // As it is: a piece of a longer text would be copied.
    if (piece.length >= chunkLength) yield piece
  }
  if (chunk !== '') yield chunk
}

const chunkLength = 1 << 16

async function writable(path: string, write: () => Promise<void>): Promise<void> {
  try {
    makeFolders(dirname(path))
    await write()
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    throw new StoreError(
      'unwritable',
      `Cannot write ${path}: ${cause.message}. The result itself is saved. Make its reports with: callsheet report`,
    )
  }
}
