import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { SuiteEvent, RunEnded } from '../../src/domain/event.js'
import { countAlive } from '../contract/pid-file.js'
import { freePort, root, type Executed } from '../suites/callsheet.js'

/** A folder with a suite in it, an agent of its own, and what is left of both. */
export interface Workplace extends AsyncDisposable {
  readonly path: string
  /** Address of the agent. */
  readonly url: string
  write(file: string, text: string): void
  /** Starts the real binary here, in a process group of its own as a shell would. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): Running
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Executed>
  /** What the agent saw, a line each: `<run id> began`, `<run id> said ...`, `<run id> ended`. */
  calls(): string[]
  /** Of how many conversations the agent saw the beginning, by index of the run. */
  callsByRun(): Map<number, number>
  /** How many processes of the agent are alive, its children too. */
  alive(): number
  journal(place?: string): SuiteEvent[]
  /** Folders of the results, oldest first. */
  results(): string[]
}

export interface Running {
  readonly child: ChildProcess
  readonly pid: number
  readonly ended: Promise<Executed>
  stdout(): string
  stderr(): string
  /** To the whole group, as Ctrl-C does. */
  signal(signal: NodeJS.Signals): void
}

/** How the suite and its agent behave. */
export interface SuiteShape {
  /** Milliseconds before each answer of the agent. */
  readonly delayMs?: number
  readonly frequency?: number
  readonly concurrency?: number
  /** What the agent must say for a run to pass. */
  readonly contains?: string
}

export async function openWorkplace(shape: SuiteShape = {}): Promise<Workplace> {
  const path = mkdtempSync(join(tmpdir(), 'callsheet-cli-'))
  const port = await freePort()
  const url = `ws://127.0.0.1:${port}`
  const [callsFile, pidsFile] = [join(path, 'calls'), join(path, 'pids')]
  const children = new Set<ChildProcess>()

  const workplace: Workplace = {
    path,
    url,
    write: (file, text) => writeFileSync(join(path, file), text),
    start(args, env = {}) {
      const running = startBinary(args, path, env)
      children.add(running.child)
      return running
    },
    run: (args, env) => workplace.start(args, env).ended,
    calls: () => linesOf(callsFile),
    callsByRun() {
      const counts = new Map<number, number>()
      for (const line of workplace.calls()) {
        const index = Number(/-(\d+)-\d+ began$/.exec(line)?.[1] ?? Number.NaN)
        if (!Number.isNaN(index)) counts.set(index, (counts.get(index) ?? 0) + 1)
      }
      return counts
    },
    alive: () => countAlive(pidsFile),
    journal: (place = workplace.results().at(-1) ?? '') =>
      linesOf(join(path, place, 'journal.jsonl')).map(line => JSON.parse(line) as SuiteEvent),
    results() {
      const folder = join(path, '.callsheet')
      if (!existsSync(folder)) return []
      return readdirSync(folder, { withFileTypes: true })
        .flatMap(entry => (entry.isDirectory() ? [join('.callsheet', entry.name)] : []))
        .toSorted()
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) child.kill('SIGKILL')
      for (const pid of linesOf(pidsFile)) killIfAlive(Number(pid))
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  workplace.write('suite.yaml', suiteText(shape, port, callsFile, pidsFile))
  return workplace
}

function suiteText(
  { delayMs = 0, frequency = 12, concurrency = 2, contains = 'Two' }: SuiteShape,
  port: string,
  calls: string,
  pids: string,
): string {
  const agent = join(root, 'test/agents/bare-websocket-agent.js')
  const env = JSON.stringify({ DELAY: String(delayMs), CALLS: calls, PIDS: pids, CHILD: '1' })
  return `version: 1
suite: { name: Faults }
agents:
  agent:
    start: { command: ${JSON.stringify([process.execPath, agent, port])}, env: ${env} }
    connection: { type: websocket, url: "ws://127.0.0.1:${port}", messages: { end_of_turn: 0 } }
scenarios:
  talks:
    frequency: ${frequency}
    script:
      first_message: One.
      steps:
        - { when: { contains: One }, say: Two. }
        - { when: { contains: Two }, say: "Bye. <endcall/>" }
    expect: [{ agent_says: { contains: "${contains}" } }]
limits: { concurrency: ${concurrency} }
`
}

function startBinary(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Running {
  const { PATH } = process.env
  const child = spawn(process.execPath, [join(root, 'bin/callsheet.js'), ...args], {
    cwd,
    env: { PATH, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Executed>(resolve => child.on('close', code => resolve({ exit: code ?? -1, stdout, stderr })))
  const pid = child.pid ?? 0
  return { child, pid, ended, stdout: () => stdout, stderr: () => stderr, signal: signal => void process.kill(-pid, signal) }
}

/** Resolves once something is so; a test that waits in vain runs into its own timeout, and `what` says what was missing. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; !(await isSo()); waitedMs += 10) {
    if (waitedMs > 30_000) throw new Error(`In vain waited until ${what}.`)
    await wait(10)
  }
}

/** How each run ended, in the order they did. */
export function endsOf(events: readonly SuiteEvent[]): RunEnded[] {
  return events.filter(event => event.type === 'run.ended')
}

/** How many runs ended in which way. */
export function statusesOf(events: readonly SuiteEvent[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome } of endsOf(events)) counts[outcome.status] = (counts[outcome.status] ?? 0) + 1
  return counts
}

function linesOf(file: string): string[] {
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(line => line !== '')
    : []
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone, as it should be.
  }
}
