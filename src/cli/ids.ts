import { largest } from '../domain/largest.js'
import { defaultAdapters } from '../app/registry.js'
import { suiteIds, type IdOfThing } from '../app/serve/catalogue/suite-ids.js'
import { safeLine } from '../domain/safe-text.js'
import { printDiagnostics } from './check-suites.js'
import { count } from '../domain/count.js'
import { readEnvironment } from './environment.js'
import { exit, type ExitCode } from './exit.js'
import { rootOf } from './root-option.js'
import { UsageError } from './usage-error.js'

export interface IdsFlags {
  readonly write?: boolean
  readonly project: string
  readonly data: string
  readonly database?: string
  readonly envFile?: readonly string[]
  readonly root?: string
}

/** `callsheet ids`: shows the API ids of everything the suites declare, and adds them to the suite files. */
export async function ids(
  paths: readonly string[],
  { write = false, project, data, database, envFile, root }: IdsFlags,
): Promise<ExitCode> {
  const environment = readEnvironment(envFile)
  const found = await suiteIds(
    {
      project: { key: project, id: 1, name: project },
      paths,
      cwd: process.cwd(),
      ...rootOf(root),
      environment,
      database: database ?? environment['CALLSHEET_DATABASE'] ?? data,
      write,
    },
    await defaultAdapters(environment),
  )
  printDiagnostics(found.diagnostics)
  if (found.diagnostics.some(({ severity }) => severity === 'error')) return exit.usage
  if (found.ids.length === 0)
    throw new UsageError(`No suite was found in ${paths.join(', ')}. Name a suite file, or a folder with suite files.`)
  process.stdout.write(
    `${tableOf(found.ids)}\n\n${found.changed.map(path => `wrote ${safeLine(path)}\n`).join('')}${nextOf(found.ids, write, paths)}\n`,
  )
  return exit.passed
}

function tableOf(all: readonly IdOfThing[]): string {
  const rows = all.map(({ id, kind, suite, key, stands }) => ({
    id: String(id),
    what: `${kind.replace('_', ' ')} ${safeLine(key)}`,
    suite: safeLine(suite),
    stands: safeLine(stands),
  }))
  const width = (column: 'id' | 'what' | 'suite'): number => largest(rows.map(row => row[column].length))
  const [first, second, third] = [width('id'), width('what'), width('suite')]
  return rows
    .map(({ id, what, suite, stands }) => `${id.padStart(first)}  ${what.padEnd(second)}  ${suite.padEnd(third)}  ${stands}`)
    .join('\n')
}

function nextOf(all: readonly IdOfThing[], hasWritten: boolean, paths: readonly string[]): string {
  const open = all.filter(({ stands }) => stands === 'nowhere yet')
  if (open.length === 0) return 'Every id is in its file.'
  if (!hasWritten) return `Add ${count(open.length, 'id')} to the files with: callsheet ids --write ${paths.join(' ')}`
  return `${count(open.length, 'id')} could not be added, because the file is shared with another suite or an alias repeats the item. Add them by hand.`
}
