import { copyKept } from '../app/copy-kept.js'
import { copyRecordings } from '../app/copy-recordings.js'
import { copyResult } from '../app/copy-result.js'
import { defaultAdapters } from '../app/registry.js'
import { watchResult } from '../app/watch-result.js'
import type { SuiteEvent } from '../domain/event.js'
import { count } from '../domain/count.js'
import { safeLine } from '../domain/safe-text.js'
import { readEnvironment } from './environment.js'
import { exit, exitOf, type ExitCode } from './exit.js'
import { listenForInterrupts } from './interrupts.js'
import { progressOnStderr } from './progress.js'
import { printError, printWarning, write } from './terminal.js'
import { UsageError } from './usage-error.js'

/** `callsheet watch`: shows a server's result while it runs, and exits with its gate's code. Stopping the watch stops nothing on the server. */
export async function watch(
  url: string,
  { envFile, out }: { readonly envFile?: readonly string[]; readonly out?: string },
): Promise<ExitCode> {
  const environment = readEnvironment(envFile)
  const apiKey = environment['CALLSHEET_API_KEY']
  const use = await defaultAdapters(environment)
  await using copy = out === undefined ? undefined : await copyResult(out, use)
  using interrupts = listenForInterrupts()
  using progress = await progressOnStderr(use)
  const show = (event: SuiteEvent): void => {
    copy?.add(event)
    progress.on(event)
  }
  const watched = await watchResult(url, { apiKey, signal: interrupts.gently, show, warn: printWarning }, use)
  switch (watched.status) {
    case 'ended':
      if (copy && out !== undefined) {
        await copy.keep()
        await write(process.stdout, await savedTo(url, out, { apiKey, signal: interrupts.gently }, use))
      }
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

/** Saves what belongs to a journal that was saved, and says so. */
async function savedTo(...[url, out, how, use]: Parameters<typeof copyRecordings>): Promise<string> {
  const recordings = await copyRecordings(url, out, how, use)
  const kept = await copyKept(url, out, how, use)
  for (const problem of [...recordings.problems, ...kept.problems]) printWarning(problem)
  const copied = [...(recordings.copied > 0 ? [count(recordings.copied, 'recording')] : []), ...kept.copied]
  return `Saved to ${safeLine(out)}${copied.length > 0 ? `, with ${copied.join(', ')}` : ''}. See it with: callsheet report ${safeLine(out)}\n`
}
