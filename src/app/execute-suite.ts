import { privateFile } from '../adapters/stores/make-folders.js'
import { join, resolve } from 'node:path'
import { besideResult } from '../adapters/recordings/beside-result.js'
import { createWorkFolder, type WorkFolder } from '../adapters/recordings/work-folder.js'
import { CassetteError } from '../adapters/models/cassette/tape.js'
import type { ShownComparison } from '../domain/comparison.js'
import type { SuiteEvent } from '../domain/event.js'
import type { Recordings } from '../ports/recordings.js'
import type { FinishedResult, ReportOptions } from '../ports/reporter.js'
import { StoreError } from '../ports/store.js'
import { withAgentCommits } from './agent-commits.js'
import { beginHosted } from './hosted/begin-hosted.js'
import { capacityText } from './call-room.js'
import { createOwnExecutor, type Executor } from './executor.js'
import { isPlainError } from './plain-error.js'
import { finish } from './finish.js'
import { createHostedExecutor } from './hosted/hosted-executor.js'
import type { Prepared } from './plan-document.js'
import { problemOf, type Problem } from './problem.js'
import { readInputs } from './read-inputs.js'
import type { Adapters } from './registry.js'
import { storedResult } from './report-result.js'
import { leavePlace, newPlace, newResultId } from './result-place.js'
import { ResumeRefused } from './resumption.js'
import { runSuite } from './run-suite.js'
import type { ResultBefore } from './started-event.js'
import type { Stop } from './stopping.js'
import { ModelUnfit, openModels } from './suite-models.js'
import { copyReport, loadReporters, makeReports, refuseUnknown, toFile, withPast, type WantedReport } from './write-reports.js'

export interface Destination {
  /** Folder of the result. Default: a new one in `.callsheet`. */
  readonly out?: string
  /** Folder of a result to resume. */
  readonly resume?: string
  /** Where recordings are kept: an absolute folder, or `s3://`. Default: that of the result. */
  readonly recordingsTo?: string
  /** Paths for copies of junit.xml and report.json. */
  readonly junit?: string
  readonly json?: string
  /** The history file that the result is added to. Default: none. */
  readonly history?: string
  /** More reports. */
  readonly reports?: readonly WantedReport[]
  /** Default: without colour, and one JUnit testcase a case. */
  readonly how?: ReportOptions
}

export type Executed =
  /** The suite ran and its reports are written. `note`: one more line for the user. */
  | { readonly status: 'ended'; readonly result: FinishedResult; readonly note?: string }
  /** Callsheet called no agent. */
  | ({ readonly status: 'refused' } & Problem)
  /**
   * The journal or the reports could not be written, or the models do not answer at the moment. The result keeps all ended
   * runs and can be resumed.
   */
  | ({ readonly status: 'cut_off' } & Problem)

export interface Execution {
  readonly prepared: Prepared
  readonly use: Adapters
  /** Default: a folder in `.callsheet`, with only the result's own reports. */
  readonly destination?: Destination
  /** How the user stops the suite. Default: never. */
  readonly stop?: Stop
  /** Called with each event as it happens. */
  readonly onEvent?: (event: SuiteEvent) => void
  /** Called with what the user should know before the first call. */
  readonly onNote?: (text: string) => void
  /** Conducts the conversations. Default: this process. */
  readonly executor?: Executor
}

/**
 * Runs a suite and writes its result: journal, junit.xml and report.json in its folder, and the reports in `destination`.
 *
 * @throws {RangeError} for a reporter that there is not, before anything is called.
 */
export async function executeSuite(suite: Execution): Promise<Executed> {
  const {
    prepared,
    use,
    destination = {},
    stop: user = neverStopped(),
    onEvent: show,
    onNote: note,
    executor = createOwnExecutor(use),
  } = suite
  refuseUnknown(destination.reports ?? [])
  const id = newResultId(use)
  let hasBegun = false
  let hasSpoken = false
  let unused: string | undefined
  try {
    const { resume } = destination
    const inputs = await readInputs(prepared, destination, use)
    if ('problem' in inputs) return { status: 'refused', ...inputs.problem }
    const how = { isResumed: resume !== undefined, check: true, calls: !executor.isElsewhere?.(prepared.request.options) }
    using models = await openModels(prepared, how, use, AbortSignal.any([user.gently, user.now]))
    const { mostCalls } = models.speech?.detector ?? {}
    if (mostCalls !== undefined) note?.(capacityText(mostCalls))
    using work = createWorkFolder()
    const elsewhere = await openElsewhere(prepared, destination, work, use)
    const store = await use.store()
    await using journal = resume === undefined ? await store.create(destination.out ?? newPlace(id)) : await store.resume(resume)
    const { place } = journal
    const whole = await beginHosted(await withAgentCommits(prepared, use), id, { use, stop: user, isResumed: resume !== undefined })
    if (whole.status !== 'begun') {
      unused = place
      return whole
    }
    const recordings = elsewhere?.of(id) ?? besideResult(place)
    // Where files are scarce, there may be none left for them at the end.
    if ((prepared.request.openFiles ?? Infinity) < plentyOfFiles) await loadReporters(ownReports)
    const before = destination.history === undefined ? undefined : await resultBefore(destination.history, prepared, use)
    const run = {
      prepared: whole.prepared,
      result: id,
      journal,
      ...inputs,
      ...(before && { before }),
      use,
      stop: user,
      models,
      hooks: { recordings },
    }
    await runSuite({ ...run, executor: createHostedExecutor(executor, use) }, event => {
      hasBegun = true
      show?.(event)
      if (hasSpoken || event.type !== 'run.turn') return
      // While the first agent answers there is time to load what the end needs.
      hasSpoken = true
      void loadReporters(ownReports)
    })
    const stored = await journal.stored()
    if (!stored) throw new StoreError('damaged', `The journal in ${place} is empty.`)
    const result = await finish(stored, place)
    const doubt = await leaveReports(result, destination, use)
    return ended(result, [models.keepRecording(result.report.stopped), doubt])
  } catch (cause) {
    if (user.gently.aborted && !hasBegun) return { status: 'refused', code: 'stopped', message: 'Stopped before the first call.' }
    return notEnded(cause, hasBegun)
  } finally {
    if (unused !== undefined) leavePlace(unused)
  }
}

