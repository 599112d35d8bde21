import { noMask, type Mask } from '../../domain/mask.js'
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import type { AgentStart } from '../../domain/document.js'
import { drained, howItEnded } from './end-of-process.js'
import { watchOver } from './guard.js'
import { isGroupAlive, signalGroup } from './process-group.js'

const maxOutputBytes = 8_192
const graceMs = 2_000
const pollEveryMs = 20

/** An agent's process and its children: a process group. */
export interface AgentProcess {
  /** Resolves when the process has exited and its output has been read. */
  readonly ended: Promise<void>
  /** How the process ended by itself: `ended with exit code 1`. `undefined` while it runs, or if it was stopped. */
  readonly how: string | undefined
  /** The end of its output, on one line. */
  output(): string
  /** Stops the group: asks it to exit, and kills it after two seconds. Resolves when it is gone. Safe to repeat. */
  stop(): Promise<void>
}

export function startProcess(start: AgentStart, mask: Mask = noMask): AgentProcess {
  const child = spawnGroup(start)
  const guard = child.pid === undefined ? undefined : watchOver(child.pid)
  let printed = Buffer.alloc(0)
  let how: string | undefined
  let stopping: Promise<void> | undefined

  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const ended = new Promise<void>(resolve => {
    child.on('error', error => {
      if (child.pid === undefined) onEnd(`could not be run (${error.message})`)
    })
    child.once('exit', (code, signal) => onEnd(howItEnded(code, signal)))

    function onEnd(asItDid: string): void {
      if (!stopping) {
        how = asItDid
        signalGroup(child, 'SIGKILL')
        guard?.release()
      }
      void drained(child).then(resolve)
    }
  })

  return {
    ended,
    get how() {
      return how
    },
    output: () =>
      mask
        .cut(stripVTControlCharacters(printed.toString()))
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim(),
    stop: () => (stopping ??= stop()),
  }

  function keep(chunk: Buffer): void {
    printed = Buffer.concat([printed, chunk]).subarray(-maxOutputBytes)
  }

  async function stop(): Promise<void> {
    // If the process exited by itself, its group has been killed already, and its id may belong to another process.
    if (how === undefined) {
      signalGroup(child, 'SIGTERM')
      if (!(await isGoneWithin(graceMs))) signalGroup(child, 'SIGKILL')
    }
    await isGoneWithin(graceMs)
    guard?.release()
    await ended
  }

  async function isGoneWithin(ms: number): Promise<boolean> {
    const deadline = performance.now() + ms
    while (isGroupAlive(child)) {
      if (performance.now() >= deadline) return false
      await pause(pollEveryMs)
    }
    return true
  }
}

function spawnGroup({ command, cwd, env }: AgentStart): ChildProcess {
  const options: SpawnOptions = {
    cwd,
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  }
  if (typeof command === 'string') return spawn(command, { ...options, shell: true })
  const [file = '', ...args] = command
  return spawn(file, args, options)
}
