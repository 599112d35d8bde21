import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { starterFiles } from '../app/init-template.js'
import { writeWhole } from '../app/write-whole.js'
import { exit, type ExitCode } from './exit.js'
import { UsageError } from './usage-error.js'

/** `callsheet init`: writes a suite that passes at once, as a starting point. Overwrites nothing. */
export function init(folder: string): ExitCode {
  const files = starterFiles().map(({ path, text }) => ({ path: join(folder, path), text }))
  const there = files.map(({ path }) => path).filter(existsSync)
  if (there.length > 0) throw new UsageError(`${there.join(', ')} already exists, so nothing was written. Name another folder.`)
  for (const { path, text } of files) {
    writeWhole(path, text)
    process.stdout.write(`wrote ${path}\n`)
  }
  const suite = files.find(({ path }) => path.endsWith('suite.yaml'))
  process.stdout.write(`\nNext: callsheet run ${suite?.path ?? 'suite.yaml'}\n`)
  return exit.passed
}
