import { resolve } from 'node:path'
import { defaultAdapters } from '../app/registry.js'
import { isPlainError } from '../app/plain-error.js'
import { workJobs } from '../app/queue/work-jobs.js'
import { readEnvironment } from './environment.js'
import { exit, type ExitCode } from './exit.js'
import { listenForInterrupts } from './interrupts.js'
import { UsageError } from './usage-error.js'

export interface WorkerFlags {
  readonly queue: string
  readonly root: string
  readonly concurrency: number
  readonly allowHost?: readonly string[]
  readonly envFile?: readonly string[]
}

/**
 * `callsheet worker`: holds conversations for `serve --queue` and `run --queue`. Stopped once, it finishes those under way
 * and takes no more; stopped twice, it gives them back at once.
 */
export async function worker(flags: WorkerFlags): Promise<ExitCode> {
  const environment = readEnvironment(flags.envFile)
  const use = await defaultAdapters(environment, flags.allowHost)
  using interrupts = listenForInterrupts()
  const { gently: signal, now } = interrupts
  signal.addEventListener('abort', () => process.stderr.write('Finishing the conversations under way; once more to give them back.\n'))
  const ready = (): boolean =>
    process.stdout.write(`Working for ${new URL(flags.queue).host}, ${flags.concurrency} conversations at once\n`)
  try {
    const machine = { root: resolve(flags.root), environment }
    await workJobs(flags.queue, machine, { concurrency: flags.concurrency, signal, now }, use, ready)
  } catch (cause) {
    if (isPlainError(cause)) throw new UsageError(cause.message)
    throw cause
  }
  return exit.passed
}
