import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { Mask } from '../../../domain/mask.js'
import { GatheredBytes } from '../../network/gathered-bytes.js'
import { drained, howItEnded } from '../../processes/end-of-process.js'
import { watchOver } from '../../processes/guard.js'
import { keepTail } from '../../processes/output-tail.js'
import { withStreams } from '../../processes/with-streams.js'
import { signalGroup } from '../../processes/process-group.js'
import type { Attempt } from '../requests.js'

export interface Program {
  /** A text is for the shell; a list is a program and its arguments. */
  readonly command: string | readonly string[]
  readonly cwd: string
  /** Beside our own. */
  readonly env?: Readonly<Record<string, string>>
}

/** How a program ended by itself. */
export interface Ended {
  /** `undefined` if it ended well: `ended with exit code 1`. */
  readonly how: string | undefined
  /** What it printed on standard output; `too_large` if it was stopped for that. */
  readonly output: Buffer | 'too_large'
  /** The end of what it printed on standard error, on one line, without secrets. */
  readonly said: string
}

const mostSaid = 600

/**
 * Runs a program to its end, in a process group of its own, which ends with us.
 *
 * @returns `missing` if there is no such program. @throws the signal's reason, when it aborts: the group is killed.
 */
export function runProgram(
  program: Program,
  input: Buffer,
  { signal, heard, mostBytes, mask }: Attempt & { readonly mostBytes: number; readonly mask: Mask },
): Promise<Ended | 'missing'> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const notRun = (error: Error): void => resolve({ how: `could not be run (${error.message})`, output: Buffer.alloc(0), said: '' })
    let child: ReturnType<typeof spawnGroup>
    try {
      child = withStreams(spawnGroup(program))
    } catch (error) {
      return notRun(error as Error)
    }
    const guard = child.pid === undefined ? undefined : watchOver(child.pid)
    const output = new GatheredBytes()
    const said = keepTail(child.stderr, mostSaid, mask)
    let isTooLarge = false

    const kill = (): void => signalGroup(child, 'SIGKILL')
    const giveUp = (): void => {
      kill()
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', giveUp, { once: true })
    child.stdout.on('data', (part: Buffer) => {
      heard()
      output.add(part)
      if (output.length <= mostBytes) return
      isTooLarge = true
      kill()
    })
    // A program need not read what it is given.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)

    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return
      signal.removeEventListener('abort', giveUp)
      if (error.code === 'ENOENT') resolve('missing')
      else notRun(error)
    })
    child.once('exit', (code, by) => {
      kill()
      guard?.release()
      const how = code === 0 ? undefined : howItEnded(code, by)
      const ended = drained(child).then((): Ended => {
        signal.removeEventListener('abort', giveUp)
        return { how, output: isTooLarge ? 'too_large' : output.whole(), said: said() }
      })
      resolve(ended)
    })
  })
}

function spawnGroup({ command, cwd, env }: Program): ChildProcessByStdio<Writable, Readable, Readable> {
  const options = {
    cwd,
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'] as ['pipe', 'pipe', 'pipe'],
  }
  if (typeof command === 'string') return spawn(command, { ...options, shell: true })
  const [file = '', ...args] = command
  return spawn(file, args, options)
}
