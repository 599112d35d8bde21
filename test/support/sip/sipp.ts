import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// It prints its version, and ends with 99.
export const hasSipp = spawnSync('sipp', ['-v']).error === undefined

/** sipp, carrying out a scenario. */
export interface Sipp {
  readonly port: number
  /** What went wrong; `''` if all calls took the course of the scenario. */
  readonly ended: Promise<string>
}

/**
 * @param scenario  The name of a file in `sipp/`.
 * @param calls  After how many it ends.
 * @param target  Whom it calls; absent if it is called.
 */
export async function startSipp(scenario: string, { calls, target }: { calls: number; target?: string }): Promise<Sipp> {
  const folder = mkdtempSync(join(tmpdir(), 'sipp-'))
  const port = await freePort()
  const file = fileURLToPath(new URL(`sipp/${scenario}.xml`, import.meta.url))
  const args = [
    '-sf',
    file,
    '-i',
    '127.0.0.1',
    '-p',
    String(port),
    '-m',
    String(calls),
    '-r',
    '5',
    '-nostdin',
    '-trace_err',
    '-timeout',
    '40s',
    '-timeout_error',
  ]
  const child = spawn('sipp', target === undefined ? args : [...args, target], { cwd: folder, stdio: 'ignore' })
  // It has nothing that says when it listens.
  if (target === undefined) await new Promise(resolve => setTimeout(resolve, 500))
  return { port, ended: result(child, folder) }
}

async function result(child: ChildProcess, folder: string): Promise<string> {
  const [code] = (await once(child, 'exit')) as [number | null]
  const errors = readdirSync(folder)
    .filter(name => name.endsWith('_errors.log'))
    .map(name => readFileSync(join(folder, name), 'utf8'))
  rmSync(folder, { recursive: true })
  return code === 0 ? '' : `sipp ended with ${code}: ${errors.join('\n')}`
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  await new Promise<void>(resolve => socket.close(resolve))
  return port
}
