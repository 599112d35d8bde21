import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../suites/callsheet.js'

/** A real PostgreSQL of its own: on a free port, its data in a folder that is removed with it. */
export interface TestPostgres extends AsyncDisposable {
  /** A new, empty database in it. */
  database(): Promise<string>
  /** As a machine that goes down: at once, with all connections. */
  stop(): Promise<void>
  /** With what it had. @returns Whether it did: somebody else may have taken its port. */
  start(): Promise<boolean>
  /** Its connections stay open, new ones too, and nothing is answered. */
  freeze(): void
  thaw(): void
}

/** Where this machine has PostgreSQL; `undefined` where it has none. */
export function postgresFolder(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map(version => join(debian, version, 'bin')), '/usr/local/bin', '/usr/bin', '/opt/homebrew/bin']
  return folders.find(folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

export async function startPostgres(): Promise<TestPostgres> {
  const binaries = postgresFolder()
  if (binaries === undefined) throw new Error('There is no PostgreSQL here. Install it: apt-get install -y postgresql')
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-postgres-'))
  let port = await freePort()
  const data = join(folder, 'data')
  const owner = ownerOfServers()
  if (owner) chownSync(folder, owner.uid, owner.gid)
  runAs(owner, join(binaries, 'initdb'), ['-D', data, '-U', 'callsheet', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'])
  let server: ChildProcess | undefined
  let databases = 0

  const postgres: TestPostgres = {
    async database() {
      databases += 1
      const client = new pg.Client(`${urlOf(port)}/postgres`)
      await client.connect()
      await client.query(`create database callsheet_${databases}`)
      await client.end()
      return `${urlOf(port)}/callsheet_${databases}`
    },
    async start() {
      const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', max_connections: '50' }
      const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
      const [command, before] = owner ? ['setpriv', privileges(owner, [join(binaries, 'postgres')])] : [join(binaries, 'postgres'), []]
      server = spawn(command, [...before, ...args], { stdio: 'ignore', cwd: folder })
      return (await folderServedAt(port)) === data
    },
    async stop() {
      if (!server || server.exitCode !== null || server.signalCode !== null) return
      const gone = once(server, 'exit')
      // An immediate shutdown: it cuts all connections off, and what was not committed is lost.
      server.kill('SIGQUIT')
      await gone
    },
    freeze: () => signalAll(server?.pid, 'SIGSTOP'),
    thaw: () => signalAll(server?.pid, 'SIGCONT'),
    async [Symbol.asyncDispose]() {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  while (!(await postgres.start())) port = await freePort()
  return postgres
}

/** Each connection has a process of its own. */
function signalAll(server: number | undefined, signal: NodeJS.Signals): void {
  if (server === undefined) return
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(server)], { encoding: 'utf8' })
  for (const pid of [server, ...stdout.split(/\s+/).filter(Boolean).map(Number)]) process.kill(pid, signal)
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses root, so that there it runs as the user that Debian made for it. */
function ownerOfServers(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function idOf(what: '-u' | '-g'): number {
  const { status, stdout } = spawnSync('id', [what, 'postgres'], { encoding: 'utf8' })
  if (status !== 0) throw new Error('PostgreSQL refuses to run as root, and there is no user postgres to run it as.')
  return Number(stdout)
}

/** It goes with the tests, even where these are killed. */
function privileges({ uid, gid }: Owner, command: readonly string[]): string[] {
  return [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--pdeathsig', 'QUIT', '--', ...command]
}

function runAs(owner: Owner | undefined, command: string, args: readonly string[]): void {
  const [program, before] = owner ? ['setpriv', privileges(owner, [command])] : [command, []]
  execFileSync(program, [...before, ...args], { stdio: ['ignore', 'ignore', 'pipe'], cwd: tmpdir() })
}

function urlOf(port: string): string {
  return `postgres://callsheet@127.0.0.1:${port}`
}

/** Waits until PostgreSQL answers. @returns Where its data is. */
async function folderServedAt(port: string): Promise<string> {
  for (let waitedMs = 0; ; waitedMs += 20) {
    const client = new pg.Client(`${urlOf(port)}/postgres`)
    client.on('error', () => undefined)
    try {
      await client.connect()
      const { rows } = await client.query<{ data_directory: string }>('show data_directory')
      await client.end()
      return rows[0]!.data_directory
    } catch (cause) {
      if (waitedMs > 10_000) throw new Error('PostgreSQL was started, and does not answer.', { cause })
      await wait(20)
    }
  }
}
