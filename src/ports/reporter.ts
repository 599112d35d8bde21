import type { RunEnded, SuiteEvent, SuiteStarted } from '../domain/event.js'
import type { Report } from '../domain/report.js'

/** A result that is over. The runs stream, so that a report of 100,000 takes no more memory than one of ten. */
export interface FinishedResult {
  readonly started: SuiteStarted
  readonly report: Report
  /** Folder of the result, as people should type it. */
  readonly place: string
  /** In batches, in plan order; every planned run once. May be called more than once. */
  runs(): AsyncIterable<readonly RunEnded[]>
}

/** A report: text, in pieces. The same result gives the same bytes. */
export type Reporter = (result: FinishedResult, how: ReportOptions) => AsyncIterable<string>

export interface ReportOptions {
  readonly colour: boolean
  /** JUnit: one testcase a run, rather than one a scenario x personality x profile. */
  readonly junitPerRun: boolean
}

/** Shows a suite while it runs. Folds events into text, at once: it stands in the way of every event. */
export type ProgressReporter = (how: ProgressOptions) => Progress

/** What is to be printed, each time; often nothing. */
export interface Progress {
  on(event: SuiteEvent): string
  /** To be called about once a second, so that a suite in which nothing happens shows that it is alive. */
  tick(): string
  /** No more will come. */
  end(): string
}

export interface ProgressOptions {
  readonly colour: boolean
  /** Whether lines may be drawn over. */
  readonly tty: boolean
  /** Width of a line. */
  readonly columns: number
  /** Milliseconds that only grow. */
  now(): number
}
