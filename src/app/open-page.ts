import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openInBrowser } from '../adapters/processes/open-in-browser.js'
import type { Environment } from '../domain/environment.js'

/** A page that nobody keeps. */
export interface TemporaryPage {
  /** Its folder, as `--html` takes it. */
  readonly folder: string
  readonly file: string
  /** @returns Whether this machine has a display, and a program for pages. */
  open(environment: Environment): Promise<boolean>
}

/** Makes the folder of a page. Only this user can read it. */
export function temporaryPage(): TemporaryPage {
  const folder = join(mkdtempSync(join(tmpdir(), 'callsheet-open-')), '/')
  const file = join(folder, 'index.html')
  return { folder, file, open: environment => openInBrowser(file, environment) }
}

/** Opens a page of ours. @returns Whether this machine has a display, and a program for pages. */
export function openPage(file: string, environment: Environment): Promise<boolean> {
  return openInBrowser(file, environment)
}
