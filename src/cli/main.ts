import { Command, CommanderError } from 'commander'
import { isPlainError } from '../app/plain-error.js'
import { version } from '../app/version.js'
import { shownAddress } from '../domain/shown-address.js'
import { exit, type ExitCode } from './exit.js'
import { debugFlag, endOnStrayExceptions, reportFailure } from './failure.js'
import { addChecking } from './commands/checking.js'
import { addComparing } from './commands/comparing.js'
import { addExchange } from './commands/exchange.js'
import { addRunning } from './commands/running.js'
import { addSchema } from './commands/schema.js'
import { addServing } from './commands/serving.js'
import { addSigning } from './commands/signing.js'
import type { Ends } from './commands/ends.js'
import { printError, surviveOutput } from './terminal.js'
import { UsageError } from './usage-error.js'

/**
 * The command line. Each command's module loads when the command runs, so start-up stays fast.
 *
 * @param args  Without `node` and the script.
 * @returns The exit code.
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const isDebugging = args.includes(debugFlag)
  const output = surviveOutput()
  endOnStrayExceptions(isDebugging)
  const code = await execute(args, isDebugging)
  const why = await output.failure()
  if (why === undefined) return code
  printError(`Standard output could not be written: ${why}.`)
  return code === exit.passed ? exit.inconclusive : code
}

async function execute(args: readonly string[], isDebugging: boolean): Promise<ExitCode> {
  let code: ExitCode = exit.passed
  const program = commands(result => (code = result))
  try {
    await program.parseAsync(
      args.filter(arg => arg !== debugFlag),
      { from: 'user' },
    )
    return code
  } catch (cause) {
    if (cause instanceof CommanderError) {
      if (cause.exitCode === 0) return exit.passed
      const { claimArguments } = await import('./claim-arguments.js')
      await claimArguments(args)
      return exit.usage
    }
    if (cause instanceof UsageError || isPlainError(cause)) {
      printError(cause.message)
      return exit.usage
    }
    return reportFailure(cause, isDebugging)
  }
}

/** A message about an option, whose value may be an address. */
function withoutSecrets(message: string): string {
  return message.replace(
    /(argument|unknown option|unknown command|command-argument value) '(.*)'/s,
    (_, what: string, value: string) => `${what} '${shownAddress(value)}'`,
  )
}

function commands(ends: Ends): Command {
  const program = new Command('callsheet')
    .description(
      'Test conversational AI agents: run YAML suites of simulated callers against them, score every conversation and gate the release.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .option(debugFlag, 'if Callsheet itself fails, show where')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(withoutSecrets(text)) })
    .showHelpAfterError('See: callsheet --help')
    .configureHelp({ showGlobalOptions: false })
    .addHelpText(
      'after',
      `
Examples:
  callsheet init                                write a starter suite
  callsheet validate callsheet/suite.yaml       show every mistake in it
  callsheet run callsheet/suite.yaml            run it; exit code 0 means the gate passed

Exit codes:
  0 gate passed   1 gate failed   2 invalid suite or usage, nothing was called   3 inconclusive   130/143 interrupted`,
    )

  addChecking(program, ends)
  addRunning(program, ends)
  addComparing(program, ends)
  addSigning(program, ends)
  addExchange(program, ends)
  addServing(program, ends)
  addSchema(program, ends)
  return program
}
