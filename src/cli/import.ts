import { dirname, relative, resolve, sep } from 'node:path'
import { importSuite, type ImportKind, type ImportSource } from '../app/exchange/import-suite.js'
import { safeYaml } from '../app/exchange/safe-yaml.js'
import { defaultAdapters } from '../app/registry.js'
import { printDiagnostics } from './check-suites.js'
import { count } from '../domain/count.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'
import { findResult } from './find-result.js'
import { lossesOf, showFindings } from './show-findings.js'
import { write } from './terminal.js'
import { UsageError } from './usage-error.js'
import { refuseOverwriting, writeText } from './write-text.js'

export interface ImportFlags {
  readonly as?: ImportKind
  readonly run?: readonly string[]
  readonly out?: string
  readonly agentUrl?: string
  readonly force?: boolean
  readonly strict?: boolean
}

/** `callsheet import`: converts test suites, tables and conversations to a suite. */
export async function importFiles(paths: readonly string[], flags: ImportFlags): Promise<ExitCode> {
  const { out, force = false, strict = false, agentUrl } = flags
  refuseOverwriting(out, force)
  const sources = await sourcesOf(paths, flags)
  const imported = await importSuite({ sources, schema: schemaFrom(out), ...(agentUrl !== undefined && { agentUrl }) })
  if ('diagnostics' in imported) {
    printDiagnostics(imported.diagnostics)
    return exit.usage
  }
  await write(process.stderr, showFindings(imported))
  if (out === undefined) await write(process.stdout, safeYaml(imported.text))
  else {
    writeText(out, imported.text)
    await write(
      process.stdout,
      `wrote ${safeLine(out)}: ${count(imported.scenarios, 'scenario')}; ${lossesOf(imported.losses)}.\n\nNext: callsheet validate ${safeLine(out)}\n`,
    )
  }
  return strict && imported.losses.length > 0 ? exit.failed : exit.passed
}

async function sourcesOf(paths: readonly string[], { as, run }: ImportFlags): Promise<ImportSource[]> {
  if (run === undefined) return paths.map(path => ({ path, ...(as && { kind: as }) }))
  if (as !== undefined && as !== 'transcript') throw new UsageError(`--run cannot be combined with --as ${as}: a run is a transcript.`)
  const [name, second] = paths
  if (name === undefined || second !== undefined) throw new UsageError('Name exactly one result with --run: a folder, an id or latest.')
  const result = await findResult(name, await defaultAdapters(process.env))
  return run.map(key => ({ result, run: key }))
}

/** The path of the schema for editors, inside the installed package. */
function schemaFrom(out: string | undefined): string {
  const schema = resolve('node_modules/callsheet/schemas/suite.schema.json')
  return relative(out === undefined ? '.' : dirname(resolve(out)), schema)
    .split(sep)
    .join('/')
}
