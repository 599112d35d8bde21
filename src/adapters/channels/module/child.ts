import { spawn, type ChildProcess } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Mask } from '../../../domain/mask.js'
import { drained } from '../../processes/end-of-process.js'
import { giveWay } from '../../processes/give-way.js'
import { watchOver } from '../../processes/guard.js'
import { keepTail } from '../../processes/output-tail.js'
import { signalGroup } from '../../processes/process-group.js'
import { splitLines } from '../command/line-splitter.js'
import { Valve } from '../framed/valve.js'
import { maxMessageBytes, type ModuleStart, type ToModule } from './messages.js'
import { optionsPassedOn } from './options-passed-on.js'

/** A process that runs `module-process.js`. */
export interface ModuleChild {
  /** Resolves once it is gone. */
  readonly gone: Promise<void>
  post(message: ToModule): void
  /** Ends it and what it started, even if it is busy. */
  kill(): void
  /** The end of what it printed as errors, on one line. */
  printed(): string
}

export interface ModuleChildEvents {
  /** A line, of our program or of the agent's code. */
  message(json: string): void
  /** @param how  It ended: `was ended by SIGKILL`. */
  ended(how: string): void
}

const maxOutputBytes = 4_096

/** How long after its end what it printed is read: it may be much. */
const readMs = 200

/** What an agent's code may keep: more ends its process. */
const heapOptions = ['--max-old-space-size=512', '--max-semi-space-size=4']

/** Starts a process apart from our terminal: Ctrl-C there is for us, who end it when our work is done. */
export function startModuleChild(start: ModuleStart, mask: Mask, on: ModuleChildEvents): ModuleChild {
  const options = [...optionsPassedOn(process.execArgv), ...heapOptions]
  const program = fileURLToPath(new URL('./module-process.js', import.meta.url))
  const child = spawn(process.execPath, [...options, program, JSON.stringify(start)], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  giveWay(child.pid)
  const guard = child.pid === undefined ? undefined : watchOver(child.pid)
  // A process that found no open files left has no streams at all, whatever its type says.
  const way = (child.stdio as ChildProcess['stdio'] | undefined)?.[3] as Duplex | undefined
  const lines = splitLines(
    maxMessageBytes,
    line => on.message(line.toString()),
    () => on.message(''),
  )
  child.stderr?.on('data', new Valve(child.stderr).took)
  // That it is gone, its end tells.
  if (way)
    way
      .on('error', () => undefined)
      .on('data', lines.push)
      .on('data', new Valve(way).took)
  return {
    gone: untilGone(child, how => {
      signalGroup(child, 'SIGKILL')
      guard?.release()
      on.ended(how)
    }),
    post: message => void way?.write(`${JSON.stringify(message)}\n`),
    kill: () => signalGroup(child, 'SIGKILL'),
    printed: child.stderr ? keepTail(child.stderr, maxOutputBytes, mask) : () => '',
  }
}

function untilGone(child: ChildProcess, ended: (how: string) => void): Promise<void> {
  return new Promise(resolve => {
    child.once('error', error => {
      if (child.pid === undefined) end(`could not be run (${error.message})`)
    })
    child.once('exit', (code, signal) => {
      const how = signal ? `was ended by ${signal}` : `ended its process with exit code ${code}`
      void drained(child, readMs).then(() => end(how))
    })

    function end(how: string): void {
      ended(how)
      resolve()
    }
  })
}
