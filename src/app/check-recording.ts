import { statSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import { count } from '../domain/count.js'
import type { Recording } from '../domain/recording.js'
import { shownAddress } from '../domain/shown-address.js'
import { fileDigest } from './file-digest.js'

/** What became of a recording since the call. */
export type RecordingCheck =
  /** The file is what the journal says. */
  | { readonly status: 'intact'; readonly path: string }
  /** It is kept at a URL; it was not fetched. */
  | { readonly status: 'elsewhere'; readonly url: string }
  /** The file is another one than the journal says; or it is not there, or cannot be read. */
  | { readonly status: 'altered' | 'missing'; readonly path: string; readonly message: string }

/** Checks the file of a recording against the journal. @param place  The result's folder. */
export async function checkRecording({ path: named, bytes, sha256 }: Recording, place: string): Promise<RecordingCheck> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(named)) return { status: 'elsewhere', url: shownAddress(named) }
  const path = resolve(place, named)
  const altered = (message: string): RecordingCheck => ({ status: 'altered', path, message })
  if (!isInside(path, place)) return altered(`The journal names a recording outside the result: ${named}. It was not read.`)
  try {
    const file = statSync(path)
    // A named pipe could block for ever.
    if (!file.isFile()) return altered(`${path} is not a regular file, so it is not the recording of this call.`)
    if (file.size !== bytes)
      return altered(
        `${path} is not the recording of this call: it has ${count(file.size, 'byte')}, and the journal says ${count(bytes, 'byte')}.`,
      )
    const found = await fileDigest(path)
    if (found !== sha256)
      return altered(`${path} is not the recording of this call: its sha256 is ${found}, and the journal says ${sha256}.`)
    return { status: 'intact', path }
  } catch (cause) {
    return { status: 'missing', path, message: whyMissing(path, cause) }
  }
}

function isInside(path: string, place: string): boolean {
  const way = relative(resolve(place), path)
  return way !== '' && !/^\.\.(?:[/\\]|$)/.test(way) && !isAbsolute(way)
}

function whyMissing(path: string, cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return `The recording is gone: ${path}. Put the file back, or run the case again with recordings: all.`
  return `The recording cannot be read: ${message}. Make the file readable, or copy it back.`
}
