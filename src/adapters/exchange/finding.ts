import type { Path } from './path.js'

/** An error in the input. With any problem, the import produces nothing. */
export interface Problem {
  readonly at: Path
  /** The error, in a sentence. */
  readonly message: string
}

export type ReportProblem = (at: Path, message: string) => void

/** Something that could not be carried over unchanged. */
export interface Loss {
  /** The place in the input. */
  readonly at: Path
  /** What happened to it, why, and what to do about it. */
  readonly message: string
}
