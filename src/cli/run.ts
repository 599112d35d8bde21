import { existsSync } from 'node:fs'
import { executeSuite, type Executed, type Execution } from '../app/execute-suite.js'
import type { Executor } from '../app/executor.js'
import type { Prepared } from '../app/plan-document.js'
import { inputsProblem } from '../app/read-inputs.js'
import { defaultAdapters, type Adapters } from '../app/registry.js'
import { beginningOf, type Beginning } from '../app/report-result.js'
import type { Environment } from '../domain/environment.js'
import { safeLine } from '../domain/safe-text.js'
import { checkSuites, printDiagnostics, type PlanFlags } from './check-suites.js'
import { claim } from './claim.js'
import { readEnvironment } from './environment.js'
import { attested, type EndFlags, exitOfEnd, refuseBadKey } from './end-of-result.js'
import { exit, worst, type ExitCode } from './exit.js'
import { keepHeapSmall } from './heap.js'
import { listenForInterrupts } from './interrupts.js'
import { numbered } from './numbered.js'
import { progressOnStderr } from './progress.js'
import { destinationOf, type ReportFlags } from './report-options.js'
import { orUsageError } from './signing.js'
import { UsageError } from './usage-error.js'

export interface RunFlags extends PlanFlags, ReportFlags, EndFlags {
  readonly out?: string
  readonly resume?: string
  /** Where recordings are kept: an absolute folder, or `s3://`. */
  readonly recordingsTo?: string
  /** The queue that workers take runs from. */
  readonly queue?: string
}

/** `callsheet run`: runs suites one after the other, each into a result of its own. All are checked before the first call. */
export async function run(paths: readonly string[], flags: RunFlags): Promise<ExitCode> {
  await claim(paths.length > 0 ? paths : [flags.resume ?? 'callsheet run'], flags)
  if (paths.length === 0 && flags.resume === undefined)
    throw new UsageError('Name a suite file: callsheet run <suite...>. To write a starter suite: callsheet init.')
  const before = flags.resume === undefined ? undefined : await findBeginning(flags.resume, paths.length > 0)
  const suites = before && paths.length === 0 ? [before.path] : paths
  if (before && flags.out !== undefined)
    throw new UsageError('--out cannot be combined with --resume, which writes to the folder of its result. Remove --out.')
  if (before && suites.length > 1) throw new UsageError('--resume takes one suite, not several.')

  return checkThenRun(suites, flags, before)
}

/** What a run takes from an earlier result: its options and, to resume it, its place. */
export type Before = Pick<Beginning, 'options'> & Partial<Pick<Beginning, 'place'>>

/** Checks suites, and runs them if all are valid. */
export async function checkThenRun(suites: readonly string[], flags: RunFlags, before?: Before): Promise<ExitCode> {
  const { use, prepared, diagnostics, isRejected } = await checkSuites(suites, flags, before?.options)
  printDiagnostics(diagnostics)
  if (isRejected) return exit.usage

  await refuseBadKey(flags)
  keepHeapSmall()
  await using elsewhere = flags.queue === undefined ? undefined : await queuedExecutor(flags.queue, use, readEnvironment(flags.envFile))
  using interrupts = listenForInterrupts()
  const codes: ExitCode[] = []
  const flagsOf = (index: number): RunFlags => (prepared.length > 1 ? separate(flags, index) : flags)
  if (prepared.length > 1) await refuseBadInputs(prepared, flagsOf, use)
  for (const [i, suite] of prepared.entries()) {
    if (interrupts.exitCode !== undefined) {
      process.stderr.write(`not run: ${safeLine(suite.request.path)}\n`)
      continue
    }
    const executed = await orUsageError(() =>
      runOne({ prepared: suite, use, stop: interrupts, ...(elsewhere && { executor: elsewhere }) }, flagsOf(i), before),
    )
    codes.push(await exitOfEnd(executed, flagsOf(i)))
  }
  return interrupts.exitCode ?? worst(codes)
}

/** Reads what each of several suites needs before the first is called. @throws {UsageError} */
async function refuseBadInputs(suites: readonly Prepared[], flagsOf: (index: number) => RunFlags, use: Adapters): Promise<void> {
  for (const [i, suite] of suites.entries()) {
    const problem = await inputsProblem(suite, flagsOf(i), use)
    if (problem !== undefined) throw new UsageError(problem)
  }
}

async function runOne(suite: Execution, flags: RunFlags, before: Before | undefined): Promise<Executed> {
  using progress = await progressOnStderr(suite.use)
  const { recordingsTo } = flags
  const destination = {
    ...destinationOf(flags),
    ...(recordingsTo !== undefined && { recordingsTo }),
    ...(before?.place !== undefined && { resume: before.place }),
  }
  return attested(await executeSuite({ ...suite, destination, onEvent: progress.on, onNote: showNote }), flags, suite.use)
}

function showNote(text: string): void {
  process.stderr.write(`${safeLine(text)}\n`)
}

/** Lets workers conduct the conversations. */
async function queuedExecutor(url: string, use: Adapters, environment: Environment): Promise<Executor & AsyncDisposable> {
  const { openQueuedExecutor } = await import('../app/queue/open-queue.js')
  return openQueuedExecutor(url, process.cwd(), use, { environment, onNote: showNote })
}

/** @param isNamed  Whether the command line names a suite file of its own. */
async function findBeginning(name: string, isNamed: boolean): Promise<Beginning> {
  const beginning = await beginningOf(name, await defaultAdapters(process.env))
  if ('problem' in beginning) throw new UsageError(beginning.problem.message)
  if (!isNamed && !existsSync(beginning.path)) {
    throw new UsageError(
      `${name} was started with ${beginning.path}, which was not found. Run from the folder it was started in, or name the suite file.`,
    )
  }
  return beginning
}

/** The flags for one of several suites: each writes its own files. */
function separate(flags: RunFlags, index: number): RunFlags {
  const { out, junit, json, markdown, html, ctrf, metrics, pdf } = flags
  return {
    ...flags,
    ...(out !== undefined && { out: numbered(out, index) }),
    ...(junit !== undefined && { junit: numbered(junit, index) }),
    ...(json !== undefined && { json: numbered(json, index) }),
    ...(markdown !== undefined && { markdown: numbered(markdown, index) }),
    ...(html !== undefined && { html: numbered(html, index) }),
    ...(ctrf !== undefined && { ctrf: numbered(ctrf, index) }),
    ...(metrics !== undefined && { metrics: numbered(metrics, index) }),
    ...(pdf !== undefined && { pdf: numbered(pdf, index) }),
  }
}
