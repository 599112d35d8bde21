import type { ChildProcess } from 'node:child_process'

/** How a process ended, for a sentence: `was ended by SIGKILL`, `ended with exit code 1`. */
export function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`
}

/** How long what a process printed is read after its exit. */
export const drainMs = 100

/**
 * Closes the streams of a process that has exited, once what it printed is read. A child of it can keep a pipe open for ever, so
 * that is awaited for `ms` at most.
 */
export function drained(child: ChildProcess, ms = drainMs): Promise<void> {
  return new Promise(resolve => {
    // What is in the pipe by then is read before: a busy machine may not have come to it yet.
    const timer = setTimeout(() => setImmediate(close), ms)
    child.once('close', close)

    function close(): void {
      clearTimeout(timer)
      child.off('close', close)
      for (const stream of child.stdio) stream?.destroy()
      resolve()
    }
  })
}