/** Where the recordings of calls are kept, if not beside the result. @throws {StoreError} when a bucket cannot be written to. */
async function openElsewhere(
  { plan }: Prepared,
  { recordingsTo }: Destination,
  work: WorkFolder,
  use: Adapters,
): Promise<Recordings | undefined> {
  const hasCalls = plan.entries.some(({ cases }) => cases.some(({ call }) => call))
  return recordingsTo !== undefined && hasCalls ? use.recordings(recordingsTo, work) : undefined
}

/** The result of the suite before, as far as the history can be read: at the end it is told if it cannot. */
async function resultBefore(history: string, { document, mask }: Prepared, use: Adapters): Promise<ResultBefore | undefined> {
  const { newestOf } = await import('./history/history-of-result.js')
  return newestOf(history, mask.text(document.name), use.clock.date().toISOString())
}

const ownReports = ['junit', 'json', 'console'] as const
const plentyOfFiles = 1024

/** @param notes  More lines for the user. */
export function ended(result: FinishedResult, notes: readonly (string | undefined)[]): Executed {
  const note = notes.filter(line => line !== undefined).join('\n')
  return { status: 'ended', result, ...(note !== '' && { note }) }
}

/** Describes why a suite left no result. @throws The cause, where it is unexpected. */
export function notEnded(cause: unknown, hasBegun: boolean): Executed {
  if (cause instanceof ModelUnfit) return { status: cause.fault.isFinal ? 'refused' : 'cut_off', code: 'model', message: cause.message }
  if (cause instanceof ResumeRefused) return { status: 'refused', code: 'plan_changed', message: cause.message }
  const status = hasBegun ? 'cut_off' : 'refused'
  if (cause instanceof CassetteError) return { status, code: 'cassette', message: cause.message }
  if (isPlainError(cause)) return { status, ...problemOf(cause) }
  throw cause
}

/**
 * Adds a result to its history, and makes each report once; other destinations get a copy of the file.
 *
 * @returns What is wrong with the history: that loses no result.
 */
export async function leaveReports(
  result: FinishedResult,
  destination: Omit<Destination, 'resume'>,
  use: Adapters,
): Promise<string | undefined> {
  const { junit, json, reports = [], history, how: asked = { colour: false, junitPerRun: false } } = destination
  const compared = await comparedWithBaseline(result, reports, use)
  const past = history === undefined ? undefined : await (await import('./history/leave-history.js')).leaveHistory(result, history)
  const how = { ...withPast(asked, past?.history), ...(compared && { compared }) }
  const own = { junit: join(result.place, 'junit.xml'), json: join(result.place, 'report.json') }
  const files: WantedReport[] = [
    { reporter: 'junit', to: toFile(own.junit, privateFile) },
    { reporter: 'json', to: toFile(own.json, privateFile) },
  ]
  await makeReports([...files, ...reports], result, how)
  if (junit !== undefined) await copyReport(own.junit, junit)
  if (json !== undefined) await copyReport(own.json, json)
  return past?.problems.join('\n') || undefined
}

/** How a result compares with the baseline of its suite, if a report shows that and the baseline can be read: the gate tells if it cannot. */
async function comparedWithBaseline(
  result: FinishedResult,
  reports: readonly WantedReport[],
  use: Adapters,
): Promise<ShownComparison | undefined> {
  const { baseline } = result.started.plan.thresholds.noRegression ?? {}
  if (baseline === undefined || !reports.some(({ reporter }) => reporter === 'html' || reporter === 'markdown')) return undefined
  const found = await storedResult(baseline, use)
  if ('problem' in found || resolve(found.result.place) === resolve(result.place)) return undefined
  return (await import('./compare-results.js')).comparedWith(found.result, result, use)
}

function neverStopped(): Stop {
  const { signal } = new AbortController()
  return { gently: signal, now: signal }
}
