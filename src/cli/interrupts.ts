import type { Stop } from '../app/stopping.js'
import { exit, type ExitCode } from './exit.js'

/** How the user's signals stop a command. */
export interface Interrupts extends Stop, Disposable {
  /** The exit code of the first signal, once one has arrived. */
  readonly exitCode: ExitCode | undefined
}

/**
 * Ctrl-C and SIGTERM: the first stops gently, the second at once.
 *
 * @param drainMs  How long after the first the second is taken as given. Default: for ever.
 */
export function listenForInterrupts(drainMs?: number): Interrupts {
  const gently = new AbortController()
  const now = new AbortController()
  let exitCode: ExitCode | undefined
  let drained: NodeJS.Timeout | undefined

  const onSignal = (code: ExitCode): void => {
    exitCode ??= code
    if (gently.signal.aborted) now.abort()
    else if (drainMs !== undefined) drained = setTimeout(() => now.abort(), drainMs)
    gently.abort()
  }
  const onInterrupt = (): void => onSignal(exit.interrupted)
  const onTerminate = (): void => onSignal(exit.terminated)
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onTerminate)
  // The terminal was closed: stop as gently.
  process.on('SIGHUP', onTerminate)

  return {
    gently: gently.signal,
    now: now.signal,
    get exitCode() {
      return exitCode
    },
    [Symbol.dispose]() {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onTerminate)
      process.off('SIGHUP', onTerminate)
      clearTimeout(drained)
    },
  }
}
