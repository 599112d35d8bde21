import { rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { unfinishedMetrics } from '../adapters/reporters/metrics.js'
import {
  unfinishedCtrfReport,
  unfinishedHtml,
  unfinishedJson,
  unfinishedJunit,
  unfinishedMarkdown,
  type Unfinished,
} from '../adapters/reporters/unfinished.js'
import { storeFailure } from '../adapters/stores/failure.js'
import { tryFolders } from '../adapters/stores/make-folders.js'
import type { Adapters } from './registry.js'
import { version } from './version.js'
import { writeWhole } from './write-whole.js'

/** The files that a command writes when its suite is over. */
export interface Places {
  readonly junit?: string
  readonly json?: string
  readonly markdown?: string
  readonly html?: string
  readonly ctrf?: string
  readonly metrics?: string
  readonly pdf?: string
  /** The cassette to record. */
  readonly record?: string
}

/**
 * Replaces reports of an earlier run by ones that say "did not finish", so that nobody reads those instead of this run's,
 * however it ends. This also shows, before anything is called, that the files can be written.
 *
 * @param suite  The suite file, or the name of the result where only that is known.
 * @throws {StoreError} when a file cannot be written.
 */
export function claimPlaces(
  { junit, json, markdown, html, ctrf, metrics, pdf, record }: Places,
  suite: string,
  { clock }: Pick<Adapters, 'clock'>,
): void {
  const unfinished: Unfinished = { suite, callsheet: version, startedAt: clock.date().toISOString() }
  if (junit !== undefined) claim(junit, () => unfinishedJunit(unfinished))
  if (json !== undefined) claim(json, () => unfinishedJson(unfinished))
  if (markdown !== undefined) claim(markdown, () => unfinishedMarkdown(unfinished))
  if (html !== undefined) claim(html, () => unfinishedHtml(unfinished))
  if (ctrf !== undefined) claim(ctrf, () => unfinishedCtrfReport(unfinished))
  if (metrics !== undefined) claim(metrics, () => unfinishedMetrics())
  // An empty page would look like a report; a missing file does not.
  if (pdf !== undefined) orRefuse(pdf, () => leaveNone(pdf))
  if (record !== undefined) orRefuse(record, () => tryFolders(dirname(record)))
}

/** A pipe or a device holds no earlier report, and opening one can wait for ever. */
function claim(path: string, text: () => string): void {
  orRefuse(path, () => {
    const there = statSync(path, { throwIfNoEntry: false })
    if (there === undefined || there.isFile() || there.isDirectory()) writeWhole(path, text())
  })
}

function leaveNone(path: string): void {
  tryFolders(dirname(path))
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) rmSync(path)
}

function orRefuse(path: string, write: () => void): void {
  try {
    write()
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot write ${path}`, cause, 'Name another file.')
  }
}
