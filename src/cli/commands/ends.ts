import type { ExitCode } from '../exit.js'

/** Takes the exit code of a command. */
export type Ends = (code: ExitCode) => void
