import { stripVTControlCharacters } from 'node:util'
import { exit, type ExitCode } from './exit.js'

/** On the command line, before or after the command: shows where Callsheet itself failed. */
export const debugFlag = '--debug'

/**
 * Reports a failure of Callsheet itself in one line, and with `--debug` where it happened.
 *
 * @returns The exit code: it says nothing about the agent.
 */
export function reportFailure(cause: unknown, isDebugging: boolean): ExitCode {
  const error = cause instanceof Error ? cause : new Error(String(cause))
  const said = stripVTControlCharacters(error.message.split('\n', 1)[0] ?? '').trim()
  const lacksFiles = 'code' in error && (error.code === 'EMFILE' || error.code === 'ENFILE')
  const hint = lacksFiles
    ? ' Raise the limit of open files (ulimit -n).'
    : isDebugging
      ? ''
      : ` Run it again with ${debugFlag} to see where.`
  process.stderr.write(`error: Callsheet itself failed: ${said === '' ? error.name : said}.${hint}\n`)
  if (isDebugging) process.stderr.write(`${error.stack ?? ''}\n`)
  return exit.inconclusive
}

/** Ends the process where an exception reaches nobody. What was journalled before stays. */
export function endOnStrayExceptions(isDebugging: boolean): void {
  process.on('uncaughtException', cause => process.exit(reportFailure(cause, isDebugging)))
}
