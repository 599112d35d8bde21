import { resolve } from 'node:path'
import { defaultAdapters } from '../app/registry.js'
import { workJobs } from '../app/queue/work-jobs.js'
import { durationText } from '../domain/duration.js'
import { safeLine } from '../domain/safe-text.js'
import { readEnvironment } from './environment.js'
import { exit, type ExitCode } from './exit.js'
import { listenForInterrupts } from './interrupts.js'

export interface WorkerFlags {
  readonly queue: string
  readonly root: string
  readonly concurrency: number
  /** Milliseconds. */
  readonly drain: number
  /** Where recordings are kept: an absolute folder, or `s3://`. */
  readonly recordingsTo?: string
  readonly allowHost?: readonly string[]
  readonly envFile?: readonly string[]
}

/**
 * `callsheet worker`: conducts conversations for `serve --queue` and `run --queue`. On the first signal it takes no more, and gives those
 * in progress the time of `--drain` to finish; on the second it returns them to the queue at once.
 */
export async function worker(flags: WorkerFlags): Promise<ExitCode> {
  const environment = readEnvironment(flags.envFile)
  const use = await defaultAdapters(environment, flags.allowHost)
  using interrupts = listenForInterrupts(flags.drain)
  const { gently: signal, now } = interrupts
  signal.addEventListener('abort', () =>
    process.stderr.write(
      `Finishing the conversations in progress, within ${durationText(flags.drain)}. Press Ctrl-C again to stop now and return them to the queue.\n`,
    ),
  )
  const onReady = (): boolean =>
    process.stdout.write(`Taking conversations from ${new URL(flags.queue).host}, ${flags.concurrency} at once\n`)
  const machine = { root: resolve(flags.root), environment }
  await workJobs(
    flags.queue,
    machine,
    { concurrency: flags.concurrency, recordingsTo: flags.recordingsTo, signal, now, onReady, onNote: printNote },
    use,
  )
  return exit.passed
}

function printNote(text: string): void {
  process.stderr.write(`${safeLine(text)}\n`)
}
