import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root, type Block } from './pages.js'

/** A folder as a reader has it who follows a page from top to bottom. */
export interface Workshop extends Disposable {
  readonly folder: string
  /** Puts the file there that a block with `file=` shows; where the repository has it, the block must be that file. */
  lay(block: Block): void
  run(script: string, env?: Readonly<Record<string, string>>): Promise<Executed>
}

export interface Executed {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Opens a folder that holds the example suites. Commands run on the logical clock, so that output is the same every
 * time, but for servers, which wait for others; `callsheet` and `npx callsheet` are the real binary, `npm` does nothing, and PORT is a free one.
 * Programs may import `callsheet`.
 */
export async function openWorkshop(): Promise<Workshop> {
  const home = mkdtempSync(join(tmpdir(), 'callsheet-docs-'))
  const folder = join(home, 'project')
  mkdirSync(join(home, 'node_modules'), { recursive: true })
  mkdirSync(folder)
  symlinkSync(root, join(home, 'node_modules/callsheet'))
  const bin = join(folder, '.bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'runs'), '')
  const shim = (name: string, script: string): void => writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  shim('callsheet', `${nextMinute}\nexec "${process.execPath}" "${root}bin/callsheet.js" "$@"`)
  shim('npx', 'exec "$@"')
  shim('npm', 'exit 0')
  for (const name of ['suites', 'schemas', 'node_modules']) symlinkSync(join(root, name), join(folder, name))
  const { PATH = '' } = process.env
  const environment = {
    PATH: `${bin}:${dirname(process.execPath)}:${PATH}`,
    HOME: folder,
    RUNS: join(bin, 'runs'),
    PORT: await freePort(),
  }

  return {
    folder,
    lay(block) {
      const name = block.settings.get('file') ?? ''
      const path = join(folder, name)
      if (existsSync(join(root, name))) {
        const text = readFileSync(path, 'utf8')
        if (text !== block.text) throw new Error(`${block.place} is not what ${name} holds.`)
        return
      }
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, block.text)
    },
    run: (script, env = {}) => execute(script, folder, { ...environment, ...env }),
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** Each run begins a minute after the one before, as results that begin at one time would be one. */
const nextMinute = `export CALLSHEET_LOGICAL_CLOCK="2026-01-01T09:$(printf %02d "$(($(wc -c < "$RUNS")))"):00Z"
case "$1" in run|rerun|rescore|merge) printf . >> "$RUNS" ;; serve) unset CALLSHEET_LOGICAL_CLOCK ;; esac`

async function execute(script: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Executed> {
  const child = spawn('sh', ['-e', '-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const exit = await new Promise<number>(resolve => child.on('close', code => resolve(code ?? -1)))
  return { exit, stdout, stderr }
}

async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return String(port)
}
