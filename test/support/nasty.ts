import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandBehaviours } from '../agents/nasty/command.js'
import { httpBehaviours, pointedBehaviours } from '../agents/nasty/http-behaviours.js'
import { moduleBehaviours } from '../agents/nasty/module.js'
import { websocketBehaviours } from '../agents/nasty/websocket-behaviours.js'
import { root, temporaryFolder } from '../suites/callsheet.js'

/** An agent that misbehaves, and the outcomes that are right for it. */
export interface NastyAgent {
  readonly key: string
  readonly right: readonly string[]
  /** @param ports  Of the nasty server. */
  connection(port: number): object
}

/** What came of running nasty agents. */
export interface NastyRun {
  readonly exit: number
  readonly stderr: string
  /** By agent: its outcome, and the fault's message. */
  readonly outcomes: ReadonlyMap<string, { readonly status: string; readonly message: string }>
  /** The runner's largest resident memory, in MiB; `undefined` where there is no /proc. */
  readonly peakMiB: number | undefined
  /** How long the callers of well-behaved agents took to go on after an answer, in milliseconds. */
  readonly gaps: readonly number[]
}

/** The silence that an agent is granted: the harmless ones share a busy machine with all others. */
const timeoutOf = (right: readonly string[]): string => (right.includes('passed') ? '10s' : '2s')

const nastyFile = (name: string): string => join(root, 'test/agents/nasty', name)

/** Every nasty agent, over every connection, mixed. */
export function nastyAgents(): NastyAgent[] {
  const all = agentsByConnection()
  // A step that has no common divisor with any number of them below it.
  return all.map((_, i) => all[(i * 7919) % all.length]!)
}

function agentsByConnection(): NastyAgent[] {
  const pointers = {
    tool_calls: '/tools',
    metadata: '/meta',
    end: '/end',
    capture: { thread: '/thread' },
    body: { message: '{{message}}', session: '{{run.id}}', thread: '{{captured.thread?}}' },
  }
  return [
    ...each('http', httpBehaviours, name => port => ({ type: 'http', url: `http://127.0.0.1:${port}/http/${name}` })),
    // Where a pointer finds nothing in a whole result, what rests on it is unscored.
    ...each('http', orUnscored(pointedBehaviours), name => port => ({
      type: 'http',
      url: `http://127.0.0.1:${port}/http/${name}`,
      ...pointers,
    })),
    ...each('openai', httpBehaviours, name => port => ({
      type: 'openai',
      base_url: `http://127.0.0.1:${port}/openai/${name}`,
      model: 'm',
    })),
    ...each('websocket', websocketBehaviours, name => port => ({
      type: 'websocket',
      url: `ws://127.0.0.1:${port}/websocket/${name}`,
    })),
    ...each('command', commandBehaviours, name => () => ({
      type: 'command',
      command: [process.execPath, nastyFile('command.js'), name],
    })),
    ...each('module', moduleBehaviours, name => () => ({ type: 'module', path: nastyFile('module.js'), export: name })),
  ]
}

type Behaviours = Readonly<Record<string, { readonly right: string | readonly string[] }>>

function orUnscored(behaviours: Behaviours): Behaviours {
  return Object.fromEntries(
    Object.entries(behaviours).map(([name, { right }]) => [name, { right: right === 'passed' ? [right, 'unscored'] : right }]),
  )
}

function each(kind: string, behaviours: Behaviours, connectionOf: (name: string) => (port: number) => object): NastyAgent[] {
  return Object.entries(behaviours).map(([name, { right }]) => ({
    key: `${kind}-${name}`.replaceAll(/[^\w-]/g, '-').toLowerCase(),
    right: [right].flat(),
    connection: port => ({ ...connectionOf(name)(port), timeout: timeoutOf([right].flat()) }),
  }))
}

/**
 * Runs agents with the real binary, as one suite, beside well-behaved ones.
 *
 * @param concurrency  How many of the nasty agents at once.
 */
