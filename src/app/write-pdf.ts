import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { findBrowser, PrintFailed, printPdf } from '../adapters/processes/print-pdf.js'
import { storeFailure } from '../adapters/stores/failure.js'
import { makeFolders } from '../adapters/stores/make-folders.js'
import type { Environment } from '../domain/environment.js'
import type { FinishedResult, ReportOptions } from '../ports/reporter.js'
import { journalDigest } from './file-digest.js'

export interface WantedPdf {
  readonly file: string
  /** With the conversations of the causes' examples. */
  readonly hasExamples: boolean
}

/**
 * Prints a result as a PDF, by the browser of this machine. Without one, a PDF of before is removed: nobody takes it for this one.
 *
 * @returns Why there is none, in a sentence; `undefined` if it was made.
 * @throws {StoreError} when the file cannot be written.
 */
export async function writePdf(
  result: FinishedResult,
  how: ReportOptions,
  { file, hasExamples }: WantedPdf,
  environment: Environment,
): Promise<string | undefined> {
  try {
    makeFolders(dirname(file))
    rmSync(file, { force: true })
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot write ${file}`, cause, 'Name another file.')
  }
  try {
    const browser = findBrowser(environment)
    const journal = await journalDigest(result.place)
    const { printPage } = await import('../adapters/reporters/html/print-page.js')
    await printPdf(browser, await printPage(result, how, { hasExamples, ...(journal !== undefined && { journal }) }), file)
    return undefined
  } catch (cause) {
    if (cause instanceof PrintFailed) return cause.message
    throw cause
  }
}
