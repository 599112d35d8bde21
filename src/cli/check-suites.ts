import type { Prepared } from '../app/plan-document.js'
import type { PlanOptions } from '../domain/plan-options.js'
import { prepare, type SuiteRequest } from '../app/prepare.js'
import { defaultAdapters, type Adapters } from '../app/registry.js'
import { readStartContext } from '../app/start-context.js'
import { placeNamed } from '../app/result-place.js'
import { readExceptions } from '../app/attest/read-exceptions.js'
import type { Diagnostic } from '../domain/diagnostic.js'
import { readEnvironment } from './environment.js'
import { showDiagnostics } from './show-diagnostics.js'
import { openFilesLimit } from './open-files.js'
import { rootOf } from './root-option.js'
import { numbered } from './numbered.js'
import { orUsageError } from './signing.js'
import { hasColour } from './terminal.js'
import { UsageError } from './usage-error.js'

/** Options of the command line that shape a plan, as commander gives them. */
export interface PlanFlags {
  readonly tag?: readonly string[]
  readonly filter?: readonly string[]
  readonly frequency?: number
  readonly shard?: { readonly nth: number; readonly of: number }
  readonly agent?: Readonly<Record<string, string>>
  readonly seed?: number
  readonly envFile?: readonly string[]
  readonly root?: string
  readonly concurrency?: number
  readonly maxFailures?: number
  readonly baseline?: string
  /** File of exceptions. */
  readonly waivers?: string
  readonly record?: string
  readonly replay?: string
  readonly runId?: string
  readonly envName?: string
}

export interface CheckedSuites {
  readonly use: Adapters
  /** The suites that can run, in order. */
  readonly prepared: readonly Prepared[]
  readonly diagnostics: readonly Diagnostic[]
  /** Whether any suite has mistakes. */
  readonly isRejected: boolean
}

/** Loads and plans suites before a run: all of them, so that every mistake shows at once. Calls no agent. */
export function checkSuites(paths: readonly string[], flags: PlanFlags, before: PlanOptions = {}): Promise<CheckedSuites> {
  return check(paths, flags, { before, isToRun: true })
}

/** Loads and plans suites that will not run. The keys of their models may be missing. */
export function lookAtSuites(paths: readonly string[], flags: PlanFlags): Promise<CheckedSuites> {
  return check(paths, flags, { before: {}, isToRun: false })
}

async function check(
  paths: readonly string[],
  flags: PlanFlags,
  { before, isToRun }: { readonly before: PlanOptions; readonly isToRun: boolean },
): Promise<CheckedSuites> {
  const environment = readEnvironment(flags.envFile)
  const use = await defaultAdapters(environment)
  const options = { ...before, ...(await orUsageError(() => planOptions(flags))) }
  const openFiles = isToRun ? openFilesLimit() : undefined
  const root = rootOf(flags.root)
  const context = isToRun ? await readStartContext(environment, flags, process.cwd(), use) : undefined
  const requestOf = (path: string, i: number): SuiteRequest => ({
    path,
    cwd: process.cwd(),
    ...root,
    environment,
    options,
    isToRun,
    ...(openFiles !== undefined && { openFiles }),
    ...(context && Object.keys(context).length > 0 && { context }),
    ...cassetteOf(flags, paths.length > 1 ? i : undefined),
  })
  const checked = await Promise.all(paths.map((path, i) => prepare(requestOf(path, i), use)))
  const prepared = checked.filter(suite => 'plan' in suite)
  const diagnostics = checked.flatMap(suite => ('plan' in suite ? suite.warnings : suite.diagnostics))
  return { use, prepared, diagnostics, isRejected: prepared.length < paths.length }
}

/** @param index  The suite's, if there are several: each has a cassette of its own. */
function cassetteOf({ record, replay }: PlanFlags, index: number | undefined): Pick<SuiteRequest, 'cassette'> {
  if (record !== undefined && replay !== undefined) throw new UsageError('--record cannot be combined with --replay. Remove one of them.')
  const file = record ?? replay
  if (file === undefined) return {}
  return { cassette: { mode: record === undefined ? 'replay' : 'record', file: index === undefined ? file : numbered(file, index) } }
}

/** Prints diagnostics to standard error. */
export function printDiagnostics(diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) process.stderr.write(`${showDiagnostics(diagnostics, { colour: hasColour(process.stderr) })}\n`)
}

function planOptions({ tag, filter, frequency, shard, agent, seed, concurrency, maxFailures, baseline, waivers }: PlanFlags): PlanOptions {
  return {
    ...(tag && { tags: tag }),
    ...(filter && { filter }),
    ...(frequency !== undefined && { frequency }),
    ...(shard && { shard }),
    ...(agent && { agents: agent }),
    ...(seed !== undefined && { seed }),
    ...(concurrency !== undefined && { concurrency }),
    ...(maxFailures !== undefined && { maxFailures }),
    ...(waivers !== undefined && { waivers: readExceptions(waivers) }),
    // Resolved before the run, because afterwards `latest` is the new result.
    ...(baseline !== undefined && { baseline: placeNamed(baseline) }),
  }
}
