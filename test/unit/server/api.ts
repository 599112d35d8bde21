import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { defaultAdapters } from '../../../src/app/registry.js'
import { onlyProject } from '../../../src/app/serve/projects.js'
import { openService } from '../../../src/app/serve/open-service.js'
import type { Service } from '../../../src/app/serve/service.js'
import { createServer, type ServerOptions } from '../../../src/server/create-server.js'
import { createDescription } from './described.js'

/** What these tests read of answers; that they are whole is checked against the schema. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  // Each test reads other fields.
  readonly body: any // oxlint-disable-line typescript/no-explicit-any
}

/** A server over a suite of its own, with a database in a folder of its own. */
export interface Api extends AsyncDisposable {
  readonly server: FastifyInstance
  readonly service: Service
  readonly folder: string
  /** @param path  Below the base path, or from the root with a slash before it. */
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: object, headers?: Record<string, string>): Promise<Answer>
  send(options: InjectOptions): Promise<Answer>
  /** Starts runs, and waits for their end. @returns The result. */
  finished(body: object): Promise<Answer['body']>
  /** Everything that came up as a server's mistake. */
  readonly log: string[]
}

export interface ApiOptions extends ServerOptions {
  readonly suite: string
  /** JavaScript of the agent. */
  readonly agent: string
  readonly environment?: Readonly<Record<string, string>>
  /** Hosts that requests may have called although they are not public. */
  readonly allowedHosts?: readonly string[]
}

export async function openApi({ suite, agent, environment = {}, allowedHosts = [], ...options }: ApiOptions): Promise<Api> {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-api-'))
  writeFileSync(join(folder, 'suite.yaml'), suite)
  writeFileSync(join(folder, 'agent.mjs'), agent)
  const log: string[] = []
  const service = await openService(
    {
      projects: onlyProject(['suite.yaml'], environment['CALLSHEET_API_KEY']),
      cwd: folder,
      environment,
      database: join(folder, 'data'),
      concurrency: 50,
      onDiagnostics: diagnostics => {
        if (diagnostics.some(({ severity }) => severity === 'error')) throw new Error(diagnostics.map(({ message }) => message).join(' '))
      },
      onTrouble: (_, why) => void log.push(why),
    },
    await defaultAdapters(environment, allowedHosts),
  )
  const server = await createServer(service, { log: { write: line => void log.push(line) }, ...options })
  await server.ready()
  const described = createDescription((await server.inject('/openapi.json')).json())
  const send = async (sent: InjectOptions): Promise<Answer> => {
    const { statusCode, headers, payload } = await server.inject(sent)
    const isJson = String(headers['content-type']).startsWith('application/json') && headers['content-encoding'] === undefined
    const body: unknown = isJson && payload !== '' ? JSON.parse(payload) : undefined
    if (body !== undefined) described.check(sent.method ?? 'GET', typeof sent.url === 'string' ? sent.url : '', statusCode, body)
    return { status: statusCode, headers, text: payload, body }
  }
  const get: Api['get'] = (path, headers = {}) => send({ method: 'GET', url: urlOf(path), headers })
  const post: Api['post'] = (path, body, headers = {}) =>
    send({ method: 'POST', url: urlOf(path), headers, ...(body && { payload: body }) })

  return {
    server,
    service,
    folder,
    log,
    send,
    get,
    post,
    async finished(body) {
      const started = await post('scenarios/run_scenarios/', body)
      if (started.status !== 201) throw new Error(`${started.status}: ${started.text}`)
      await service.conductor.settled(started.body.id)
      return (await get(`results/${started.body.id}/`)).body
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await service[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function urlOf(path: string): string {
  return path.startsWith('/') ? path : `/test_framework/v1/${path}`
}
