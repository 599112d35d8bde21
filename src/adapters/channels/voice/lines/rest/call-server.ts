import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { plivoRest } from './plivo-rest.js'
import type { RestAnswer, ServedCall } from './rest-api.js'
import { telnyxRest } from './telnyx-rest.js'
import { twilioRest } from './twilio-rest.js'
import { vonageRest } from './vonage-rest.js'

/** The REST interfaces of providers on loopback, for all calls of a thread. The server starts with the first call that needs it. */
export interface CallServer extends AsyncDisposable {
  /** @returns Its address, for an agent's `base_url`, and what takes the call off it. */
  serve(call: ServedCall): Promise<{ readonly url: string; remove(): void }>
}

const mostBytes = 64 << 10

const apis = [twilioRest, telnyxRest, plivoRest, vonageRest]

export function createCallServer(): CallServer {
  const calls = new Map<string, ServedCall>()
  let started: Promise<Server> | undefined

  return {
    async serve(call) {
      const remove = (): void => void calls.delete(call.id)
      const complete = (): void => {
        remove()
        call.complete()
      }
      calls.set(call.id, { ...call, complete })
      const server = await (started ??= start())
      const { port } = server.address() as AddressInfo
      return { url: `http://127.0.0.1:${port}`, remove }
    },
    async [Symbol.asyncDispose]() {
      const server = await started
      started = undefined
      server?.closeAllConnections()
      server?.close()
    },
  }

  function start(): Promise<Server> {
    return new Promise((resolve, reject) => {
      const server = createServer((request, response) => {
        answer(request).then(
          given => respond(response, given),
          () => response.destroy(),
        )
      })
      // It does not keep the process alive.
      server.unref()
      server.once('error', reject).listen(0, '127.0.0.1', () => resolve(server))
    })
  }

  async function answer(request: IncomingMessage): Promise<RestAnswer> {
    const path = (request.url ?? '').replace(/\?.*$/, '')
    const api = apis.find(each => each.path.test(path))
    if (!api) return { status: 404, body: { error: `There is nothing at ${path.slice(0, 200)}.` } }
    const call = calls.get(api.path.exec(path)?.at(-1) ?? '')
    if (call?.api !== api) return api.notFound(path)
    const body = await bodyOf(request)
    if (body === undefined) return api.tooLarge()
    return api.answer(call, { method: request.method ?? '', authorization: request.headers.authorization, body }, path)
  }
}

/** `undefined` if it is too large. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk as string
    if (body.length > mostBytes) return undefined
  }
  return body
}

function respond(response: ServerResponse, { status, body }: RestAnswer): void {
  if (!body) response.writeHead(status).end()
  else response.writeHead(status, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify(body))
}
