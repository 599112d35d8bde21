import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of this process, in which calls are recorded that are kept elsewhere. */
export interface WorkFolder extends Disposable {
  /** A folder in it, made if it is missing. @param name  Letters, digits, `.`, `_` and `-`. @throws The system's error. */
  folder(name: string): string
}

/** Makes nothing before it is used. What is in it when it is disposed of is deleted. */
export function createWorkFolder(): WorkFolder {
  let root: string | undefined
  return {
    folder(name) {
      root ??= mkdtempSync(join(tmpdir(), 'callsheet-calls-'))
      const folder = join(root, name)
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      return folder
    },
    [Symbol.dispose]() {
      if (root !== undefined) rmSync(root, { recursive: true, force: true })
    },
  }
}
