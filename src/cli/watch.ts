import { defaultAdapters } from '../app/registry.js'
import { watchResult } from '../app/watch-result.js'
import { readEnvironment } from './environment.js'
import { exit, exitOf, type ExitCode } from './exit.js'
import { listenForInterrupts } from './interrupts.js'
import { progressOnStderr } from './progress.js'
import { printError } from './terminal.js'
import { UsageError } from './usage-error.js'

/** `callsheet watch`: shows a server's result while it runs, and exits with its gate's code. Stopping the watch stops nothing on the server. */
export async function watch(url: string, flags: { readonly envFile?: readonly string[] }): Promise<ExitCode> {
  const environment = readEnvironment(flags.envFile)
  const use = await defaultAdapters(environment)
  using interrupts = listenForInterrupts()
  using progress = await progressOnStderr(use)
  const watched = await watchResult(url, { apiKey: environment['CALLSHEET_API_KEY'], signal: interrupts.gently, show: progress.on }, use)
  switch (watched.status) {
    case 'ended':
      return exitOf(watched.report)
    case 'refused':
      throw new UsageError(watched.message)
    case 'lost':
      printError(watched.message)
      return exit.inconclusive
    case 'interrupted':
      return interrupts.exitCode ?? exit.interrupted
  }
}
