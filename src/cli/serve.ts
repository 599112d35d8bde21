import { withoutByteOrderMark } from '../domain/json-value.js'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { defaultAdapters } from '../app/registry.js'
import { importOptional } from '../app/optional-packages.js'
import { openService } from '../app/serve/open-service.js'
import { onlyProject, readProjects, type ServedProject } from '../app/serve/projects.js'
import { untilAborted } from '../app/until-aborted.js'
import { durationText } from '../domain/duration.js'
import { safeLine, safeText } from '../domain/safe-text.js'
import { printDiagnostics } from './check-suites.js'
import { readEnvironment } from './environment.js'
import { keepHeapSmall } from './heap.js'
import { exit, type ExitCode } from './exit.js'
import { openFilesLimit } from './open-files.js'
import { listenForInterrupts } from './interrupts.js'
import { rootOf } from './root-option.js'
import { orUsageError } from './signing.js'
import { UsageError } from './usage-error.js'

export interface ServeFlags {
  readonly host: string
  readonly port: number
  readonly data: string
  /** Where recordings are kept: an absolute folder, or `s3://`. */
  readonly recordingsTo?: string
  readonly database?: string
  /** Milliseconds. */
  readonly keep?: number
  readonly concurrency: number
  /** Milliseconds. */
  readonly drain: number
  readonly queue?: string
  readonly projects?: string
  /** File of the private key that attests results. */
  readonly attest?: string
  readonly allowHost?: readonly string[]
  readonly rateLimit: number
  readonly envFile?: readonly string[]
  readonly root?: string
}

/**
 * `callsheet serve`: serves suites over the run-scenarios API. On the first signal it gives the conversations in progress the time of
 * `--drain` to finish, and leaves the rest to its next start; on the second it stops at once.
 */
export async function serve(paths: readonly string[], flags: ServeFlags): Promise<ExitCode> {
  keepHeapSmall()
  const environment = readEnvironment(flags.envFile)
  using interrupts = listenForInterrupts(flags.drain)
  const projects = projectsOf(paths, flags, environment['CALLSHEET_API_KEY'])
  requireAttesting(projects, flags)
  if (!isLoopback(flags.host)) requireKeys(flags.host, projects, environment['CALLSHEET_API_KEY'])
  const use = await defaultAdapters(environment, flags.allowHost)
  const { createServer } = await importOptional(() => import('../server/create-server.js'), 'callsheet serve')
  await using service = await orUsageError(() =>
    openService(
      {
        projects,
        cwd: process.cwd(),
        ...rootOf(flags.root),
        environment,
        database: flags.database ?? environment['CALLSHEET_DATABASE'] ?? flags.data,
        data: flags.data,
        recordingsTo: flags.recordingsTo,
        keepMs: flags.keep,
        now: interrupts.now,
        onNote: text => process.stderr.write(`${safeText(text)}\n`),
        attest: flags.attest,
        concurrency: flags.concurrency,
        ...(flags.queue !== undefined && { queue: flags.queue }),
        onDiagnostics: printDiagnostics,
        onTrouble: ({ id }, why) => process.stderr.write(`Result ${id} cannot resume: ${safeLine(why)}.\n`),
      },
      use,
    ),
  )
  if (service.projects.all.every(project => service.catalogue(project).suites.length === 0)) {
    throw new UsageError(
      `No suite was found in ${projects.flatMap(each => each.paths).join(', ')}. Name suite files, or folders with suite files.`,
    )
  }
  const server = await createServer(service, {
    log: process.stderr,
    requestsPerSecond: flags.rateLimit,
    mostWatchers: mostWatchersWithin(openFilesLimit()),
  })
  await server.listen({ host: flags.host, port: flags.port, backlog }).catch((cause: unknown) => {
    throw cannotListen(cause, flags)
  })
  const { port } = server.server.address() as AddressInfo
  process.stdout.write(`Serving on http://${flags.host.includes(':') ? `[${flags.host}]` : flags.host}:${port}\n`)
  await untilAborted(interrupts.gently)
  process.stderr.write(
    `Finishing the conversations in progress, within ${durationText(flags.drain)}. Press Ctrl-C again to stop now; they resume at the next start.\n`,
  )
  await service.conductor.drain(interrupts.now)
  await server.close()
  return exit.passed
}

