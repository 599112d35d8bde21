import { createReadStream } from 'node:fs'
import { copyFile, mkdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Recordings, ResultRecordings } from '../../ports/recordings.js'
import { besideResult, recordingsFolder } from './beside-result.js'
import { recordingName } from './recording-name.js'
import type { WorkFolder } from './work-folder.js'

/**
 * Keeps recordings in the folders of results, which are named by their ids.
 *
 * @param root  The folder with these.
 */
export function inFoldersOfResults(root: string): Recordings {
  const folderOf = (result: string): string => join(root, result, recordingsFolder)
  return {
    of: result => besideResult(join(root, result)),
    find: (result, path) => findIn(folderOf(result), path),
    async forget(result) {
      await rm(folderOf(result), { recursive: true, force: true })
      // Unless something else is in it.
      await rmdir(join(root, result)).catch(() => undefined)
    },
  }
}

/**
 * Keeps recordings in a folder of the user's choice, which several machines may share: `<folder>/<result>/<name>`. The journal names each by
 * its URL. They are made elsewhere, because such a folder may be slow.
 *
 * @param folder  Absolute.
 */
export function inFolder(folder: string, work: WorkFolder): Recordings {
  return {
    of: (result): ResultRecordings => ({
      begin: () => work.folder(result),
      async keep(name) {
        const target = join(folder, result, name)
        await mkdir(join(folder, result), { recursive: true, mode: 0o700 })
        await move(join(work.folder(result), name), target)
        return pathToFileURL(target).href
      },
    }),
    find: (result, path) => findIn(join(folder, result), path),
    forget: result => rm(join(folder, result), { recursive: true, force: true }),
  }
}

async function findIn(folder: string, path: string): ReturnType<Recordings['find']> {
  const name = recordingName(path)
  if (name === undefined) return undefined
  const file = join(folder, name)
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) return undefined
  return { bytes: found.size, read: (start, end) => createReadStream(file, { start, end }) }
}

/** Also to another file system. The target is there whole or not at all. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EXDEV') throw cause
    await copyFile(from, `${to}.part`)
    await rename(`${to}.part`, to)
    await rm(from)
  }
}
