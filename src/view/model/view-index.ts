import type { SuiteHistory } from '../../domain/case-history.js'
import type { Conditions } from '../../domain/conditions.js'
import type { SuiteStarted } from '../../domain/event.js'
import type { CommandNames } from '../../domain/repeat-command.js'
import type { Report } from '../../domain/report.js'
import type { Agreement } from '../../domain/review.js'
import type { ShownSignature } from '../../domain/shown-signature.js'
import type { RunColumns } from './run-columns.js'

/** So many runs are packed together. */
export const chunkRuns = 50

/** A result without its conversations: all that a page needs to begin with. */
export interface ViewIndex {
  readonly title: string
  readonly started: SuiteStarted
  readonly report: Report
  readonly commands: CommandNames
  /** Commands that run each case again, by its index; absent if the page is for those who cannot. */
  readonly again?: readonly (string | null)[]
  /** SHA-256 of the journal, hexadecimal; absent if it is no file. */
  readonly journal?: string
  /** What the last line of the journal says and its runs do not, as half a sentence; absent if they agree. */
  readonly contradiction?: string
  readonly runs: RunColumns
  /** Each agent with its version and digest in one line, by its key. */
  readonly agents: Readonly<Record<string, string>>
  readonly conditions: Conditions
  /** What the keys of all cases begin with, if that is no part of what was tested: the name of a request. */
  readonly slug?: string
  /** Keys of the cases that got worse; absent if the result was not compared. */
  readonly worse?: readonly string[]
  /** How the suite fared up to the result; absent if it is the first. */
  readonly history?: SuiteHistory
  readonly content: ShownContent
  /** Which conversations were left out, and how to have them; absent if none were. */
  readonly leftOutNote?: string
  /** What the envelopes beside the result say. */
  readonly signatures?: readonly ShownSignature[]
  /** How far people agreed with the judge; absent if nobody has reviewed it. */
  readonly agreement?: Agreement
  /** The page is for whoever has its link: without the record. */
  readonly isShared?: true
}

/** Whose conversations the page has. */
export interface ShownContent {
  readonly of: 'all' | 'failed' | 'none'
  /** Conversations that were left out, and why: as asked, or because they are too large. */
  readonly leftOut: number
  readonly because?: 'asked' | 'limit'
}
