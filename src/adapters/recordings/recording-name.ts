import { posix } from 'node:path'

/** The file's name in the path or URL of a recording. Of a path only this counts: whoever wrote it, nothing else is read. */
export function recordingName(path: string): string | undefined {
  const name = posix.basename(path)
  return /^\d+-\d+\.(?:wav|opus)$/.test(name) ? name : undefined
}
