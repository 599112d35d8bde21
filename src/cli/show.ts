import { followResult } from '../app/follow-result.js'
import { type Adapters, defaultAdapters } from '../app/registry.js'
import { agreementAt } from '../app/review/reviews.js'
import { runsNamed, showRun, troubledRuns, type Terminal } from '../app/show-runs.js'
import { makeReports } from '../app/write-reports.js'
import { count } from '../domain/count.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'
import { exitGiven, findResult } from './find-result.js'
import { listenForInterrupts } from './interrupts.js'
import { progressOnStderr } from './progress.js'
import { hasColour, widthOf, write } from './terminal.js'
import { UsageError } from './usage-error.js'

export interface ShowFlags {
  readonly failed?: boolean
  /** From 1, in the order of the report. */
  readonly cause?: number
  readonly attempt?: number
  /** Wait until the result is over, and show its progress. */
  readonly watch?: boolean
}

/** `callsheet show`: a run of a result, or all that did not pass, with their whole conversations; without either, the report. */
export async function show(name: string, run: string | undefined, flags: ShowFlags): Promise<ExitCode> {
  const { failed = false, cause, attempt } = flags
  if (run !== undefined && (failed || cause !== undefined)) throw new UsageError('Name a run, or use --failed or --cause, not both.')
  if (run === undefined && attempt !== undefined) throw new UsageError('--attempt needs a run. Add the key of one.')
  const use = await defaultAdapters(process.env)
  const stopped = flags.watch ? await follow(name, use) : undefined
  if (stopped !== undefined) return stopped
  const result = await findResult(name, use)
  const terminal: Terminal = { colour: hasColour(process.stdout), width: widthOf(process.stdout) }
  if (run !== undefined) await write(process.stdout, await oneRun(result, run, { attempt, terminal, name }))
  else if (failed || cause !== undefined) await writeTroubled(result, terminal, cause)
  else await makeReports([{ reporter: 'console', to: writeAll }], result, howToShow(result, terminal))
  return exitGiven(exit.passed, [result])
}

/** Shows the progress of a result that is still running. @returns The exit code if it was interrupted: the result itself runs on. */
async function follow(name: string, use: Adapters): Promise<ExitCode | undefined> {
  using interrupts = listenForInterrupts()
  using progress = await progressOnStderr(use)
  await followResult(name, { signal: interrupts.gently, show: progress.on }, use)
  return interrupts.exitCode
}

function howToShow({ place }: Result, terminal: Terminal) {
  const agreement = agreementAt(place)
  return { ...terminal, junitPerRun: false, ...(agreement && { agreement }) }
}

type Result = Awaited<ReturnType<typeof findResult>>

/** How one run is shown. */
interface RunShown {
  readonly attempt: number | undefined
  readonly terminal: Terminal
  /** The result, as it was named. */
  readonly name: string
}

async function oneRun(result: Result, wanted: string, { attempt, terminal, name }: RunShown): Promise<string> {
  const { runs, count: found } = await runsNamed(result, wanted)
  const [only] = runs
  const shown = safeLine(name)
  if (!only) {
    throw new UsageError(
      `There is no run "${wanted}" in ${result.place}. See those that did not pass with: callsheet show ${shown} --failed`,
    )
  }
  if (found > 1) {
    const some = runs.map(({ run }) => run.run).join(', ')
    throw new UsageError(`${found} runs of ${result.place} have "${wanted}" in their key, such as ${some}. Write more of the key.`)
  }
  try {
    return showRun(only, terminal, attempt)
  } catch (cause) {
    throw cause instanceof RangeError ? new UsageError(cause.message) : cause
  }
}

async function writeTroubled(result: Result, terminal: Terminal, cause: number | undefined): Promise<void> {
  const { causes = [] } = result.report
  const wanted = cause === undefined ? undefined : causes[cause - 1]
  if (cause !== undefined && !wanted) {
    throw new UsageError(
      causes.length === 0
        ? `No run of ${result.place} failed or was inconclusive.`
        : `${result.place} has ${count(causes.length, 'cause')}.`,
    )
  }
  if (wanted) await write(process.stdout, `${count(wanted.runs, 'run')}: ${safeLine(wanted.check)}\n\n`)
  let shown = 0
  for await (const text of troubledRuns(result, terminal, wanted?.id)) {
    await write(process.stdout, shown === 0 ? text : `\n${text}`)
    shown += 1
  }
  if (shown === 0) await write(process.stdout, 'No run failed or was inconclusive.\n')
}

async function writeAll(text: AsyncIterable<string>): Promise<void> {
  for await (const piece of text) await write(process.stdout, piece)
}
