import type { Path } from './path.js'

/** Something in what was read that cannot be accepted: nothing is made of the input then. */
export interface Problem {
  readonly at: Path
  /** What is wrong, in a sentence. */
  readonly message: string
}

/** Takes a problem. */
export type ReportProblem = (at: Path, message: string) => void

/** Something that could not be carried over as it was. */
export interface Loss {
  /** Where it stood. */
  readonly at: Path
  /** What became of it, why, and what to do about it. */
  readonly message: string
}
