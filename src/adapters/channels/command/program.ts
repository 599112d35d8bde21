import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import type { Clock } from '../../../ports/clock.js'
import { giveWay } from '../../processes/give-way.js'
import { signalGroup } from '../../processes/process-group.js'
import { withStreams } from '../../processes/with-streams.js'

export interface ProgramStart {
  /** A list runs directly; a string runs in the shell. */
  readonly command: string | readonly string[]
  /** Absolute. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/**
 * Starts a program with pipes in its own process group, so that its children can be stopped with it.
 *
 * @throws {Error} when it cannot be started, unless that shows later.
 */
export function startProgram({ command, cwd, env }: ProgramStart): ChildProcessWithoutNullStreams {
  const options = { cwd, env: { ...process.env, ...env }, detached: process.platform !== 'win32' }
  const [file = '', ...args] = typeof command === 'string' ? [command] : command
  const program = withStreams(spawn(file, args, { ...options, shell: typeof command === 'string' }))
  giveWay(program.pid)
  return program
}

/** Stops a program: asks it to exit, and kills it after `graceMs`. */
export async function stopProgram(program: ChildProcessWithoutNullStreams, graceMs: number, clock: Clock): Promise<void> {
  if (hasEnded(program)) return
  signalGroup(program, 'SIGTERM')
  if (!(await endsWithin(program, graceMs, clock))) {
    signalGroup(program, 'SIGKILL')
    await endsWithin(program, graceMs, clock)
  }
}

/** Whether the program exits within `ms`. */
export function endsWithin(program: ChildProcessWithoutNullStreams, ms: number, clock: Clock): Promise<boolean> {
  if (hasEnded(program)) return Promise.resolve(true)
  return new Promise(resolve => {
    const cancel = clock.after(ms, () => {
      program.off('exit', onExit)
      resolve(false)
    })
    program.once('exit', onExit)

    function onExit(): void {
      cancel()
      resolve(true)
    }
  })
}

function hasEnded(program: ChildProcessWithoutNullStreams): boolean {
  return program.pid === undefined || program.exitCode !== null || program.signalCode !== null
}
