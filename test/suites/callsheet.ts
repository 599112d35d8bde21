import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What came of running the real binary. */
export interface Executed {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

export async function callsheet(args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Executed> {
  const { PATH } = process.env
  const child = spawn(process.execPath, [join(root, 'bin/callsheet.js'), ...args], {
    cwd,
    env: { PATH, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const exit = await new Promise<number>(resolve => child.on('close', code => resolve(code ?? -1)))
  return { exit, stdout, stderr }
}

/** What the JSON report says of runs, as far as these tests read it. */
export interface ReportedRun {
  readonly scenario: string
  readonly status: string
  readonly checks?: readonly { readonly assertion: string; readonly holds: string; readonly turn?: number }[]
  readonly expectedOutcome?: { readonly claims: readonly { readonly claim: string; readonly holds: string; readonly turn?: number }[] }
  readonly metrics?: readonly { readonly metric: string; readonly value: unknown }[]
}

/** Runs a suite of this repository from a folder of its own; returns its runs too. */
export async function runSuite(suite: string, flags: readonly string[] = [], env: Record<string, string> = {}) {
  using folder = temporaryFolder()
  const json = join(folder.path, 'report.json')
  const executed = await callsheet(['run', join(root, 'suites', suite), '--json', json, ...flags], folder.path, env)
  const { runs } = JSON.parse(readFileSync(json, 'utf8')) as { runs: readonly ReportedRun[] }
  return { ...executed, runs }
}

export function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'callsheet-suites-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return String(port)
}
