import type { AddressInfo } from 'node:net'
import { defaultAdapters } from '../app/registry.js'
import { importOptional } from '../app/optional-packages.js'
import { openService, StoreError } from '../app/serve/open-service.js'
import { printDiagnostics } from './check-suites.js'
import { readEnvironment } from './environment.js'
import { exit, type ExitCode } from './exit.js'
import { listenForInterrupts } from './interrupts.js'
import { UsageError } from './usage-error.js'

export interface ServeFlags {
  readonly host: string
  readonly port: number
  readonly data: string
  readonly database?: string
  readonly concurrency: number
  readonly queue?: string
  readonly envFile?: readonly string[]
}

/**
 * `callsheet serve`: the run-scenarios API over suites. Stopped once, it finishes the conversations under way, and leaves
 * the rest to its next start; stopped twice, it leaves these too.
 */
export async function serve(paths: readonly string[], flags: ServeFlags): Promise<ExitCode> {
  try {
    return await serveUntilStopped(paths, flags)
  } catch (cause) {
    if (cause instanceof StoreError) throw new UsageError(cause.message)
    throw cause
  }
}

async function serveUntilStopped(paths: readonly string[], flags: ServeFlags): Promise<ExitCode> {
  const environment = readEnvironment(flags.envFile)
  using interrupts = listenForInterrupts()
  if (!isLoopback(flags.host) && !environment['CALLSHEET_API_KEY']) {
    throw new UsageError(`${flags.host} can be reached from other machines, so it needs an API key: set CALLSHEET_API_KEY.`)
  }
  const { createServer } = await importOptional(() => import('../server/create-server.js'), 'callsheet serve')
  await using service = await openService(
    {
      paths,
      cwd: process.cwd(),
      environment,
      database: flags.database ?? flags.data,
      concurrency: flags.concurrency,
      ...(flags.queue !== undefined && { queue: flags.queue }),
      onDiagnostics: printDiagnostics,
      onTrouble: ({ id }, why) => process.stderr.write(`Result ${id} cannot go on: ${why}.\n`),
    },
    await defaultAdapters(environment),
  )
  if (service.projects.all.every(project => service.catalogue(project).suites.length === 0)) {
    throw new UsageError(`There is no suite to serve in ${paths.join(', ')}.`)
  }
  const server = await createServer(service, { log: process.stderr })
  await server.listen({ host: flags.host, port: flags.port })
  const { port } = server.server.address() as AddressInfo
  process.stdout.write(`Serving on http://${flags.host.includes(':') ? `[${flags.host}]` : flags.host}:${port}\n`)
  await untilAborted(interrupts.gently)
  process.stderr.write('Finishing the conversations under way; once more to leave them to the next start.\n')
  await service.conductor.drain(interrupts.now)
  await server.close()
  return exit.passed
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
