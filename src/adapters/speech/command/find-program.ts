import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import type { Environment } from '../../../domain/environment.js'

/**
 * The file of a program, as a shell finds it.
 *
 * @param cwd  What a name with a slash is relative to.
 * @returns An absolute path; `undefined` if there is none that can be run.
 */
export function findProgram(name: string, environment: Environment, cwd: string): string | undefined {
  if (/[/\\]/.test(name)) return runnable(isAbsolute(name) ? name : resolve(cwd, name))
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    const found = runnable(join(folder || '.', name))
    if (found !== undefined) return found
  }
  return undefined
}

function runnable(path: string): string | undefined {
  return [path, ...(process.platform === 'win32' ? [`${path}.exe`] : [])].find(file => {
    try {
      accessSync(file, constants.X_OK)
      return statSync(file).isFile()
    } catch {
      return false
    }
  })
}
