import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Where an HTML report goes: one file, or a folder with style and script beside the page. */
export interface HtmlPlace {
  /** The page. */
  readonly file: string
  /** Absent if all is in one file. */
  readonly folder?: string
}

/** @param path  A folder if it ends with a slash, or is one. */
export function htmlPlace(path: string): HtmlPlace {
  const isFolder = /[/\\]$/.test(path) || (existsSync(path) && statSync(path).isDirectory())
  return isFolder ? { file: join(path, 'index.html'), folder: path } : { file: path }
}