/** Connections that may wait to be taken, for when thousands of clients come at once. */
const backlog = 4096
/** Clients that may read events at once, where the system does not bound them further. */
const mostWatchers = 16_000
/** Their share of the files and sockets that the process may have open. */
const partForWatchers = 0.8

function mostWatchersWithin(openFiles = Infinity): number {
  return Math.min(mostWatchers, Math.floor(openFiles * partForWatchers))
}

/** @returns The cause itself, if it is not about the address. */
function cannotListen(cause: unknown, { host, port }: ServeFlags): unknown {
  const { code } = cause as NodeJS.ErrnoException
  const why = code === undefined ? undefined : unlistenable[code]
  return why === undefined ? cause : new UsageError(`Cannot serve on ${host}, port ${port} (${code}). ${why}`)
}

const unlistenable: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Another program listens there. Stop it, or use another --port.',
  EACCES: 'This user may not listen there. Use a --port above 1023.',
  EADDRNOTAVAIL: 'This machine does not have that address. Correct --host.',
  ENOTFOUND: 'There is no such host. Correct --host.',
  EAI_AGAIN: 'The host could not be looked up. Correct --host, or check DNS.',
}

/** The projects and their keys, from the projects file or the command line. */
function projectsOf(paths: readonly string[], { projects: file }: ServeFlags, apiKey: string | undefined): readonly ServedProject[] {
  if (file === undefined) {
    if (paths.length === 0) throw new UsageError('Name the suites to serve: suite files, folders of suite files, or --projects.')
    return onlyProject(paths, apiKey)
  }
  if (paths.length > 0)
    throw new UsageError(`--projects cannot be combined with paths: ${file} lists the suites. Remove ${paths.join(' ')}.`)
  const read = readProjects(readText(file), file, process.cwd())
  if ('problems' in read) throw new UsageError(read.problems.join('\n'))
  if (apiKey) throw new UsageError(`--projects cannot be combined with CALLSHEET_API_KEY: ${file} lists the keys. Unset CALLSHEET_API_KEY.`)
  return read.projects
}

function readText(file: string): string {
  try {
    return withoutByteOrderMark(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new UsageError(`Cannot read --projects ${file}: ${cause instanceof Error ? cause.message : String(cause)}.`)
  }
}

/** Nobody signs what no machine has attested. */
function requireAttesting(projects: readonly ServedProject[], { projects: file, attest }: ServeFlags): void {
  const signer = projects.flatMap(({ signers }) => signers)[0]
  if (signer && attest === undefined) {
    throw new UsageError(
      `${file} lets ${signer.name} sign results, which the server must attest first. Add --attest <key>; callsheet key --sign makes a key.`,
    )
  }
  if (!signer && attest !== undefined)
    throw new UsageError('--attest is for results that people sign off, and no key of a projects file lets anybody sign. Leave it out.')
}

/** Shorter ones can be guessed. */
const shortestKey = 16

function requireKeys(host: string, projects: readonly ServedProject[], apiKey: string | undefined): void {
  if (projects.some(({ keys }) => keys.length === 0)) {
    throw new UsageError(
      `Other machines can reach ${host}, so the server needs an API key. Set CALLSHEET_API_KEY; callsheet key makes a key.`,
    )
  }
  if (apiKey && apiKey.length < shortestKey) {
    throw new UsageError(
      `Other machines can reach ${host}, and CALLSHEET_API_KEY is short enough to guess. Make a longer one with: callsheet key`,
    )
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
