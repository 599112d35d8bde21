import { copyFileSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { makeFolders } from '../adapters/stores/make-folders.js'
import type { Recording } from '../domain/recording.js'
import type { HtmlAudio, PageAudio } from '../ports/reporter.js'
import { checkRecording } from './check-recording.js'

/** A page embeds at most this much of recordings, in base64. */
const mostEmbedded = 25 * 1024 * 1024

/**
 * The recordings for a page: copied beside it, or for it to embed. What is not what the journal says is left out.
 *
 * @param file  The page.
 * @param place  The result's folder.
 */
export function openPageAudio(kind: Exclude<HtmlAudio, 'none'>, file: string, place: string): PageAudio {
  let embedded = 0
  const folder = basename(file) === 'index.html' ? 'recordings' : `${basename(file).replace(/\.html?$/i, '')}-recordings`
  const intact = async (recording: Recording): Promise<string | undefined> => {
    const check = await checkRecording(recording, place)
    return check.status === 'intact' ? check.path : undefined
  }
  if (kind === 'failed') {
    return {
      kind,
      async take(recording) {
        const path = await intact(recording)
        const size = Math.ceil(recording.bytes / 3) * 4
        if (path === undefined || embedded + size > mostEmbedded) return undefined
        embedded += size
        return readFileSync(path).toString('base64')
      },
    }
  }
  return {
    kind,
    async take(recording) {
      const path = await intact(recording)
      if (path === undefined) return undefined
      const target = join(dirname(file), folder, basename(path))
      makeFolders(dirname(target))
      if (resolve(target) !== resolve(path)) copyFileSync(path, target)
      return `${folder}/${basename(path)}`
    },
  }
}
