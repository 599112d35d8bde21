import { isUtf8 } from 'node:buffer'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync } from 'node:fs'
import { FaultError, type Fault } from '../../../domain/fault.js'
import type { Clock } from '../../../ports/clock.js'
import { excerpt } from '../../../domain/excerpt.js'
import { connectionFaults } from '../../../domain/faults/connection-faults.js'
import { programFaults } from '../../../domain/faults/program-faults.js'
import { noMask, type Mask } from '../../../domain/mask.js'
import { Place } from '../../../domain/place.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { maxAnswerBytes } from '../faults.js'
import type { Transport, TransportEvents } from '../framed/transport.js'
import { Valve } from '../framed/valve.js'
import { drained, drainMs, howItEnded } from '../../processes/end-of-process.js'
import { watchOver } from '../../processes/guard.js'
import { keepTail } from '../../processes/output-tail.js'
import { signalGroup } from '../../processes/process-group.js'
import { splitLines } from './line-splitter.js'
import { endsWithin, startProgram, stopProgram, type ProgramStart } from './program.js'

const maxErrorBytes = 4_096

/** How long the program may take to exit after we hang up, and again after the request to exit. */
export const graceMs = 1_000

/** The same for a conversation that is cut off. */
const dropGraceMs = 50

export interface ProgramUse {
  /** The program's name in messages. */
  readonly place: Place
  readonly clock: Clock
}

interface StartedProgram {
  readonly start: ProgramStart
  readonly place: Place
}

/**
 * The agent's program. Each line of its standard input and output is a frame. Exit code 0 is an orderly end; any other
 * end is a crash.
 *
 * @throws {FaultError} when it cannot be started.
 */
export function openProgram(start: ProgramStart, { place, clock }: ProgramUse, on: TransportEvents): Transport {
  const program = launch(start, place)
  const guard = program.pid === undefined ? undefined : watchOver(program.pid)
  const printed = keepTail(program.stderr, maxErrorBytes, place.mask)
  const lines = splitLines(maxAnswerBytes, onLine, () => on.failed(replyFaults.tooLarge({ place })))
  const valve = new Valve(program.stdout)
  let over: Promise<void> | undefined
  let cancelDeaf: (() => void) | undefined
  let finishedMs: number | undefined

  program.once('spawn', on.opened).on('error', onError).once('exit', onExit)
  program.stdout.on('data', lines.push).on('data', valve.took)
  program.stderr.on('data', new Valve(program.stderr).took)
  program.stdin.on('error', onDeaf)
  return {
    send: frame => void program.stdin.write(`${frame}\n`),
    finish,
    hold: () => valve.hold(),
    async close() {
      const leftMs = graceMs - (clock.now() - finish())
      if (await endsWithin(program, Math.max(0, leftMs), clock)) await over
      else await stopProgram(program, graceMs, clock)
    },
    drop: () => stopProgram(program, dropGraceMs, clock),
  }

  /**
   * Closes the program's input at once: many programs read to the end before they exit.
   *
   * @returns When that was first done.
   */
  function finish(): number {
    program.stdin.end()
    return (finishedMs ??= clock.now())
  }

  function onError(error: Error): void {
    if (program.pid === undefined) on.closed(spawnFault(error, start, place))
  }

  function onLine(line: Buffer): void {
    if (!isUtf8(line)) return on.failed(replyFaults.invalidUtf8({ place }))
    const text = line.toString().trim()
    if (text !== '') on.received(text)
  }

  function onExit(code: number | null, by: NodeJS.Signals | null): void {
    signalGroup(program, 'SIGKILL')
    guard?.release()
    over = drained(program).then(() => conclude(code, by))
  }

  function conclude(code: number | null, by: NodeJS.Signals | null): void {
    if (code === 0) lines.flush()
    cancelDeaf?.()
    on.closed(code === 0 ? undefined : exitFault(code, by, printed(), { start, place }))
  }

  /** The program has closed its input. If it has exited, the exit is reported instead. */
  function onDeaf(): void {
    if (finishedMs !== undefined) return
    const fault = connectionFaults.inputClosed({ place })
    cancelDeaf ??= clock.after(2 * drainMs, () => on.failed(fault))
  }
}

function launch(start: ProgramStart, place: Place): ChildProcessWithoutNullStreams {
  try {
    return startProgram(start)
  } catch (error) {
    throw new FaultError(spawnFault(error instanceof Error ? error : new Error(String(error)), start, place))
  }
}

function spawnFault(error: Error, start: ProgramStart, place: Place): Fault {
  const reason = existsSync(start.cwd) ? error.message : `the folder ${start.cwd} does not exist`
  return programFaults.commandNotStarted({ place, reason })
}

function exitFault(code: number | null, by: NodeJS.Signals | null, output: string, { start, place }: StartedProgram): Fault {
  const how = howItEnded(code, by)
  // The shell's own codes for a command that does not exist or cannot be executed.
  const isMissing = typeof start.command === 'string' && (code === 127 || code === 126)
  if (isMissing) return programFaults.commandMissing({ place, exitCode: code, output })
  return programFaults.commandCrashed({ place, how, output })
}

/** The program's name in messages. */
export function programName(command: ProgramStart['command'], mask: Mask = noMask): Place {
  const line = typeof command === 'string' ? command : command.join(' ')
  return new Place(`\`${excerpt(mask.text(line), 100)}\``, mask)
}
