import { isUtf8 } from 'node:buffer'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { existsSync } from 'node:fs'
import { FaultError, type Fault } from '../../../domain/outcome.js'
import type { Call, Conversation, Hear } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import { agentFault, infraFault, invalidUtf8, maxAnswerBytes, quote, tooLarge } from '../faults.js'
import { endFrame, eventsOfFrame, frameOf } from '../frames.js'
import { keepTail } from '../output-tail.js'
import { broke } from '../reply.js'
import { splitLines } from './line-splitter.js'
import { endsWithin, signalProgram, startProgram, stopProgram, type ProgramStart } from './program.js'

const maxErrorBytes = 4_096

/** How long it may take to end of itself once we have hung up (and is heard), and once more when it is asked to. */
const graceMs = 1_000

/** The same, when the conversation is aborted. */
const abortGraceMs = 50

/** How long its output may outlast it: something that it started may hold the pipe open for ever. */
const drainMs = 100

/** Stops a conversation's program, at once; an opening one is refused with `reason`. */
export type Drop = (reason: unknown) => Promise<void>

interface ProgramCall {
  readonly start: ProgramStart
  readonly call: Call
  readonly hear: Hear
  readonly signal: AbortSignal
  readonly clock: Clock
  /** The conversations under way. */
  readonly live: Set<Drop>
}

/**
 * Starts the agent's program and holds a conversation with it. The agent hangs up by an `end_call` frame, or by ending with
 * exit code 0; any other end is a crash. Once the caller has hung up, none is.
 *
 * @throws {FaultError} when there is no such program. When `signal` aborted, the abort's reason.
 */
export function openProgramConversation({ start, call, hear, signal, clock, live }: ProgramCall): Promise<Conversation> {
  const place = nameOf(start)
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const program = launch(start)
    const printed = keepTail(program.stderr, maxErrorBytes)
    const lines = splitLines(maxAnswerBytes, onLine, () => fail(tooLarge(place)))
    let state: 'opening' | 'open' | 'parting' | 'over' = 'opening'
    let closing: Promise<void> | undefined
    let drained: Promise<void> | undefined
    let cancelDeaf: (() => void) | undefined

    live.add(drop)
    signal.addEventListener('abort', onAbort)
    program.once('spawn', onSpawn).on('error', onError).once('exit', onExit)
    program.stdout.on('data', lines.push)
    program.stdin.on('error', onDeaf)

    function onSpawn(): void {
      if (state === 'opening') state = 'open'
      resolve({
        turns: 'free',
        say: part => write(frameOf(part)),
        end: hangUp,
        [Symbol.asyncDispose]: dispose,
      })
    }

    function onError(error: Error): void {
      if (program.pid !== undefined) return
      forget()
      fail(spawnFault(error, start))
    }

    function onLine(line: Buffer): void {
      if (!isUtf8(line)) return fail(invalidUtf8(place))
      const text = line.toString().trim()
      if (text === '') return
      for (const event of eventsOfFrame(text, place, call.elapsedS())) {
        if (state === 'over') return
        if (event.type === 'broke') return fail(event.fault)
        const weHungUp = state === 'parting'
        if (event.type === 'ended') leave('over')
        if (event.type !== 'ended' || !weHungUp) hear(event)
      }
    }

    function onExit(code: number | null, by: NodeJS.Signals | null): void {
      signalProgram(program, 'SIGKILL')
      drained = new Promise(resolveDrained => {
        const cancel = clock.after(drainMs, onDrained)
        program.once('close', onDrained)

        function onDrained(): void {
          cancel()
          program.off('close', onDrained)
          conclude(code, by)
          resolveDrained()
        }
      })
    }

    function conclude(code: number | null, by: NodeJS.Signals | null): void {
      for (const stream of [program.stdin, program.stdout, program.stderr]) stream.destroy()
      if (code === 0) lines.flush()
      forget()
      const isNews = state === 'open'
      state = 'over'
      if (!isNews) return
      hear(code === 0 ? { type: 'ended', afterWords: false, atS: call.elapsedS() } : broke(exitFault(code, by, printed(), start)))
    }

    /** It reads no more. If it has ended, that is the news; if it has not, this is. */
    function onDeaf(): void {
      if (state !== 'open') return
      const fault = agentFault('closed', `${place} closed its standard input: it must read until we hang up.`)
      cancelDeaf ??= clock.after(2 * drainMs, () => fail(fault))
    }

    function write(frame: string): Promise<void> {
      if (state !== 'open') return Promise.resolve()
      return new Promise(done => program.stdin.write(`${frame}\n`, () => done()))
    }

    async function hangUp(lastWords: string): Promise<void> {
      if (state === 'open') {
        void write(endFrame(lastWords))
        leave('parting')
      }
      await closing
    }

    async function dispose(): Promise<void> {
      void write(endFrame(''))
      leave('over')
      await closing
    }

    /** Lets it end of itself. Its input ends at once: many a program reads to the end before it does. */
    function leave(next: 'parting' | 'over'): void {
      state = next
      program.stdin.end()
      closing ??= endsWithin(program, graceMs, clock).then(ended => {
        if (ended) return drained
        state = 'over'
        return stopProgram(program, graceMs, clock)
      })
    }

    function fail(fault: Fault): void {
      if (state === 'parting' || state === 'over') return
      const wasOpen = state === 'open'
      state = 'over'
      closing = stopProgram(program, graceMs, clock)
      if (wasOpen) hear(broke(fault))
      else reject(new FaultError(fault))
    }

    function onAbort(): void {
      void drop(signal.reason)
    }

    function drop(reason: unknown): Promise<void> {
      state = 'over'
      reject(reason)
      return (closing = stopProgram(program, abortGraceMs, clock))
    }

    function forget(): void {
      cancelDeaf?.()
      live.delete(drop)
      signal.removeEventListener('abort', onAbort)
    }
  })
}

function launch(start: ProgramStart): ChildProcessWithoutNullStreams {
  try {
    return startProgram(start)
  } catch (error) {
    throw new FaultError(spawnFault(error instanceof Error ? error : new Error(String(error)), start))
  }
}

function spawnFault(error: Error, start: ProgramStart): Fault {
  const why = existsSync(start.cwd) ? error.message : `the folder ${start.cwd} is not there`
  return infraFault('cannot_load', `${nameOf(start)} cannot be started (${quote(why, 200)}): correct connection.command.`)
}

function exitFault(code: number | null, by: NodeJS.Signals | null, printed: string, start: ProgramStart): Fault {
  const how = by ? `was ended by ${by}` : `ended with exit code ${code}`
  const what = printed ? `it printed: ${printed}` : 'it printed nothing on standard error'
  // The shell's own codes for a program that is not there, or is none.
  const isMissing = typeof start.command === 'string' && (code === 127 || code === 126)
  if (isMissing)
    return infraFault('cannot_load', `${nameOf(start)} cannot be started (exit code ${code}): correct connection.command; ${what}`)
  return agentFault('crashed', `${nameOf(start)} ${how}: ${what}`)
}

function nameOf({ command }: ProgramStart): string {
  return `\`${quote(typeof command === 'string' ? command : command.join(' '), 100)}\``
}