export async function runNasty(agents: readonly NastyAgent[], concurrency: number): Promise<NastyRun> {
  using folder = temporaryFolder()
  const nasty = await startServer('server.js')
  const good = await startServer('good-agent.js')
  try {
    writeFileSync(join(folder.path, 'suite.yaml'), JSON.stringify(suiteOf(agents, concurrency, nasty.port, good.port)))
    const { exit, stderr, peakMiB } = await run(folder.path)
    const report = JSON.parse(readFileSync(join(folder.path, 'report.json'), 'utf8')) as Report
    if (!report.runs) throw new Error(`The run did not finish (exit code ${exit}):\n${stderr.slice(-4000)}`)
    const outcomes = new Map(
      report.runs.map(({ run: key, status, fault }) => [key.split('/')[0]!.toLowerCase(), { status, message: fault?.message ?? '' }]),
    )
    const gaps = (await (await fetch(`http://127.0.0.1:${good.port}/gaps`)).json()) as { http: number[]; websocket: number[] }
    return { exit, stderr, outcomes, peakMiB, gaps: [...gaps.http, ...gaps.websocket] }
  } finally {
    nasty.child.kill('SIGKILL')
    good.child.kill('SIGKILL')
  }
}

interface Report {
  readonly runs?: readonly { readonly run: string; readonly status: string; readonly fault?: { readonly message: string } }[]
}

function suiteOf(agents: readonly NastyAgent[], concurrency: number, nastyPort: number, goodPort: number): object {
  const expect = [{ agent_says: { contains: 'fine' } }]
  const chats = Math.ceil(agents.length / 60)
  const goodAgents = {
    'good-http': { type: 'http', url: `http://127.0.0.1:${goodPort}/` },
    'good-websocket': { type: 'websocket', url: `ws://127.0.0.1:${goodPort}/`, messages: { end_of_turn: '10ms' } },
  }
  return {
    version: 1,
    suite: { name: 'Nasty' },
    agents: {
      ...Object.fromEntries(Object.entries(goodAgents).map(([key, connection]) => [key, { connection }])),
      ...Object.fromEntries(agents.map(agent => [agent.key, { connection: agent.connection(nastyPort) }])),
    },
    scenarios: {
      asks: {
        script: { first_message: 'How are you?', steps: [{ when: 'any', say: 'Bye. <endcall/>' }] },
        expect,
        max_duration: '15s',
      },
      chats: {
        script: { first_message: 'How are you?', steps: [{ when: 'any', say: 'And now?', repeat: true }] },
        expect,
        max_turns: 30,
        tags: ['chat'],
      },
    },
    runs: [
      ...Object.keys(goodAgents).map(agent => ({ name: agent, agent, scenarios: ['chats'], frequency: chats, concurrency_limit: 1 })),
      ...agents.map(({ key }) => ({ name: key, agent: key, scenarios: ['asks'] })),
    ],
    limits: { concurrency: concurrency + 2, run_timeout: '20s', max_runs: 10_000 },
    retries: { infra_error: 0 },
  }
}

async function run(cwd: string): Promise<{ exit: number; stderr: string; peakMiB: number | undefined }> {
  const child = spawn(
    process.execPath,
    [
      ...(process.env['NODE_ARGS'] ?? '').split(' ').filter(Boolean),
      join(root, 'bin/callsheet.js'),
      'run',
      'suite.yaml',
      '--json',
      'report.json',
      '--out',
      'result',
    ],
    {
      cwd,
      env: { PATH: process.env['PATH'], NO_COLOR: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  let peakMiB: number | undefined
  const watch = setInterval(() => (peakMiB = peakOf(child.pid) ?? peakMiB), 50)
  const exit = await new Promise<number>(resolve => child.on('close', code => resolve(code ?? -1)))
  clearInterval(watch)
  return { exit, stderr, peakMiB }
}

function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024)
  } catch {
    return undefined
  }
}

/** Starts a server of test/agents/nasty/. */
export async function startServer(file: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [nastyFile(file)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>(resolve => child.stdout.once('data', (text: Buffer) => resolve(Number(text))))
  return { child, port }
}
