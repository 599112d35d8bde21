import type { SuiteHistory } from '../domain/case-history.js'
import type { Agreement, Review } from '../domain/review.js'
import type { Recording } from '../domain/recording.js'
import type { ShownSignature } from '../domain/shown-signature.js'
import type { ShownComparison } from '../domain/comparison.js'
import type { RunEnded, SuiteEvent, SuiteStarted } from '../domain/event.js'
import type { CommandNames } from '../domain/repeat-command.js'
import type { Report } from '../domain/report.js'

/** A finished result. Its runs stream, so that a report of 100,000 takes no more memory than one of ten. */
export interface FinishedResult {
  readonly started: SuiteStarted
  readonly report: Report
  /** Folder of the result, as a user types it. */
  readonly place: string
  /** What the last line of its journal says and its runs do not, as half a sentence; absent if they agree. */
  readonly contradiction?: string
  /** In batches, in plan order, every planned run once. May be called repeatedly. */
  runs(): AsyncIterable<readonly RunEnded[]>
}

/** A report: text, in pieces. The same result gives the same bytes. */
export type Reporter = (result: FinishedResult, how: ReportOptions) => AsyncIterable<string>

/** GitHub shows nothing at all of a summary of more than 1 MiB. */
export const usualMarkdownBytes = 1_000_000

export interface ReportOptions {
  readonly colour: boolean
  /** Console: columns of the terminal. Default: 80. */
  readonly width?: number | undefined
  /** JUnit: one testcase per run, rather than per scenario x personality x test profile. */
  readonly junitPerRun: boolean
  /** JUnit: whose transcripts to include. Default: `failed`, those of everything that did not pass. */
  readonly junitOutput?: JUnitOutput
  /** JUnit: `extended` has file, line and properties on each testcase, which Jenkins' schema forbids. Default: `jenkins`. */
  readonly junitDialect?: JUnitDialect
  /** JUnit: if the gate passed, what did not pass is skipped, as allowed by the thresholds. Default: it is a failure. */
  readonly junitFollowsGate?: boolean
  /** Console: how many of the slowest cases to list. Default: none. */
  readonly durations?: number
  /** Markdown: the most bytes. Default: {@link usualMarkdownBytes}. */
  readonly markdownLimit?: number
  readonly html?: HtmlOptions
  /** Console, HTML and Markdown: how far people agreed with the judge; absent if nobody has reviewed it. */
  readonly agreement?: Agreement
  /** HTML: what each of them said. Default: the page does not say it. */
  readonly reviews?: readonly Review[]
  /** HTML and Markdown: how the result compares with an earlier one; absent if it was not compared. */
  readonly compared?: ShownComparison
}

export interface HtmlOptions {
  /** Whose conversations the page has. Default: all, or, above the limit, as many of those that did not pass as fit. */
  readonly content?: HtmlContent
  /** The most bytes of conversations, packed. Default: 5 MiB. */
  readonly limitBytes?: number
  /** Default: the name of the suite. */
  readonly title?: string
  /** How commands on the page name the result. Default: its place. */
  readonly commands?: CommandNames
  /** SHA-256 of the journal, hexadecimal. Default: the page does not say it. */
  readonly journal?: string
  /** What the envelopes beside the result say. Default: nothing. */
  readonly signatures?: readonly ShownSignature[]
  /** The recordings for the page. @param place  The result's folder. Default: the page has none. */
  readonly audio?: (place: string) => PageAudio
  /** How the suite fared up to the result; absent if it is the first. */
  readonly history?: SuiteHistory
  /** Style and script are files beside the page. Default: they are in it. */
  readonly isFolder?: boolean
}

export type HtmlContent = 'all' | 'failed' | 'none'
/** Which recordings a page plays: all, from files beside it; those of runs that did not pass, embedded; or none. */
export type HtmlAudio = 'beside' | 'failed' | 'none'

export interface PageAudio {
  readonly kind: Exclude<HtmlAudio, 'none'>
  /**
   * Takes a recording: its address for `beside`, or its bytes in base64 for `failed`; `undefined` if it is not to be had.
   *
   * @param of  The run's index, and whether it is that of its last attempt.
   */
  take(recording: Recording, of: { readonly run: number; readonly isLast: boolean }): Promise<string | undefined>
}

export type JUnitOutput = 'failed' | 'all' | 'none'
export type JUnitDialect = 'jenkins' | 'extended'

/** Shows a suite in progress. It turns events into text synchronously, because every event waits for it. */
export type ProgressReporter = (how: ProgressOptions) => Progress

/** Each method returns the text to print, often none. */
export interface Progress {
  on(event: SuiteEvent): string
  /** Call it about once a second, so that a quiet suite shows that it is alive. */
  tick(): string
  /** No more events follow. */
  end(): string
}

export interface ProgressOptions {
  readonly colour: boolean
  /** Whether the output can overwrite lines. */
  readonly tty: boolean
  /** Width of a line. */
  readonly columns: number
  /** Monotonic milliseconds. */
  now(): number
}
