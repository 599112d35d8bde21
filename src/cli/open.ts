import { parse } from 'node:path'
import { unpackResults } from '../app/merge/unpack-results.js'
import { openPage, temporaryPage } from '../app/open-page.js'
import { safeLine } from '../domain/safe-text.js'
import type { ExitCode } from './exit.js'
import { htmlPlace } from './html-place.js'
import { report } from './report.js'
import { write } from './terminal.js'
import { UsageError } from './usage-error.js'

/** `callsheet open`: makes the page of a result in a temporary folder and opens it; where there is no display, it prints the path. */
export async function open(name: string): Promise<ExitCode> {
  using unpacked = unpackResults([name])
  const [only, ...more] = unpacked.names
  if (only === undefined || more.length > 0) {
    throw new UsageError(`${name} has ${unpacked.names.length} results. Unpack it and name one of them, or join them with: callsheet merge`)
  }
  const page = temporaryPage()
  // What is unpacked here is soon gone. Whoever unpacks the archive has a folder of its name.
  const commands = only === name ? undefined : { folder: parse(name).name }
  const code = await report(only, { html: page.folder, reporter: 'none', ...(commands && { commands }) })
  const isOpen = await page.open(process.env)
  await write(process.stdout, `${isOpen ? 'Opened' : 'Open this page:'} ${safeLine(page.file)}\n`)
  return code
}

/** `run --open`: opens the page that a run has written, or one that nobody keeps. @param html  As `--html` takes it. */
export async function openAfterRun(place: string, html: string | undefined): Promise<void> {
  const page = temporaryPage()
  const file = html === undefined ? page.file : htmlPlace(html).file
  if (html === undefined) await report(place, { html: page.folder, reporter: 'none' })
  const isOpen = await openPage(file, process.env)
  // Standard output belongs to the report.
  process.stderr.write(`${isOpen ? 'Opened' : 'Open this page:'} ${safeLine(file)}\n`)
}
