import { readFileSync } from 'node:fs'

/**
 * How many files and sockets this process may have open at once: the soft limit of `ulimit -n`.
 *
 * @returns `undefined` where the system does not say.
 */
export function openFilesLimit(): number | undefined {
  try {
    // Linux; elsewhere Node raises the soft limit to the hard one, which is high.
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return soft === undefined ? undefined : Number(soft)
  } catch {
    return undefined
  }
}
